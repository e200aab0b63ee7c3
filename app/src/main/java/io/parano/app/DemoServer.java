package io.parano.app;

import io.parano.access.Bootstrap;
import io.parano.access.GateSettings;
import io.parano.access.MailAdmitting.Protocol;
import io.parano.access.MailSettings;
import io.parano.audit.ExportVerifier;
import io.parano.audit.Finding;
import io.parano.audit.NoteFile;
import io.parano.audit.NoteKey;
import io.parano.audit.Verdict;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.AttestationPolicy;
import io.parano.authn.Blocklist;
import io.parano.authn.PasswordRules;
import io.parano.authn.RelyingParty;
import io.parano.authn.TokenMaker;
import io.parano.config.WireGuardPlace;
import io.parano.demo.ParanoUnderTest;
import io.parano.kernel.Bytes;
import io.parano.kernel.Language;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.mail.Doveadm;
import io.parano.mail.MailConfig;
import io.parano.mail.MailListener;
import io.parano.mail.MailServer;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import io.parano.ssh.JumpConfig;
import io.parano.store.CheckpointFolder;
import io.parano.store.PostgresAddress;
import io.parano.web.Cookies;
import io.parano.web.Dialect;
import io.parano.web.Extension;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.TrustedProxy;
import io.parano.web.WebConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The real server for the demo: the same wiring as `serve`, from the demo's set-up instead of a
/// file, with keys that live as long as the process.
public final class DemoServer implements ParanoUnderTest {
  private static final String OUTSIDE = "witness";

  private final Server server;
  private final Map<String, Secret> codes;
  private final NoteKey logKey;
  private final DemoDisk disk;
  private final DemoWitness witness;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DemoServer(
      Server server,
      Map<String, Secret> codes,
      NoteKey logKey,
      DemoDisk disk,
      DemoWitness witness) {
    this.server = server;
    this.codes = codes;
    this.logKey = logKey;
    this.disk = disk;
    this.witness = witness;
  }

  public static ParanoUnderTest start(Setup setup) throws IOException {
    return start(setup, Dialect.AUTH_REQUEST, List.of());
  }

  /// @param dialect how the proxy of `setup` asks
  /// @param more where it is listened beside the door of `setup`
  public static ParanoUnderTest start(Setup setup, Dialect dialect, List<Listener> more)
      throws IOException {
    return start(setup, dialect, more, null);
  }

  /// @param database where log and state are kept; null for a file
  public static ParanoUnderTest start(
      Setup setup, Dialect dialect, List<Listener> more, @Nullable PostgresAddress database)
      throws IOException {
    return start(setup, dialect, more, database, null);
  }

  /// @param tunnels how WireGuard tunnels are carried; null for as the set-up says
  public static ParanoUnderTest start(
      Setup setup,
      Dialect dialect,
      List<Listener> more,
      @Nullable PostgresAddress database,
      @Nullable WireGuardPlace tunnels)
      throws IOException {
    Randomness randomness = new SystemRandomness();
    Keyset keyset = Keyset.fresh(Instant.now(), randomness);
    Path outside = setup.data().resolve(OUTSIDE);
    ServerPlan plan =
        plan(setup, dialect, more, database, tunnels, keyset, CheckpointFolder.at(outside));
    AtomicReference<Map<String, Secret>> codes = new AtomicReference<>(Map.of());
    Server.Start start =
        Server.start(
            plan,
            (books, random, now) -> {
              codes.set(Bootstrap.begin(books, policy(setup), setup.officers(), random, now));
              return "";
            });
    return switch (start) {
      case Server.Start.Refused(var why) -> throw new IOException(why);
      case Server.Start.Serving(var server) -> {
        NoteKey key = new OriginSigner(plan.logOrigin(), keyset.logSigner()).key();
        DemoWitness witness =
            DemoWitness.start(setup.data().resolve("second"), plan.logOrigin(), key, server);
        yield new DemoServer(
            server, codes.get(), key, new DemoDisk(plan, outside, witness), witness);
      }
    };
  }

  @Override
  public Map<String, Secret> bootstrapCodes() {
    return codes;
  }

  @Override
  public List<String> newestEntries(int most) {
    return server.log().newest(List.of(), most).stream()
        .map(entry -> new String(entry.leaf().copy(), StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void exportLog(Path folder) {
    server.checkpoint();
    server.log().export(true, new ExportFolder(folder));
  }

  @Override
  public Verified verifyLog(Path folder, Path kept) throws IOException {
    NoteFile elsewhere = new NoteFile(kept.toString(), Bytes.of(Files.readAllBytes(kept)));
    return switch (ExportVerifier.verify(
        new ExportFolder(folder), List.of(elsewhere), logKey, entries -> {})) {
      case Verdict.Holds(var summary) -> new Verified.Whole(summary.entries());
      case Verdict.Broken(var findings, var more, var summary) ->
          new Verified.Damaged(code(findings.getFirst()), findings.getFirst().toString());
    };
  }

  @Override
  public void copyDisk(Path folder) throws IOException {
    server.checkpoint();
    disk.copy(folder);
  }

  @Override
  public void writeTo(Path copy, List<String> statements) throws IOException {
    DemoDisk.write(copy, statements);
  }

  @Override
  public Started tryStart(Path copy, Path outsideOf) throws IOException {
    return disk.tryStart(copy, outsideOf);
  }

  @Override
  public Started tryWitnessedStart(Path copy, Path outsideOf) throws IOException {
    return disk.tryWitnessedStart(copy, outsideOf);
  }

  private static String code(Finding finding) {
    return kebab(finding.getClass());
  }

  static String kebab(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.close();
      witness.close();
    }
  }

  private static Policy policy(Setup setup) {
    return switch (Policy.read(setup.policy())) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken mistaken ->
          throw new IllegalArgumentException("the demo's policy: " + mistaken.mistakes());
    };
  }

  private static ServerPlan plan(
      Setup setup,
      Dialect dialect,
      List<Listener> more,
      @Nullable PostgresAddress database,
      @Nullable WireGuardPlace tunnels,
      Keyset keyset,
      CheckpointFolder outside) {
    Site signIn = Site.parse(setup.signIn());
    Set<String> hosts =
        setup.applications().stream()
            .map(application -> Site.parse(application.origin()).host())
            .collect(Collectors.toSet());
    return new ServerPlan(
        setup.data().resolve("log"),
        database,
        outside,
        keyset,
        null,
        signIn.host() + "/log",
        new RelyingParty(setup.relyingParty(), Set.of(setup.signIn())),
        AttestationPolicy.of(
            new TokenMaker(
                "Software keys of the demo",
                setup.roots(),
                List.of(),
                setup.models(),
                setup.models().size() > 1)),
        PasswordRules.Settings.DEFAULT,
        Blocklist.common(),
        Argon2Parameters.LEAST,
        new GateSettings(signIn.host(), hosts, false, Set.of(setup.company())),
        web(setup, dialect, more, signIn, hosts),
        new Extension(setup.script(), Set.of()),
        setup.data().resolve("run/control"),
        WitnessPlan.none(),
        radius(setup.vpn(), setup.signIn()),
        mail(setup.mail()),
        List.of(),
        tunnels == null ? wireguard(setup.tunnels()) : tunnels,
        List.of(),
        jump(setup.jump()),
        null);
  }

  private static @Nullable RadiusConfig radius(ParanoUnderTest.@Nullable Vpn vpn, String signIn) {
    return vpn == null
        ? null
        : new RadiusConfig(
            vpn.access(),
            vpn.accounting(),
            List.of(
                new RadiusClient(
                    vpn.name(),
                    List.of(vpn.address()),
                    SharedSecret.of(vpn.secret()),
                    Demand.MESSAGE_AUTHENTICATOR,
                    vpn.disconnect())),
            Language.EN,
            null,
            RadiusStart.confirmAt(signIn));
  }

  private static @Nullable MailPlan mail(ParanoUnderTest.@Nullable Mail mail) {
    return mail == null
        ? null
        : new MailPlan(
            new MailConfig(
                List.of(new MailListener(mail.at().getHostString(), mail.at().getPort(), null)),
                List.of(
                    new MailServer(
                        mail.name(),
                        List.of(mail.address()),
                        mail.asks(),
                        new MailServer.Kind.Nginx(
                            Map.of(
                                Protocol.IMAP,
                                new MailServer.Backend(
                                    mail.store().getHostString(), mail.store().getPort())),
                            mail.technical()))),
                List.of(
                    new Doveadm(
                        mail.name(),
                        URI.create(
                            "http://%s:%d/doveadm/v1"
                                .formatted(
                                    mail.doveadm().getHostString(), mail.doveadm().getPort())),
                        mail.closes())),
                Language.EN),
            new MailSettings(MailSettings.LIFE, MailSettings.Mailbox.NAME));
  }

  /// The demo has no interface, and nobody is told where it would be.
  private static @Nullable WireGuardPlace wireguard(ParanoUnderTest.@Nullable Tunnels tunnels) {
    return tunnels == null
        ? null
        : new WireGuardPlace(
            tunnels.server(),
            tunnels.helper(),
            "wg0",
            List.of(tunnels.network()),
            "vpn.parano.localhost:51820",
            Bytes.of(new byte[32]),
            List.of(tunnels.network()));
  }

  private static @Nullable JumpConfig jump(ParanoUnderTest.@Nullable Jump jump) {
    return jump == null
        ? null
        : new JumpConfig(
            jump.at().getHostString(),
            jump.at().getPort(),
            List.of(jump.name()),
            List.of(jump.from()),
            JumpConfig.Limits.usual());
  }

  private static WebConfig web(
      Setup setup, Dialect dialect, List<Listener> more, Site signIn, Set<String> hosts) {
    List<Listener> listeners = new ArrayList<>(more);
    listeners.addFirst(
        new Listener.Tcp(setup.door().getHostString(), setup.door().getPort(), null));
    Set<String> spokenFor = new HashSet<>(hosts);
    spokenFor.add(signIn.host());
    return new WebConfig(
        listeners,
        new Listener.Tcp(setup.admin().getHostString(), setup.admin().getPort(), null),
        signIn,
        setup.relyingParty(),
        setup.company(),
        setup.applications().stream()
            .map(application ->
                new WebConfig.ProtectedHost(Site.parse(application.origin()), application.title()))
            .toList(),
        Stream.concat(
                Stream.of(trusted(setup.proxy(), dialect, spokenFor)),
                setup.others().stream().map(other -> trusted(other, dialect(other), spokenFor)))
            .toList(),
        new Cookies.PerHost(),
        WebConfig.Limits.usual(),
        2);
  }

  private static Dialect dialect(Proxy proxy) {
    return switch (proxy.asks()) {
      case AUTH_REQUEST -> Dialect.AUTH_REQUEST;
      case FORWARD_AUTH -> Dialect.FORWARD_AUTH;
    };
  }

  private static TrustedProxy trusted(Proxy proxy, Dialect dialect, Set<String> spokenFor) {
    return new TrustedProxy(
        proxy.name(),
        List.of(proxy.address()),
        new TrustedProxy.Proof.SharedSecret(proxy.secret()),
        spokenFor,
        dialect,
        TrustedProxy.Hops.ONE);
  }
}
