package io.parano.access;

import io.parano.argon2.Argon2Pool;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.Tally;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.AssertionResponse;
import io.parano.authn.Assertions;
import io.parano.authn.AttestationPolicy;
import io.parano.authn.Blocklist;
import io.parano.authn.GuessLimits;
import io.parano.authn.PasswordRules;
import io.parano.authn.Passwords;
import io.parano.authn.RegistrationResponse;
import io.parano.authn.Registrations;
import io.parano.authn.RelyingParty;
import io.parano.authn.TokenMaker;
import io.parano.identity.Act;
import io.parano.identity.Newcomer;
import io.parano.identity.Person;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.session.Session;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.GetOptions;
import io.parano.testkit.Got;
import io.parano.testkit.SecurityKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A small company behind a gate: two officers (olga, otto) and staff (alice of accounting, bob of
 * support), everybody with a software security key and a password, everything real but the ledger,
 * the clock and the dice.
 */
final class Company {
  static final Carrier.End END =
      new Carrier.End(
          "vpn.example.test:51820",
          Bytes.of(new byte[32]),
          List.of(IpPrefix.parse("10.88.0.0/24")));
  static final String ORIGIN = "https://auth.example.test";
  static final String HOST = "wages.example.test";
  static final String OTHER_HOST = "tickets.example.test";
  static final IpAddress OFFICE = IpAddress.parse("192.0.2.10");
  static final IpAddress OTHER_DESK = IpAddress.parse("192.0.2.11");
  static final IpAddress TUNNEL = IpAddress.parse("198.51.100.7");
  static final IpAddress OUTSIDE = IpAddress.parse("203.0.113.66");
  static final String POLICY =
      """
      version: 1
      zones:
        office: [192.0.2.0/24]
        vpn: { networks: [198.51.100.0/24], leased: true }
      rules:
        - name: payday
          hosts: [wages.example.test]
          paths: [/payday/*]
          groups: [accounting]
          zones: [office]
          touch: 5m
        - name: wages
          hosts: [wages.example.test]
          groups: [accounting]
          zones: [office, vpn]
        - name: tickets
          hosts: [tickets.example.test]
          zones: [office]
      """;

  static final UUID MODEL = UUID.fromString("0a0a0a0a-0000-4000-8000-000000000001");
  static final UUID OTHER_MODEL = UUID.fromString("0a0a0a0a-0000-4000-8000-000000000002");

  private static final Argon2Pool ARGON2 = Argon2Pool.startPureJava(2, 64);

  final TestClock clock = new TestClock();
  final TestSealer sealer = new TestSealer();
  final MemoryLedger ledger = new MemoryLedger();
  final MemoryPeers peers = new MemoryPeers();
  final Randomness randomness = seeded();
  private final AttestationAuthority authority;
  private final Map<String, SecurityKey> keys = new HashMap<>();
  private final Map<String, String> passwords = new HashMap<>();
  private final AtomicReference<@Nullable Runnable> hashing = new AtomicReference<>();
  Books books;
  Gate gate;

  /** The codes of the beginning. */
  final Map<String, Secret> codes;

  Company() {
    this("olga", "otto");
    admit(newcomer("alice", "accounting"), newcomer("bob", "support"));
    enrolBy("olga", "alice");
    enrolBy("olga", "bob");
  }

  /** As far as the beginning has come when only these officers have enrolled. */
  static Company halfWay(String... enrolled) {
    return new Company(enrolled);
  }

  private Company(String... enrolled) {
    authority = AttestationAuthority.make("Test Tokens", clock.instant(), randomness);
    books = new Books(ledger, new State(List.of(), Map.of()));
    gate = gate();
    codes =
        Bootstrap.begin(
            books,
            policy(POLICY),
            List.of(newcomer("olga"), newcomer("otto")),
            randomness,
            clock.instant());
    for (String officer : enrolled) {
      enrol(officer, code(officer), OFFICE);
    }
  }

  Secret code(String officer) {
    return java.util.Objects.requireNonNull(codes.get(officer));
  }

  /** Everything read again from what the ledger kept, as after a restart. */
  void restart() {
    books = new Books(ledger, ledger.state());
    gate = gate();
  }

  static Policy policy(String document) {
    return switch (Policy.read(document)) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken mistaken ->
          throw new IllegalArgumentException(mistaken.toString());
    };
  }

  static Newcomer newcomer(String name, String... groups) {
    return new Newcomer(
        name, name, name + "@example.test", new TreeSet<>(Set.of(groups)), Language.EN);
  }

  SecurityKey key(String name) {
    return keys.computeIfAbsent(name, who -> freshKey());
  }

  SecurityKey freshKey() {
    return freshKey(MODEL);
  }

  SecurityKey freshKey(UUID model) {
    return SecurityKey.make(authority, model, randomness);
  }

  /** Before they enrol: a key of that model. */
  void give(String name, UUID model) {
    keys.put(name, freshKey(model));
  }

  void lose(String name) {
    keys.remove(name);
  }

  Secret password(String name) {
    return Secret.ofText(passwords.computeIfAbsent(name, who -> "correct horse 7 battery " + who));
  }

  Person person(String name) {
    return books.roster().named(name).orElseThrow();
  }

  /** A tunnel of somebody's, from the other desk, whose far end has that address from now on. */
  Session tunnel(String name, IpAddress address) {
    Person person = person(name);
    Session tunnel =
        new Session(
            SessionId.next(clock.instant(), randomness),
            Portals.digest(Portals.text(randomness.bytes(32))),
            Session.Kind.VPN,
            "vpn-1",
            person.id(),
            books.roster().tokensOf(person.id()).getFirst().id(),
            OTHER_DESK.binding(),
            person.generation(),
            books.closures().epoch(),
            clock.instant(),
            clock.instant(),
            clock.instant().plus(Duration.ofHours(2)),
            null);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutSession(tunnel));
    changes.addAll(new Leasing(books).changes(tunnel, address, null, clock.instant()));
    books.commit(
        Event.at(clock.instant(), EventType.VPN_TUNNEL, Outcome.DONE)
            .about(person.id())
            .on("session:" + tunnel.id()),
        changes);
    return tunnel;
  }

  /** The bearer of a new portal session. */
  String signIn(String name, IpAddress source) {
    return signIn(name, source, password(name));
  }

  String signIn(String name, IpAddress source, Secret password) {
    return switch (trySignIn(name, key(name), password, source)) {
      case SigningIn.SignedIn.Accepted(var bearer, var endsAt) -> text(bearer);
      case SigningIn.SignedIn refused ->
          throw new AssertionError("sign-in of " + name + ": " + refused);
    };
  }

  /** A whole sign-in; a refusal of any step comes back as a refusal of the last. */
  SigningIn.SignedIn trySignIn(String name, SecurityKey key, Secret password, IpAddress source) {
    String ceremony = ceremonyOf(gate.signingIn().begin(name, source));
    return switch (touch(name, key, ceremony, source)) {
      case SigningIn.Touched.Refused(var reason) -> new SigningIn.SignedIn.Refused(reason);
      case SigningIn.Touched.Accepted accepted ->
          gate.signingIn().password(ceremony, password, source);
    };
  }

  private @Nullable Bytes challenge;
  private List<Bytes> allowed = List.of();

  String ceremonyOf(SigningIn.Begun begun) {
    return switch (begun) {
      case SigningIn.Begun.Options options -> {
        challenge = options.challenge();
        allowed = options.allowed();
        yield options.ceremony();
      }
      case SigningIn.Begun.Refused(var reason) -> throw new AssertionError("not begun: " + reason);
    };
  }

  SigningIn.Touched touch(String name, SecurityKey key, String ceremony, IpAddress source) {
    List<Bytes> own = key.credentialIds("example.test");
    return gate.signingIn().touch(ceremony, sign(key, challenge(), own), source);
  }

  Bytes challenge() {
    if (challenge == null) {
      throw new IllegalStateException("no ceremony has begun");
    }
    return challenge;
  }

  List<Bytes> allowed() {
    return allowed;
  }

  static AssertionResponse sign(SecurityKey key, Bytes challenge, List<Bytes> allow) {
    Got.Assertion signed =
        key.get(GetOptions.of(ORIGIN, "example.test", challenge, allow)).assertion();
    return new AssertionResponse(
        signed.credentialId(),
        signed.authenticatorData(),
        signed.clientData(),
        signed.signature(),
        signed.userHandle());
  }

  /** The bearer of a session at one protected host. */
  String hostSession(String portal, String host, IpAddress source) {
    SigningIn.HostCode issued = gate.signingIn().hostCode(portal, host, source);
    if (!(issued instanceof SigningIn.HostCode.Issued(var code))) {
      throw new AssertionError("no code: " + issued);
    }
    SigningIn.Granted granted = gate.signingIn().redeem(text(code), host, source);
    if (!(granted instanceof SigningIn.Granted.Session(var bearer, var endsAt))) {
      throw new AssertionError("not redeemed: " + granted);
    }
    return text(bearer);
  }

  Passing.Answer pass(@Nullable String bearer, String host, String path, IpAddress source) {
    Passing.Question question =
        new Passing.Question(bearer, host, path, "GET", false, source, "nginx");
    Passing.Answer answer = gate.passing().pass(question);
    return answer instanceof Passing.Answer.RecordFirst
        ? gate.passing().passRecorded(question)
        : answer;
  }

  /** Proposed by the first officer and signed by all that are named, in order. */
  Approving.Approved act(Act act, String... officers) {
    String first = signIn(officers[0], OFFICE);
    Approving.Proposed proposed = gate.approving().propose(first, act, OFFICE);
    if (!(proposed instanceof Approving.Proposed.Accepted(var proposal))) {
      throw new AssertionError("not proposed: " + proposed);
    }
    Approving.Approved approved = new Approving.Approved.Waiting(act.approvals());
    for (String officer : officers) {
      approved = sign(proposal.id(), officer);
    }
    return approved;
  }

  Approving.Approved sign(ActId act, String officer) {
    String bearer = signIn(officer, OFFICE);
    return switch (gate.approving().begin(bearer, act, OFFICE)) {
      case Approving.Begun.Refused(var reason) -> new Approving.Approved.Refused(reason);
      case Approving.Begun.Options options ->
          gate.approving()
              .approve(
                  bearer, act, sign(key(officer), options.challenge(), options.allowed()), OFFICE);
    };
  }

  void admit(Newcomer... newcomers) {
    executed(act(new Act.AdmitStaff(List.of(newcomers)), "olga"));
  }

  void enrolBy(String officer, String name) {
    Secret code = executed(act(new Act.EnrolToken(person(name).id(), null), officer)).code();
    enrol(name, java.util.Objects.requireNonNull(code), OFFICE);
  }

  static Approving.Approved.Executed executed(Approving.Approved approved) {
    if (approved instanceof Approving.Approved.Executed executed) {
      return executed;
    }
    throw new AssertionError("not executed: " + approved);
  }

  void enrol(String name, Secret code, IpAddress source) {
    Enrolling.Finished finished = tryEnrol(name, code, key(name), password(name), source);
    if (!(finished instanceof Enrolling.Finished.Enrolled)) {
      throw new AssertionError("not enrolled: " + finished);
    }
  }

  Enrolling.Finished tryEnrol(
      String name, Secret code, SecurityKey key, Secret password, IpAddress source) {
    return switch (gate.enrolling().begin(name, code, source)) {
      case Enrolling.Begun.Refused(var reason) -> new Enrolling.Finished.Refused(reason);
      case Enrolling.Begun.Options options -> {
        var created =
            key.create(
                    CreateOptions.of(
                            ORIGIN, "example.test", options.challenge(), options.userHandle())
                        .withAlgorithms(options.algorithms()))
                .credential();
        yield gate.enrolling()
            .finish(
                options.ceremony(),
                new RegistrationResponse(
                    created.credentialId(), created.clientData(), created.attestationObject()),
                password,
                name + "'s key",
                source);
      }
    };
  }

  /** The reasons of the refusals recorded so far, in order. */
  List<Reason> reasons() {
    return ledger.events().stream()
        .map(io.parano.audit.Event::reason)
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  static String text(Secret secret) {
    return new String(secret.copy(), StandardCharsets.UTF_8);
  }

  private Gate gate() {
    RelyingParty us = new RelyingParty("example.test", Set.of(ORIGIN));
    Gate.Factors factors =
        new Gate.Factors(
            new Assertions(us),
            new Registrations(
                us,
                AttestationPolicy.of(
                    new TokenMaker(
                        "Test Tokens",
                        List.of(authority.root()),
                        List.of(),
                        Map.of(MODEL, "Test Token", OTHER_MODEL, "Other Test Token")))),
            new Passwords(this::hashed, new Argon2Parameters(64, 1, 1), randomness),
            new PasswordRules(PasswordRules.Settings.DEFAULT, Blocklist.common()),
            new GuessLimits(GuessLimits.Settings.DEFAULT, randomness));
    return Gate.of(
        books,
        new Journal(books, new Tally()),
        factors,
        new Gate.World(
            sealer,
            randomness,
            clock,
            new LedgerLogBook(ledger),
            new TestThreads(),
            new Carrier("wg-1", END, peers, List.of(IpPrefix.parse("198.51.100.0/25")))),
        new GateSettings("auth.example.test", Set.of(HOST, OTHER_HOST), false, Set.of("example")),
        List.of());
  }

  private byte[] hashed(Secret password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    Runnable during = hashing.getAndSet(null);
    byte[] tag = ARGON2.hash(password, salt, parameters, tagLength);
    if (during != null) {
      during.run();
    }
    return tag;
  }

  /** While the next password is hashed `during` happens. */
  void whileHashing(Runnable during) {
    hashing.set(during);
  }

  private static Randomness seeded() {
    Random random = new Random(20131122);
    return random::nextBytes;
  }
}
