package io.parano.demo;

import io.parano.kernel.Randomness;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `parano demo`: the whole system on loopback, the attack of 2013 against it, and then a
/// newcomer's turn.
public final class Demo {
  /// Exit codes: everything as it must be; a step that went otherwise; could not be played.
  public static final int AS_EXPECTED = 0;

  public static final int OTHERWISE = 1;
  public static final int NOT_PLAYED = 2;

  private static final int FIRST_PORT = 8460;
  private static final int LAST_PORT = 8660;
  private static final int PORTS_APART = 20;

  private final DemoOptions options;
  private final ParanoUnderTest.Starter starter;
  private final Randomness randomness;
  private final Screen screen;
  private final Texts texts;

  private Demo(
      DemoOptions options,
      ParanoUnderTest.Starter starter,
      Randomness randomness,
      PrintStream out) {
    this.options = options;
    this.starter = starter;
    this.randomness = randomness;
    this.screen = new Screen(out, options.coloured());
    this.texts = Texts.in(options.language());
  }

  /// Plays the demo; returns the exit code. Without `once` it returns when the process is told to
  /// end.
  public static int run(
      DemoOptions options,
      ParanoUnderTest.Starter starter,
      Randomness randomness,
      PrintStream out) {
    Demo demo = new Demo(options, starter, randomness, out);
    try {
      return demo.play(
          options.nginx() ? FrontProxy.Choice.NGINX_IF_INSTALLED : FrontProxy.Choice.OWN);
    } catch (IOException | IllegalStateException e) {
      demo.screen.trouble(e.getMessage() == null ? e.toString() : e.getMessage());
      return NOT_PLAYED;
    }
  }

  private int play(FrontProxy.Choice choice) throws IOException {
    screen.title(texts.say("title"));
    screen.faint(texts.say("subtitle"));
    screen.blank();
    List<String> missing = missingAddresses();
    if (!missing.isEmpty()) {
      screen.trouble(texts.say("addresses.missing"));
      missing.forEach(address -> screen.line("    sudo ifconfig lo0 alias " + address + " up"));
      return NOT_PLAYED;
    }
    Optional<Places> places = places();
    if (places.isEmpty()) {
      screen.trouble(texts.say("ports.taken"));
      return NOT_PLAYED;
    }
    try (Curtain curtain = Curtain.raise(screen)) {
      DataFolder data = DataFolder.prepare(options.data());
      curtain.afterwards(data::close);
      return play(choice, places.get(), data, curtain);
    }
  }

  private int play(FrontProxy.Choice choice, Places places, DataFolder data, Curtain curtain)
      throws IOException {
    long began = System.nanoTime();
    Company company = Company.hire(randomness);
    KeyRing ring = new KeyRing(randomness, Instant.now());
    Stage stage = new Stage(places, company, ring, randomness);
    curtain.afterwards(stage::close);

    long start = System.nanoTime();
    MailServer mail = stage.openMail(choice);
    Behind behind = new Behind(stage.openBehind(), stage.openHelper(data));
    screen.done(texts.say("opening.mail", mail.name()), Cast.since(start));
    if (mail.own()) {
      screen.faint(texts.say("opening.mail.own"));
    }
    start = System.nanoTime();
    ParanoUnderTest parano = stage.openParano(starter, data, texts);
    screen.done(texts.say("opening.parano", data.path()), Cast.since(start));
    start = System.nanoTime();
    FrontProxy proxy = stage.openProxy(choice, data.path());
    screen.done(
        texts.say("opening.proxy", proxy.name(), places.backOffice().authority()),
        Cast.since(start));

    start = System.nanoTime();
    List<OtherProxy> others = stage.openOthers(data.path());
    if (!others.isEmpty()) {
      screen.done(texts.say("opening.others", titles(others)), Cast.since(start));
    }

    Cast cast = open(parano, new Opening(company, ring, places), stage, company, ring, places);
    Story story = new Story(new Evidence(parano, places.admin()), screen, texts);
    screen.title(texts.say("attack.title"));
    List<Outcome> outcomes = story.play(steps(cast, parano, data, others, behind));
    screen.title(texts.say("table.title"));
    story.table(outcomes);
    missing(others);
    if (options.report() != null) {
      Report.write(outcomes, options.report());
    }
    int code = conclude(outcomes, Cast.since(began));
    if (!options.once()) {
      invite(cast);
      curtain.await();
    }
    return code;
  }

  /// @param vpn asks over RADIUS
  /// @param helper carries the tunnels of people's own devices
  private record Behind(VpnServer vpn, TunnelKeeper helper) {}

  private Cast open(
      ParanoUnderTest parano,
      Opening opening,
      Stage stage,
      Company company,
      KeyRing ring,
      Places places)
      throws IOException {
    long start = System.nanoTime();
    List<Visitor> officers = opening.enrolOfficers(parano.bootstrapCodes());
    screen.done(texts.say("opening.officers"), Cast.since(start));
    start = System.nanoTime();
    opening.enrolStaff(officers.get(0), officers.get(1));
    screen.done(texts.say("opening.staff", company.staff().size() + 1), Cast.since(start));
    return new Cast(company, ring, places, stage.secrets(), officers.get(0), officers.get(1));
  }

  private static String titles(List<OtherProxy> others) {
    return others.stream().map(other -> other.kind().title()).collect(Collectors.joining(", "));
  }

  /// What could not be played here is said, never passed over.
  private void missing(List<OtherProxy> others) {
    List<OtherProxy.Kind> found = others.stream().map(OtherProxy::kind).toList();
    for (OtherProxy.Kind kind : OtherProxy.Kind.values()) {
      if (!found.contains(kind)) {
        screen.trouble(texts.say("not-played", kind.title()));
      }
    }
    if (!SshClient.isInstalled()) {
      screen.trouble(texts.say("not-played", "OpenSSH"));
    }
  }

  private static List<Step> steps(
      Cast cast, ParanoUnderTest parano, DataFolder data, List<OtherProxy> others, Behind behind)
      throws IOException {
    Path keys = data.path().resolve("ssh");
    boolean ssh = SshClient.isInstalled();
    List<Step> sshSteps = ssh ? new SshAttacks(cast, keys).steps() : List.of();
    OtpAttacks otpAttacks = new OtpAttacks(cast);
    OtpKey meis = otpAttacks.given(cast.employee("mei.tanaka"));
    DiskAttacks diskAttacks = new DiskAttacks(parano, data.path().resolve("copies"));
    LogAttacks logAttacks = new LogAttacks(parano, data.path().resolve("exports"));
    SessionAttacks sessionAttacks = new SessionAttacks(cast);
    OfficerAttacks officerAttacks = new OfficerAttacks(cast);
    LeaseAttacks leaseAttacks = new LeaseAttacks(cast, behind.helper());
    LeaseAttacks.enrol(cast, cast.employee("mei.tanaka"), Networks.MEIS_TUNNEL);
    LeaseAttacks.enrol(cast, cast.employee("hugo.martin"), Networks.HUGOS_TUNNEL);
    List<Step> steps = new ArrayList<>();
    steps.add(officerAttacks.mailboxReset());
    steps.addAll(new MailAttacks(cast).steps());
    steps.addAll(new SignInAttacks(cast).steps());
    steps.addAll(sessionAttacks.steps());
    steps.addAll(new ProxyAttacks(cast).steps());
    steps.addAll(new OtherProxyAttacks(cast, others).steps());
    steps.addAll(otpAttacks.steps());
    steps.addAll(new VpnAttacks(cast, behind.vpn(), meis).steps());
    steps.addAll(leaseAttacks.steps());
    steps.addAll(sshSteps);
    steps.add(officerAttacks.oneOfficer());
    steps.add(sessionAttacks.staleTouch());
    steps.add(officerAttacks.cut());
    steps.add(
        new LeverAttack(cast, behind.vpn(), leaseAttacks, keys, ssh)
            .step(otpAttacks.token(), meis));
    steps.addAll(logAttacks.steps());
    steps.addAll(diskAttacks.steps());
    return steps;
  }

  private int conclude(List<Outcome> outcomes, Duration took) {
    long asExpected = outcomes.stream().filter(Outcome::asExpected).count();
    String seconds = "%.1f".formatted(took.toMillis() / 1e3);
    screen.blank();
    if (asExpected == outcomes.size()) {
      screen.line(
          "  " + screen.ink(Screen.Ink.GOOD, texts.say("end.good", outcomes.size(), seconds)));
      return AS_EXPECTED;
    }
    screen.trouble(texts.say("end.bad", outcomes.size() - asExpected, outcomes.size(), seconds));
    return OTHERWISE;
  }

  /// What a newcomer can do now, with the browser they have.
  private void invite(Cast cast) {
    Employee camille = cast.employee("camille.roy");
    Employee odile = cast.company().officers().getFirst();
    Employee lea = cast.employee("lea.fontaine");
    Places places = cast.places();
    screen.title(texts.say("turn.title"));
    screen.line("  " + texts.say("turn.where", places.backOffice().origin() + "/"));
    screen.line("  " + texts.say("turn.who", camille.name()));
    screen.line("  " + texts.say("turn.key", camille.displayName()));
    screen.line("  " + texts.say("turn.password", camille.password()));
    screen.blank();
    screen.line("  " + texts.say("turn.try"));
    screen.line("    · " + texts.say("turn.other-key"));
    screen.line(
        "    · "
            + texts.say("turn.wages", places.wages().origin() + "/", lea.name(), lea.password()));
    screen.line(
        "    · "
            + texts.say(
                "turn.cut", places.signIn().origin() + "/", odile.name(), odile.password()));
    screen.blank();
    screen.faint(texts.say("turn.note"));
    screen.faint(texts.say("turn.stop"));
  }

  private Optional<Places> places() {
    return options.portBase().isPresent()
        ? Places.at(options.portBase().getAsInt())
        : IntStream.iterate(FIRST_PORT, base -> base < LAST_PORT, base -> base + PORTS_APART)
            .mapToObj(Places::at)
            .flatMap(Optional::stream)
            .findFirst();
  }

  /// Linux answers on the whole of 127.0.0.0/8; elsewhere each address must be added.
  private static List<String> missingAddresses() {
    return Stream.of(
            IntStream.rangeClosed(21, 31).mapToObj(Networks::desk),
            OtherProxy.addresses().stream(),
            Stream.of(
                Networks.OUTSIDE,
                Networks.HOME,
                Networks.VPN_LINE,
                Networks.MEIS_TUNNEL,
                Networks.HUGOS_TUNNEL,
                Networks.GATEWAY,
                Networks.VPN_SERVER,
                Networks.GATEWAY_OUTSIDE,
                Networks.MEETING_ROOM,
                Networks.MEETING_ROOM_UPSTAIRS))
        .flatMap(addresses -> addresses)
        .filter(address -> !bindable(address))
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static boolean bindable(InetAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
