package io.parano.web;

import io.parano.access.Approving;
import io.parano.access.Arming;
import io.parano.access.BreakingGlass;
import io.parano.access.Carrier;
import io.parano.access.Commanding;
import io.parano.access.DeviceKeeping;
import io.parano.access.Enrolling;
import io.parano.access.Freezing;
import io.parano.access.Importing;
import io.parano.access.Lever;
import io.parano.access.LogBook;
import io.parano.access.Operating;
import io.parano.access.Passing;
import io.parano.access.Peers;
import io.parano.access.PolicyInForce;
import io.parano.access.Reply;
import io.parano.access.SettingPassword;
import io.parano.access.Showing;
import io.parano.access.SigningIn;
import io.parano.access.Validating;
import io.parano.audit.StoredEntry;
import io.parano.authn.AssertionResponse;
import io.parano.authn.ImportedHash;
import io.parano.authn.OtpRecords;
import io.parano.authn.PasswordRules;
import io.parano.authn.RegistrationResponse;
import io.parano.identity.Act;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Identity;
import io.parano.identity.Newcomer;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.kernel.Tracing;
import io.parano.policy.Explanation;
import io.parano.policy.Policy;
import io.parano.session.Session.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A company on paper, that goes through the motions of the core so that every page can be seen: it
/// keeps sessions, codes and acts, and takes any touch of a key that it knows without verifying the
/// signature.
final class PaperCore
    implements Passing,
        SigningIn,
        Enrolling,
        SettingPassword,
        Approving,
        Operating,
        Commanding,
        Importing,
        Validating,
        Showing,
        Freezing,
        BreakingGlass,
        Arming {
  static final String PASSWORD = "correct horse battery";
  static final String ENROLMENT_CODE = "paper-code";

  private record Session(Person person, IpAddress source, SessionId id, Instant touchedAt) {}

  private record Ceremony(@Nullable String name, boolean touched) {}

  private record Code(String bearer, String host) {}

  private final InstantSource clock;
  private final Randomness randomness;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, List<Authenticator>> tokens = new HashMap<>();
  private final Map<String, Session> portal = new HashMap<>();
  private final Map<String, Session> hosts = new HashMap<>();
  private final Map<String, Ceremony> ceremonies = new HashMap<>();
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<ActId, Proposal> acts = new LinkedHashMap<>();
  private final Map<ActId, List<String>> signatures = new HashMap<>();
  final List<String> told = new ArrayList<>();
  private boolean commandConfirmed;

  final List<Validating.Request> asked = new ArrayList<>();

  PaperCore(InstantSource clock, Randomness randomness) {
    this.clock = clock;
    this.randomness = randomness;
    add("alice", "Alice Éluard", true, Language.FR);
    add("bruno", "Bruno Keller", true, Language.EN);
    add("chloe", "Chloé Martin", false, Language.FR);
  }

  static Bytes credential(String name) {
    return Bytes.of(("credential of " + name).getBytes(StandardCharsets.UTF_8));
  }

  private void add(String name, String displayName, boolean officer, Language language) {
    Person person =
        new Person(
            PersonId.next(clock.instant(), randomness),
            name,
            displayName,
            name + "@example.org",
            new TreeSet<>(officer ? List.of("officers", "staff") : List.of("staff", "support")),
            PersonState.ACTIVE,
            officer,
            1,
            language,
            Bytes.of(randomness.bytes(32)));
    people.put(name, person);
    hold(person, credential(name), "Key of " + displayName);
  }

  private void hold(Person person, Bytes credential, String label) {
    tokens
        .computeIfAbsent(person.name(), name -> new ArrayList<>())
        .add(
            new Authenticator(
                AuthenticatorId.next(clock.instant(), randomness),
                person.id(),
                label,
                credential,
                Bytes.EMPTY,
                new UUID(0, 5),
                1,
                AuthenticatorState.ACTIVE,
                clock.instant(),
                null,
                Bytes.EMPTY,
                Bytes.EMPTY));
  }

  /// A portal session without ceremony, for tests of what comes after.
  synchronized String signedIn(String name, IpAddress source) {
    String bearer = text();
    portal.put(
        bearer,
        new Session(
            person(name), source, SessionId.next(clock.instant(), randomness), clock.instant()));
    return bearer;
  }

  private Person person(String name) {
    Person person = people.get(name);
    if (person == null) {
      throw new AssertionError("nobody is called " + name);
    }
    return person;
  }

  private String text() {
    return Bytes.of(randomness.bytes(32)).base64Url();
  }

  private List<Bytes> credentials(String name) {
    return tokens.getOrDefault(name, List.of()).stream().map(Authenticator::credentialId).toList();
  }

  private @Nullable Session session(String bearer, IpAddress source) {
    Session session = portal.get(bearer);
    return session != null && session.source().equals(source) ? session : null;
  }

  private SigningIn.Begun ceremony(String name) {
    String ceremony = text();
    boolean known = people.containsKey(name);
    ceremonies.put(ceremony, new Ceremony(known ? name : null, false));
    return new SigningIn.Begun.Options(
        ceremony,
        Bytes.of(randomness.bytes(32)),
        known ? credentials(name) : List.of(credential(name)),
        Duration.ofMinutes(5));
  }

  @Override
  public synchronized SigningIn.Begun begin(String name, IpAddress source) {
    return ceremony(name);
  }

  @Override
  public synchronized Touched touch(
      String ceremony, AssertionResponse assertion, IpAddress source) {
    Ceremony begun = ceremonies.get(ceremony);
    if (begun == null) {
      return new Touched.Refused(Reason.CEREMONY_UNKNOWN);
    }
    if (begun.name() == null || !credentials(begun.name()).contains(assertion.credentialId())) {
      return new Touched.Refused(Reason.TOKEN_UNKNOWN);
    }
    ceremonies.put(ceremony, new Ceremony(begun.name(), true));
    return new Touched.Accepted();
  }

  @Override
  public synchronized Armed arm(String ceremony, Secret password, String device, IpAddress source) {
    Ceremony begun = ceremonies.get(ceremony);
    if (begun == null || !begun.touched()) {
      return new Armed.Refused(Reason.CEREMONY_UNKNOWN);
    }
    if (!password.matches(Secret.ofText(PASSWORD))) {
      return new Armed.Again(Reason.PASSWORD_WRONG);
    }
    told.add("arm " + begun.name() + " " + device);
    return device.equals("none")
        ? new Armed.Again(Reason.DEVICE_MISSING)
        : new Armed.Done(
            "laptop",
            "wg-1",
            new Carrier.End(
                "vpn.example.org:51820",
                Bytes.of(new byte[32]),
                List.of(IpPrefix.parse("10.66.0.0/24"), IpPrefix.parse("fd00:66::/64"))),
            IpAddress.parse("10.66.0.7"),
            Secret.of(new byte[32]),
            clock.instant());
  }

  @Override
  public List<Peers.Peer> live() {
    return List.of();
  }

  @Override
  public OtpOffer otpOffer(String host, String path, IpAddress source) {
    return path.startsWith("/snacks") ? OtpOffer.OFFERED : OtpOffer.NONE;
  }

  @Override
  public Touched otp(String ceremony, String typed, IpAddress source) {
    return new Touched.Refused(Reason.OTP_REPLAYED);
  }

  @Override
  public synchronized SignedIn password(String ceremony, Secret password, IpAddress source) {
    Ceremony begun = ceremonies.get(ceremony);
    if (begun == null || begun.name() == null || !begun.touched()) {
      return new SignedIn.Refused(Reason.CEREMONY_UNKNOWN);
    }
    if (!password.matches(Secret.ofText(PASSWORD))) {
      return new SignedIn.Again(Reason.PASSWORD_WRONG);
    }
    ceremonies.remove(ceremony);
    return new SignedIn.Accepted(
        Secret.ofText(signedIn(begun.name(), source)), clock.instant().plus(Duration.ofHours(12)));
  }

  @Override
  public synchronized Who who(String bearer, IpAddress source) {
    Session session = session(bearer, source);
    return session == null
        ? new Who.Nobody(Reason.SESSION_UNKNOWN)
        : new Who.Somebody(
            session.id(),
            session.person().name(),
            session.person().displayName(),
            session.person().officer(),
            session.person().language(),
            Factor.TOUCH,
            session.touchedAt(),
            session.touchedAt().plus(Duration.ofHours(12)));
  }

  @Override
  public synchronized void signOut(String bearer, IpAddress source) {
    portal.remove(bearer);
    hosts.remove(bearer);
  }

  @Override
  public synchronized SigningIn.Begun beginStepUp(String bearer, IpAddress source) {
    Session session = session(bearer, source);
    return session == null
        ? new SigningIn.Begun.Refused(Reason.SESSION_UNKNOWN)
        : ceremony(session.person().name());
  }

  @Override
  public synchronized Touched stepUp(
      String bearer, String ceremony, AssertionResponse assertion, IpAddress source) {
    Session session = session(bearer, source);
    if (session == null) {
      return new Touched.Refused(Reason.SESSION_UNKNOWN);
    }
    Touched touched = touch(ceremony, assertion, source);
    if (touched instanceof Touched.Accepted) {
      portal.put(
          bearer, new Session(session.person(), session.source(), session.id(), clock.instant()));
    }
    return touched;
  }

  @Override
  public synchronized HostCode hostCode(String bearer, String host, IpAddress source) {
    if (session(bearer, source) == null) {
      return new HostCode.Refused(Reason.SESSION_UNKNOWN);
    }
    String code = text();
    codes.put(code, new Code(bearer, host));
    return new HostCode.Issued(Secret.ofText(code));
  }

  @Override
  public synchronized Granted redeem(String code, String host, IpAddress source) {
    Code issued = codes.remove(code);
    Session session = issued == null ? null : session(issued.bearer(), source);
    if (issued == null || session == null || !issued.host().equals(host)) {
      return new Granted.Refused(Reason.CODE_UNKNOWN);
    }
    String bearer = text();
    hosts.put(bearer, session);
    return new Granted.Session(
        Secret.ofText(bearer), session.touchedAt().plus(Duration.ofHours(12)));
  }

  @Override
  public Sought seek(Question question) {
    return new Sought(question, null);
  }

  @Override
  public void fetch(List<Sought> sought) {}

  @Override
  public synchronized Answer pass(Sought sought) {
    Question question = sought.question();
    Session session = question.bearer() == null ? null : hosts.get(question.bearer());
    if (session == null || !session.source().equals(question.source())) {
      return new Answer.SignIn(Reason.SESSION_UNKNOWN);
    }
    if (question.path().startsWith("/vault")
        && session.touchedAt().isBefore(clock.instant().minus(Duration.ofMinutes(5)))) {
      return new Answer.StepUp(Duration.ofMinutes(5));
    }
    Person person = session.person();
    return new Answer.Allowed(
        new Identity(
            person.name(), person.displayName(), person.email(), List.copyOf(person.groups())),
        null);
  }

  @Override
  public Passing.Answer passRecorded(Question question) {
    return pass(question);
  }

  @Override
  public synchronized void disbelieve(IpAddress peer, Reason reason, String detail) {
    told.add(peer + " " + reason.code() + " " + detail);
  }

  @Override
  public synchronized Enrolling.Begun begin(String name, Secret code, IpAddress source) {
    Person person = people.get(name);
    if (person == null || !code.matches(Secret.ofText(ENROLMENT_CODE))) {
      return new Enrolling.Begun.Refused(Reason.CODE_UNKNOWN);
    }
    String ceremony = text();
    ceremonies.put(ceremony, new Ceremony(name, false));
    return new Enrolling.Begun.Options(
        ceremony,
        Bytes.of(randomness.bytes(32)),
        person.handle(),
        name,
        person.displayName(),
        List.of(-8, -7, -257),
        List.of(credential(name)),
        true,
        Duration.ofMinutes(5));
  }

  @Override
  public synchronized Finished finish(
      String ceremony,
      RegistrationResponse response,
      Secret password,
      String label,
      IpAddress source) {
    Ceremony begun = ceremonies.get(ceremony);
    if (begun == null || begun.name() == null) {
      return new Finished.Refused(Reason.CEREMONY_UNKNOWN);
    }
    if (password.length() < 15) {
      return new Finished.Again(Reason.PASSWORD_TOO_SHORT);
    }
    ceremonies.remove(ceremony);
    hold(person(begun.name()), response.credentialId(), label);
    return new Finished.Enrolled("Paper key 5");
  }

  @Override
  public PasswordRules.Settings rules() {
    return new PasswordRules.Settings(17, PasswordRules.Composition.FREE);
  }

  @Override
  public synchronized SigningIn.Begun beginChange(String bearer, IpAddress source) {
    return beginStepUp(bearer, source);
  }

  @Override
  public synchronized SigningIn.Begun beginReset(String name, Secret code, IpAddress source) {
    return people.containsKey(name) && code.matches(Secret.ofText(ENROLMENT_CODE))
        ? ceremony(name)
        : new SigningIn.Begun.Refused(Reason.CODE_UNKNOWN);
  }

  @Override
  public synchronized Touched touchKey(
      String ceremony, AssertionResponse assertion, IpAddress source) {
    return touch(ceremony, assertion, source);
  }

  @Override
  public synchronized Chosen choose(
      String ceremony, Secret present, Secret chosen, IpAddress source) {
    Ceremony begun = ceremonies.get(ceremony);
    if (begun == null || !begun.touched()) {
      return new Chosen.Refused(Reason.CEREMONY_UNKNOWN);
    }
    if (present.length() > 0 && !present.matches(Secret.ofText(PASSWORD))) {
      return new Chosen.Again(Reason.PASSWORD_WRONG);
    }
    return chosen.length() < 17 ? new Chosen.Again(Reason.PASSWORD_TOO_SHORT) : new Chosen.Done();
  }

  /// The core's every part.
  WebCore core() {
    return core((Passing) this);
  }

  WebCore core(Enrolling enrolling) {
    return new WebCore(
        this,
        this,
        enrolling,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        PaperConfirming.INSTANCE,
        this,
        this,
        () -> null,
        null,
        Tracing.OFF);
  }

  WebCore withDevices(DeviceKeeping devices) {
    return new WebCore(
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        PaperConfirming.INSTANCE,
        this,
        this,
        () -> null,
        devices,
        Tracing.OFF);
  }

  WebCore core(Passing passing) {
    return core(passing, Tracing.OFF);
  }

  WebCore core(Passing passing, Tracing tracing) {
    return new WebCore(
        passing,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        this,
        PaperConfirming.INSTANCE,
        this,
        this,
        () -> null,
        null,
        tracing);
  }

  @Override
  public synchronized Proposed propose(String bearer, Act act, IpAddress source) {
    Session session = session(bearer, source);
    if (session == null) {
      return new Proposed.Refused(Reason.SESSION_UNKNOWN);
    }
    if (!session.person().officer()) {
      return new Proposed.Refused(Reason.NOT_AN_OFFICER);
    }
    Instant now = clock.instant();
    Proposal proposal =
        new Proposal(
            ActId.next(now, randomness),
            act,
            Bytes.of(randomness.bytes(32)),
            session.person().id(),
            now,
            now.plus(Duration.ofHours(24)),
            Proposal.State.OPEN);
    acts.put(proposal.id(), proposal);
    signatures.put(proposal.id(), new ArrayList<>());
    return new Proposed.Accepted(proposal);
  }

  @Override
  public synchronized Listed open(String bearer, IpAddress source) {
    Session session = session(bearer, source);
    if (session == null) {
      return new Listed.Refused(Reason.SESSION_UNKNOWN);
    }
    if (!session.person().officer()) {
      return new Listed.Refused(Reason.NOT_AN_OFFICER);
    }
    return new Listed.Acts(
        acts.values().stream()
            .filter(proposal -> proposal.state() == Proposal.State.OPEN)
            .map(this::pending)
            .toList());
  }

  private Pending pending(Proposal proposal) {
    PersonId subject = proposal.act().beneficiary();
    return new Pending(
        proposal,
        name(proposal.proposer()),
        subject == null ? null : name(subject),
        signatures.getOrDefault(proposal.id(), List.of()),
        proposal.act().approvals(),
        proposal.act() instanceof Act.ApplyPolicy
            ? List.of(
                "- rules: back office, from the office", "+ rules: back office, from anywhere")
            : List.of());
  }

  private String name(PersonId id) {
    return people.values().stream()
        .filter(person -> person.id().equals(id))
        .map(Person::name)
        .findFirst()
        .orElse("?");
  }

  @Override
  public synchronized Found find(String bearer, String name, IpAddress source) {
    Session session = session(bearer, source);
    if (session == null || !session.person().officer()) {
      return new Found.Refused(Reason.NOT_AN_OFFICER);
    }
    Person person = people.get(name);
    return person == null
        ? new Found.Refused(Reason.PERSON_UNKNOWN)
        : new Found.Somebody(person, tokens.getOrDefault(name, List.of()));
  }

  @Override
  public synchronized Approving.Begun begin(String bearer, ActId act, IpAddress source) {
    Session session = session(bearer, source);
    Proposal proposal = acts.get(act);
    if (session == null || proposal == null) {
      return new Approving.Begun.Refused(Reason.ACT_UNKNOWN);
    }
    if (session.person().id().equals(proposal.act().beneficiary())) {
      return new Approving.Begun.Refused(Reason.OWN_ACT);
    }
    return new Approving.Begun.Options(
        Bytes.of(proposal.challenge().bytes()),
        credentials(session.person().name()),
        Duration.ofMinutes(5));
  }

  @Override
  public synchronized Approved approve(
      String bearer, ActId act, AssertionResponse assertion, IpAddress source) {
    Session session = session(bearer, source);
    Proposal proposal = acts.get(act);
    if (session == null || proposal == null) {
      return new Approved.Refused(Reason.ACT_UNKNOWN);
    }
    List<String> signed = signatures.getOrDefault(act, new ArrayList<>());
    if (signed.contains(session.person().name())) {
      return new Approved.Refused(Reason.ALREADY_APPROVED);
    }
    signed.add(session.person().name());
    if (signed.size() < proposal.act().approvals()) {
      return new Approved.Waiting(proposal.act().approvals() - signed.size());
    }
    acts.put(act, proposal.as(Proposal.State.DONE));
    boolean code =
        proposal.act() instanceof Act.EnrolToken
            || proposal.act() instanceof Act.ReplaceToken
            || proposal.act() instanceof Act.ResetPassword;
    return new Approved.Executed(
        code ? Secret.ofText("K7QF-92MX-TR4C-LWPD") : null,
        code ? clock.instant().plus(Duration.ofHours(1)) : null);
  }

  @Override
  public synchronized Proposed reject(String bearer, ActId act, IpAddress source) {
    Proposal proposal = acts.get(act);
    if (session(bearer, source) == null || proposal == null) {
      return new Proposed.Refused(Reason.ACT_UNKNOWN);
    }
    Proposal rejected = proposal.as(Proposal.State.REJECTED);
    acts.put(act, rejected);
    return new Proposed.Accepted(rejected);
  }

  @Override
  public synchronized Reply<Lever.Report> cut(
      String bearer, String order, String because, IpAddress source) {
    Session session = session(bearer, source);
    if (session == null || !session.person().officer()) {
      return new Reply.Refused<>(Reason.NOT_AN_OFFICER);
    }
    if (order.startsWith("person:") && !people.containsKey(order.substring(7))) {
      throw new IllegalArgumentException("nobody on the staff is called " + order);
    }
    told.add("cut " + order + " because " + because);
    int ended = portal.size() + hosts.size();
    if (order.equals("everybody")) {
      portal.clear();
      hosts.clear();
    }
    return new Reply.Done<>(
        new Lever.Report(
            ended, List.of(new Lever.Acknowledged("web", Duration.ofNanos(310_000), ended))));
  }

  @Override
  public synchronized Reply<List<StaffRow>> staff(String bearer, IpAddress source) {
    return new Reply.Done<>(
        people.values().stream()
            .map(person ->
                new StaffRow(
                    person.id(),
                    person.name(),
                    person.displayName(),
                    List.copyOf(person.groups()),
                    person.state(),
                    person.officer(),
                    List.of(),
                    List.of()))
            .toList());
  }

  @Override
  public synchronized Reply<List<SessionRow>> sessions(String bearer, IpAddress source) {
    if (session(bearer, source) == null) {
      return new Reply.Refused<>(Reason.SESSION_UNKNOWN);
    }
    List<SessionRow> rows = new ArrayList<>();
    portal.values().forEach(live -> rows.add(row(live, Kind.PORTAL, "auth.example.org")));
    hosts.values().forEach(live -> rows.add(row(live, Kind.HOST, "app.example.org")));
    return new Reply.Done<>(rows);
  }

  private static SessionRow row(Session live, Kind kind, String host) {
    return new SessionRow(
        live.id(),
        live.person().name(),
        kind,
        host,
        live.source().toString(),
        live.touchedAt(),
        live.touchedAt(),
        live.touchedAt().plus(Duration.ofHours(12)),
        3);
  }

  @Override
  public Reply<PolicyInForce> policy(String bearer, IpAddress source) {
    return new Reply.Done<>(new PolicyInForce(7, Policy.SILENT));
  }

  @Override
  public Reply<Explanation> explain(
      String bearer,
      String host,
      String path,
      String method,
      IpAddress from,
      @Nullable String person,
      Factor factor,
      IpAddress source) {
    return new Reply.Refused<>(Reason.NOT_AN_OFFICER);
  }

  @Override
  public Reply<List<LogBook.Line>> log(String bearer, LogBook.Query query, IpAddress source) {
    return new Reply.Done<>(List.of(new LogBook.Line(1, "{\"type\":\"pass\"}", "")));
  }

  @Override
  public Reply<List<LogBook.Line>> follow(String bearer, long index, int most, IpAddress source) {
    return new Reply.Done<>(List.of());
  }

  @Override
  public Reply<Optional<LogBook.Signed>> exportable(String bearer, IpAddress source) {
    return new Reply.Done<>(Optional.empty());
  }

  @Override
  public Reply<List<StoredEntry>> export(
      String bearer, long from, long until, boolean personal, IpAddress source) {
    return new Reply.Refused<>(Reason.NOT_AN_OFFICER);
  }

  @Override
  public Commanding.Begun begin(IpAddress source) {
    return new Commanding.Begun.Waiting(
        "k7mfp2wq9x", Secret.ofText("paper-ticket"), Duration.ofMinutes(5));
  }

  @Override
  public Reply<String> look(String bearer, String code, IpAddress source) {
    return code.equals("k7mfp2wq9x")
        ? new Reply.Done<>("198.51.100.9")
        : new Reply.Refused<>(Reason.CODE_UNKNOWN);
  }

  @Override
  public Reply<Boolean> confirm(String bearer, String code, IpAddress source) {
    commandConfirmed = true;
    return new Reply.Done<>(true);
  }

  @Override
  public Collected collect(String ticket, IpAddress source) {
    return commandConfirmed
        ? new Collected.Session(
            Secret.ofText(signedIn("alice", source)), clock.instant().plus(Duration.ofHours(1)))
        : new Collected.NotYet();
  }

  @Override
  public Shown show(String name, String otp, Secret password, String hosts, IpAddress source) {
    told.add("show " + name + " " + otp + " " + hosts);
    return new Shown.Refused(Reason.OTP_NOT_ALLOWED);
  }

  /// Acts that fill an officer's desk.
  synchronized void someActs(String bearer, IpAddress source) {
    Person chloe = person("chloe");
    propose(bearer, new Act.EnrolToken(chloe.id(), null), source);
    propose(
        bearer,
        new Act.AdmitStaff(
            List.of(
                new Newcomer(
                    "dora",
                    "Dora Quéré",
                    "dora@example.org",
                    new TreeSet<>(List.of("staff")),
                    Language.FR))),
        source);
    propose(
        bearer,
        new Act.ApplyPolicy(Digest.of(new byte[0]), "zones:\n  office: [192.0.2.0/24]\n"),
        source);
    propose(bearer, new Act.ReopenNetwork(IpPrefix.parse("192.0.2.0/24")), source);
  }

  @Override
  public Imported otpTokens(
      String bearer, String person, String label, Secret file, IpAddress source) {
    told.add("otp-tokens " + person + " " + label + " " + file.length());
    return new Imported.Mistaken(List.of(new OtpRecords.Mistake(3, OtpRecords.Wrong.PUBLIC_ID)));
  }

  @Override
  public Staffed staff(String bearer, List<Bringing> people, IpAddress source) {
    told.add("staff " + people);
    return new Staffed.Mistaken(List.of(new Unread("lea", ImportedHash.Wrong.COST)));
  }

  @Override
  public Frozen freeze(String name, Secret password, IpAddress source) {
    told.add("freeze " + name);
    return switch (name) {
      case "olga" -> new Frozen.Done();
      case "hasty" -> new Frozen.Refused(Reason.RATE_LIMITED);
      case "stranger" -> new Frozen.Refused(Reason.SOURCE_UNLISTED);
      default -> new Frozen.Refused(Reason.PASSWORD_WRONG);
    };
  }

  @Override
  public Broken breakGlass(Holder first, Holder second, IpAddress source) {
    told.add("glass " + first.name() + " " + second.name());
    return first.name().equals("olga")
        ? new Broken.Opened(
            Secret.ofText("one"), Secret.ofText("two"), clock.instant().plusSeconds(1_800))
        : new Broken.Refused(
            second.name().equals("otto") ? Reason.PASSWORD_WRONG : Reason.SOURCE_UNLISTED);
  }

  @Override
  public Response validate(Request request) {
    asked.add(request);
    return new Response(
        new java.util.TreeMap<>(Map.of("otp", request.otp(), "status", "OK")), "c2lnbmF0dXJl");
  }
}
