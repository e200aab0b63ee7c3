package io.parano.app;

import io.parano.access.GateSettings;
import io.parano.authn.AttestationPolicy;
import io.parano.authn.Blocklist;
import io.parano.authn.RelyingParty;
import io.parano.authn.TokenMaker;
import io.parano.authn.YubicoModels;
import io.parano.config.Configuration;
import io.parano.config.Configuration.ProofSource;
import io.parano.config.TracesPlace;
import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import io.parano.kernel.Tracing;
import io.parano.keys.Keyset;
import io.parano.store.CheckpointFolder;
import io.parano.store.PostgresAddress;
import io.parano.store.StorePlace;
import io.parano.traces.Traces;
import io.parano.web.Cookies;
import io.parano.web.TrustedProxy;
import io.parano.web.WebConfig;
import io.parano.witness.HttpWitness;
import io.parano.witness.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns a configuration into a [ServerPlan], one method a part. Files that cannot be used throw
/// [IOException] with a sentence for the operator.
final class ConfiguredPlan {
  /// After a power cut both machines come up together.
  private static final Duration WITNESS_PATIENCE = Duration.ofMinutes(1);

  private final Configuration configuration;
  private final Role.Part part;

  ConfiguredPlan(Configuration configuration) {
    this(configuration, Role.Part.ALL);
  }

  /// @param part an authority alone believes no proxy: its doors do
  ConfiguredPlan(Configuration configuration, Role.Part part) {
    this.configuration = configuration;
    this.part = part;
  }

  /// Where the configuration has traces sent.
  Tracing tracing() {
    TracesPlace place = configuration.traces();
    return place == null
        ? Tracing.OFF
        : Traces.to(place.collector(), place.percent(), InstantSource.system());
  }

  /// Who the configuration says is to witness the log.
  WitnessPlan witnesses() {
    List<Witness> witnesses = new ArrayList<>();
    for (Configuration.WitnessPlace place : configuration.witnesses()) {
      witnesses.add(HttpWitness.at(place.url(), place.key(), place.certificate()));
    }
    WitnessPlan.WhenSilent whenSilent =
        switch (configuration.witnessSilent()) {
          case REFUSE -> WitnessPlan.WhenSilent.REFUSE;
          case SERVE -> WitnessPlan.WhenSilent.SERVE;
        };
    return new WitnessPlan(witnesses, whenSilent, WITNESS_PATIENCE);
  }

  /// @param witnesses none for a log that nobody can know yet
  ServerPlan with(Keyset keyset, WitnessPlan witnesses) throws IOException {
    return new ServerPlan(
        configuration.data(),
        database(),
        CheckpointFolder.at(configuration.checkpoints()),
        keyset,
        Preparation.home(configuration),
        origin(configuration, keyset),
        relyingParty(),
        AttestationPolicy.of(makers().toArray(TokenMaker[]::new)),
        configuration.passwords().rules(),
        blocklist(),
        configuration.passwords().cost(),
        gate(),
        web(),
        null,
        configuration.control(),
        witnesses,
        RadiusStart.config(configuration, keyset),
        MailStart.plan(configuration, keyset),
        configuration.sealed(),
        configuration.wireguard(),
        OpenVpnStart.configs(configuration),
        configuration.jump(),
        null);
  }

  /// Where the configuration has log and state.
  StorePlace store() throws IOException {
    PostgresAddress database = database();
    return database == null
        ? new StorePlace.File(configuration.data())
        : new StorePlace.Postgres(database);
  }

  /// The log's name: since a backup was restored another one, so that it is never taken for the log
  /// that the backup was made of.
  static String origin(Configuration configuration, Keyset keyset) {
    String name = keyset.logName();
    return configuration.signIn().host() + "/log" + (name.isEmpty() ? "" : "-" + name);
  }

  private @Nullable PostgresAddress database() throws IOException {
    return switch (configuration.store()) {
      case Configuration.Store.Local _ -> null;
      case Configuration.Store.Postgres(var url, var user, var password, var authority) ->
          new PostgresAddress(url, user, Secrets.firstLine(password), authority);
    };
  }

  /// The attestation roots that would be believed, in DER.
  List<Bytes> roots() throws IOException {
    return makers().stream().flatMap(maker -> maker.roots().stream()).toList();
  }

  private Blocklist blocklist() throws IOException {
    Path file = configuration.passwords().blocklist();
    return file == null
        ? Blocklist.common()
        : Blocklist.common()
            .with(text(file).lines().filter(line -> !line.isBlank()).map(String::strip).toList());
  }

  private RelyingParty relyingParty() {
    return new RelyingParty(
        configuration.relyingParty(), Set.of(configuration.signIn().toString()));
  }

  private GateSettings gate() {
    boolean shared =
        switch (configuration.cookies()) {
          case Cookies.SharedDomain _ -> true;
          case Cookies.PerHost _ -> false;
        };
    Set<String> hosts =
        configuration.hosts().stream().map(host -> host.site().host()).collect(Collectors.toSet());
    return new GateSettings(
        configuration.signIn().host(), hosts, shared, Set.of(configuration.company()));
  }

  /// Reads the secrets of the proxies, to see whether they can be used.
  void readProxies() throws IOException {
    var _ = web();
  }

  /// Reads the list of passwords that nobody may choose, to see whether it can be used.
  void readBlocklist() throws IOException {
    var _ = blocklist();
  }

  /// What a door needs to know; no key is among it but that of its own certificate.
  WebConfig web() throws IOException {
    List<TrustedProxy> proxies = new ArrayList<>();
    for (Configuration.Proxy proxy : configuration.proxies()) {
      proxies.add(
          new TrustedProxy(
              proxy.name(),
              proxy.addresses(),
              part == Role.Part.AUTHORITY ? new TrustedProxy.Proof.Elsewhere() : proof(proxy),
              proxy.hosts(),
              proxy.dialect(),
              proxy.hops(),
              proxy.ownTraceparent()));
    }
    return new WebConfig(
        configuration.listeners(),
        configuration.admin(),
        configuration.signIn(),
        configuration.relyingParty(),
        configuration.company(),
        configuration.hosts(),
        proxies,
        configuration.cookies(),
        WebConfig.Limits.usual(),
        Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  private static TrustedProxy.Proof proof(Configuration.Proxy proxy) throws IOException {
    return switch (proxy.proof()) {
      case ProofSource.SecretFile(var file) -> new TrustedProxy.Proof.SharedSecret(shared(file));
      case ProofSource.Certificate(var sha256) -> new TrustedProxy.Proof.Certificate(sha256);
      case ProofSource.Socket(var path) -> new TrustedProxy.Proof.Socket(path);
    };
  }

  /// 32 characters are at least 128 bits, even when somebody typed hexadecimal.
  private static Secret shared(Path file) throws IOException {
    Secret secret = Secrets.firstLine(file);
    if (secret.length() < 32) {
      throw new IOException(Texts.say("secret.short", file.toString()));
    }
    return secret;
  }

  private List<TokenMaker> makers() throws IOException {
    List<TokenMaker> makers = new ArrayList<>();
    if (configuration.tokens().yubico()) {
      makers.add(yubico(configuration.tokens().yubicoModels()));
    }
    for (Configuration.Maker maker : configuration.tokens().makers()) {
      makers.add(
          new TokenMaker(
              maker.name(),
              certificates(maker.roots()),
              maker.intermediates() == null ? List.of() : certificates(maker.intermediates()),
              models(maker.models()),
              !maker.singleModel()));
    }
    return makers;
  }

  private static TokenMaker yubico(@Nullable Path more) throws IOException {
    TokenMaker known = YubicoModels.maker();
    if (more == null) {
      return known;
    }
    Map<UUID, String> models = new HashMap<>(known.models());
    models.putAll(models(more));
    return new TokenMaker(known.name(), known.roots(), known.intermediates(), models);
  }

  private static List<Bytes> certificates(Path file) throws IOException {
    try {
      return YubicoModels.certificates(text(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static Map<UUID, String> models(Path file) throws IOException {
    try {
      return YubicoModels.models(text(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
