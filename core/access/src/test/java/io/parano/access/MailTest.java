package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OUTSIDE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.Tally;
import io.parano.authn.Assertions;
import io.parano.authn.RelyingParty;
import io.parano.identity.Act;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import io.parano.testkit.SecurityKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Mailboxes: which password opens one, from where, beside whom. Every refusal has a twin that is
/// granted and differs in the attacked condition alone.
class MailTest {
  private static final Lever.By OPERATOR = new Lever.By(null, "control", "test");

  private final Company company = new Company();
  private MailDesk desk = desk();

  private MailDesk desk() {
    return MailDesk.of(
        company.books,
        new Journal(company.books, new Tally()),
        new Assertions(new RelyingParty("example.test", Set.of(Company.ORIGIN))),
        new MailSettings(MailSettings.LIFE, MailSettings.Mailbox.NAME),
        company.randomness,
        company.clock);
  }

  @Test
  void make_touched_showsItOnceAndKeepsTheDigestAlone() {
    DeviceKeeping.Made.Done made = made("alice", "phone");
    String text = Company.text(made.password());

    assertThat(text).matches("([0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}");
    assertThat(made.endsAt()).isEqualTo(company.clock.instant().plus(Duration.ofDays(90)));
    Event event = company.ledger.events().getLast();
    assertThat(event.type()).isEqualTo(EventType.DEVICE_PASSWORD_MADE);
    assertThat(event.toString()).doesNotContain(text);
    assertThat(event.facts().toString()).doesNotContain("phone");
    assertThat(company.ledger.state().changes().toString()).doesNotContain(text);
    assertThat(Company.text(made("alice", "laptop").password())).isNotEqualTo(text);
  }

  @Test
  void make_withoutTouchOrSessionOrByAnothersKey_refuses() {
    String bearer = company.signIn("alice", OFFICE);
    assertThat(make(bearer, company.key("bob"), "phone"))
        .isInstanceOf(DeviceKeeping.Made.Refused.class);
    assertThat(desk.keeping().begin("x".repeat(43), OFFICE))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.SESSION_UNKNOWN));
    assertThat(desk.keeping().begin(bearer, OTHER_DESK))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.SOURCE_CHANGED));
    for (String label : List.of("", "  ", "a\nb", "x".repeat(65))) {
      assertThat(make(bearer, company.key("alice"), label))
          .as(label)
          .isEqualTo(new DeviceKeeping.Made.Refused(Reason.REQUEST_MALFORMED));
    }
    assertThat(make(bearer, company.key("alice"), "phone"))
        .isInstanceOf(DeviceKeeping.Made.Done.class);
  }

  @Test
  void make_challengeOfAnotherSession_refuses() {
    String bearer = company.signIn("alice", OFFICE);
    String other = company.signIn("alice", OFFICE);
    var begun = (SigningIn.Begun.Options) desk.keeping().begin(bearer, OFFICE);
    assertThat(
            desk.keeping()
                .make(
                    other,
                    begun.ceremony(),
                    Company.sign(company.key("alice"), begun.challenge(), begun.allowed()),
                    "phone",
                    OFFICE))
        .isEqualTo(new DeviceKeeping.Made.Refused(Reason.CEREMONY_UNKNOWN));
  }

  @Test
  void make_moreThanOnePersonMayHave_refuses() {
    for (int i = 0; i < DeviceKeeping.MOST; i++) {
      made("alice", "device " + i);
    }
    assertThat(make(company.signIn("alice", OFFICE), company.key("alice"), "one more"))
        .isEqualTo(new DeviceKeeping.Made.Refused(Reason.RATE_LIMITED));
    made("bob", "phone");
  }

  @Test
  void make_logFull_makesNothing() {
    String bearer = company.signIn("alice", OFFICE);
    company.ledger.fill();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> make(bearer, company.key("alice"), "phone"))
        .isInstanceOf(Ledger.Unavailable.class);
    assertThat(company.books.devicePasswords().all()).isEmpty();
  }

  @Test
  void admit_devicePasswordBesideALiveSession_opensAndIsRecordedOnce() {
    Secret password = made("alice", "phone").password();
    int before = company.ledger.events().size();

    MailAdmitting.Opened opened = opened(admit("alice", password, OFFICE));
    opened(admit("alice", password, OFFICE));

    assertThat(opened.mailbox()).isEqualTo("alice");
    List<Event> events = company.ledger.events().subList(before, company.ledger.events().size());
    assertThat(events).extracting(Event::type).containsExactly(EventType.MAIL_LOGIN);
    assertThat(events.getFirst().actor()).isEqualTo(company.person("alice").id());
    assertThat(events.getFirst().resource()).isEqualTo("mail:imap-1");
    assertThat(desk.admitting().over(opened)).isNull();
  }

  @Test
  void admit_byAddressOrTypedInAnotherWay_opens() {
    Secret password = made("alice", "phone").password();
    String text = Company.text(password);
    opened(admit("Alice@Example.TEST", password, OFFICE));
    opened(admit(" alice ", Secret.ofText(text.toUpperCase(Locale.ROOT)), OFFICE));
    opened(admit("alice", Secret.ofText(text.replace("-", "")), OFFICE));
    opened(admit("alice", Secret.ofText(text.replace('-', ' ').replace('0', 'O')), OFFICE));
  }

  @Test
  void admit_onePartChanged_refusesForIt() {
    Secret password = made("alice", "phone").password();
    Secret bobs = made("bob", "phone").password();
    String text = Company.text(password);
    String slip = (text.charAt(0) == 'a' ? 'b' : 'a') + text.substring(1);

    refused(admit("alice", company.password("alice"), OFFICE), Reason.DEVICE_PASSWORD_MISTYPED);
    refused(admit("alice", Secret.ofText(slip), OFFICE), Reason.DEVICE_PASSWORD_MISTYPED);
    refused(admit("alice", Secret.ofText(""), OFFICE), Reason.DEVICE_PASSWORD_MISTYPED);
    refused(
        admit("alice", DevicePasswordText.random(company.randomness), OFFICE),
        Reason.PASSWORD_WRONG);
    refused(admit("alice", bobs, OFFICE), Reason.DEVICE_PASSWORD_OF_OTHER_PERSON);
    refused(admit("nobody", password, OFFICE), Reason.DEVICE_PASSWORD_OF_OTHER_PERSON);
    refused(admit("alice", password, OUTSIDE), Reason.SOURCE_UNLISTED);
    refused(admit("alice", password, TUNNEL), Reason.LEASE_MISSING);
    refused(admit("alice", password, OTHER_DESK), Reason.SESSION_MISSING);
    opened(admit("alice", password, OFFICE));
  }

  @Test
  void admit_whoeverIsNotPresent_refusesAndOpensOnceTheyAre() {
    DeviceKeeping.Made.Done made = made("alice", "phone");
    company.clock.pass(Duration.ofMinutes(16));
    refused(admit("alice", made.password(), OFFICE), Reason.SESSION_MISSING);

    String bearer = company.signIn("alice", OFFICE);
    MailAdmitting.Opened opened = opened(admit("alice", made.password(), OFFICE));
    company.gate.signingIn().signOut(bearer, OFFICE);
    refused(admit("alice", made.password(), OFFICE), Reason.SESSION_MISSING);
    assertThat(desk.admitting().over(opened)).isEqualTo(Reason.SESSION_MISSING);

    company.signIn("alice", OTHER_DESK);
    refused(admit("alice", made.password(), OFFICE), Reason.SESSION_MISSING);
    opened(admit("alice", made.password(), OTHER_DESK));
  }

  @Test
  void admit_colleaguePresentAtTheAddress_isOfNoUse() {
    Secret password = made("alice", "phone").password();
    company.clock.pass(Duration.ofMinutes(16));
    company.signIn("bob", OFFICE);
    refused(admit("alice", password, OFFICE), Reason.SESSION_MISSING);
    company.signIn("alice", OFFICE);
    opened(admit("alice", password, OFFICE));
  }

  @Test
  void admit_mailAlone_keepsNoSessionFromFallingIdle() {
    Secret password = made("alice", "phone").password();
    for (int i = 0; i < 3; i++) {
      company.clock.pass(Duration.ofMinutes(4));
      opened(admit("alice", password, OFFICE));
    }
    company.clock.pass(Duration.ofMinutes(4));
    refused(admit("alice", password, OFFICE), Reason.SESSION_MISSING);
  }

  @Test
  void admit_besideATunnelFromTheSameAddress_opensAndBesideAnSshSessionDoesNot() {
    Secret password = made("alice", "phone").password();
    company.clock.pass(Duration.ofMinutes(16));
    put(Session.Kind.SSH);
    refused(admit("alice", password, OFFICE), Reason.SESSION_MISSING);
    put(Session.Kind.VPN);
    opened(admit("alice", password, OFFICE));
    refused(admit("alice", password, OTHER_DESK), Reason.SESSION_MISSING);
  }

  @Test
  void admit_expiredOrCutOrCredentialsChanged_refusesAndOthersOpen() {
    DeviceKeeping.Made.Done phone = made("alice", "phone");
    DeviceKeeping.Made.Done laptop = made("alice", "laptop");
    MailAdmitting.Opened byPhone = opened(admit("alice", phone.password(), OFFICE));
    MailAdmitting.Opened byLaptop = opened(admit("alice", laptop.password(), OFFICE));

    company.gate.lever().cut(new Lever.Target.OneDevice(phone.device()), "lost", OPERATOR);
    refused(admit("alice", phone.password(), OFFICE), Reason.PASSWORD_WRONG);
    assertThat(desk.admitting().over(byPhone)).isEqualTo(Reason.PASSWORD_WRONG);
    opened(admit("alice", laptop.password(), OFFICE));
    assertThat(desk.admitting().over(byLaptop)).isNull();

    company.clock.pass(Duration.ofDays(90));
    company.signIn("alice", OFFICE);
    refused(admit("alice", laptop.password(), OFFICE), Reason.DEVICE_PASSWORD_EXPIRED);
    Secret tablet = made("alice", "tablet").password();
    opened(admit("alice", tablet, OFFICE));

    Company.executed(
        company.act(
            new Act.ChangeGroups(company.person("alice").id(), new java.util.TreeSet<>()),
            "olga",
            "otto"));
    company.signIn("alice", OFFICE);
    refused(admit("alice", tablet, OFFICE), Reason.CREDENTIALS_CHANGED);
    opened(admit("alice", made("alice", "new").password(), OFFICE));
  }

  @Test
  void admit_personNetworkOrEverybodyCut_refusesAndClosesWhatIsOpen() {
    Secret alices = made("alice", "phone").password();
    Secret bobs = made("bob", "phone").password();
    MailAdmitting.Opened open = opened(admit("alice", alices, OFFICE));
    MailAdmitting.Opened other = opened(admit("bob", bobs, OFFICE));

    company
        .gate
        .lever()
        .cut(new Lever.Target.OnePerson(company.person("alice").id()), "drill", OPERATOR);
    refused(admit("alice", alices, OFFICE), Reason.PERSON_FROZEN);
    assertThat(desk.admitting().over(open)).isEqualTo(Reason.PERSON_FROZEN);
    assertThat(desk.admitting().over(other)).isNull();

    company
        .gate
        .lever()
        .cut(new Lever.Target.OneNetwork(IpPrefix.parse("192.0.2.10/32")), "drill", OPERATOR);
    assertThat(desk.admitting().over(other)).isEqualTo(Reason.SOURCE_CUT);
    company.signIn("bob", OTHER_DESK);
    opened(admit("bob", bobs, OTHER_DESK));

    company.gate.lever().cut(new Lever.Target.Everybody(), "drill", OPERATOR);
    refused(admit("bob", bobs, OTHER_DESK), Reason.EVERYBODY_CUT);
  }

  @Test
  void admit_everybodyCutAndReopened_passwordsOfBeforeStayDead() {
    Secret password = made("alice", "phone").password();
    company.gate.lever().cut(new Lever.Target.Everybody(), "drill", OPERATOR);
    Company.executed(company.act(new Act.ReopenEverybody(), "olga", "otto"));
    company.signIn("alice", OFFICE);
    refused(admit("alice", password, OFFICE), Reason.EVERYBODY_CUT);
    opened(admit("alice", made("alice", "phone").password(), OFFICE));
  }

  @Test
  void admit_floodOfGuesses_isCountedAndShutsOutNobodyWhoHasIt() {
    Secret password = made("alice", "phone").password();
    for (int i = 0; i < 10; i++) {
      refused(admit("alice", guess(), OFFICE), Reason.PASSWORD_WRONG);
    }
    for (int i = 0; i < 100; i++) {
      refused(admit("alice", guess(), OFFICE), Reason.RATE_LIMITED);
    }
    opened(admit("alice", password, OFFICE));
  }

  @Test
  void admit_logFull_opensNothing() {
    Secret password = made("alice", "phone").password();
    company.ledger.fill();
    assertThat(admit("alice", password, OFFICE)).isEqualTo(new MailAdmitting.Answer.Unavailable());
    company.ledger.makeRoom();
    opened(admit("alice", password, OFFICE));
  }

  @Test
  void admit_cutWhileTheRecordIsWritten_refuses() {
    Secret password = made("alice", "phone").password();
    company.ledger.stall(() ->
        company
            .gate
            .lever()
            .cut(new Lever.Target.OnePerson(company.person("alice").id()), "drill", OPERATOR));
    refused(admit("alice", password, OFFICE), Reason.PERSON_FROZEN);
  }

  @Test
  void admit_afterARestart_opensAsBefore() {
    Secret password = made("alice", "phone").password();
    company.restart();
    desk = desk();
    opened(admit("alice", password, OFFICE));
  }

  @Test
  void admitPresent_presentAtTheAddress_isAllowedAndElsewhereIsNot() {
    company.signIn("alice", OFFICE);
    assertThat(desk.admitting().admitPresent(asked("alice", OFFICE)))
        .isInstanceOf(MailAdmitting.Answer.Admitted.class);
    refused(desk.admitting().admitPresent(asked("alice", OTHER_DESK)), Reason.SESSION_MISSING);
    refused(desk.admitting().admitPresent(asked("alice", OUTSIDE)), Reason.SOURCE_UNLISTED);
    refused(desk.admitting().admitPresent(asked("bob", OFFICE)), Reason.SESSION_MISSING);
    refused(desk.admitting().admitPresent(asked("nobody", OFFICE)), Reason.PERSON_UNKNOWN);
  }

  @Test
  void list_ownOrEverybodysForAnOfficer_andNothingThatCountsNoMore() {
    made("alice", "phone");
    made("bob", "laptop");
    assertThat(labels("alice")).containsExactly("phone");
    assertThat(labels("olga")).containsExactly("phone", "laptop");
    company.clock.pass(Duration.ofDays(91));
    assertThat(labels("olga")).isEmpty();
  }

  @Test
  void cut_ofAnothersDevice_isForOfficers() {
    DeviceId device = made("alice", "phone").device();
    String order = "device:" + device;
    assertThat(company.gate.operating().cut(company.signIn("bob", OFFICE), order, "x", OFFICE))
        .isEqualTo(new Reply.Refused<>(Reason.NOT_AN_OFFICER));
    assertThat(company.gate.operating().cut(company.signIn("alice", OFFICE), order, "x", OFFICE))
        .isInstanceOf(Reply.Done.class);
    assertThat(labels("olga")).isEmpty();
  }

  @Test
  void round_ofHousekeeping_dropsWhatCountsNoMore() {
    made("alice", "phone");
    company.clock.pass(Duration.ofDays(90));
    made("bob", "phone");
    new Housekeeping(company.books, company.clock).round();
    assertThat(company.books.devicePasswords().all())
        .extracting(DevicePassword::person)
        .containsExactly(company.person("bob").id());
    assertThat(company.ledger.state().changes())
        .filteredOn(Change.DropDevicePassword.class::isInstance)
        .hasSize(1);
  }

  private Secret guess() {
    return DevicePasswordText.random(company.randomness);
  }

  private List<String> labels(String name) {
    return switch (desk.keeping().list(company.signIn(name, OFFICE), OFFICE)) {
      case Reply.Refused<List<DeviceKeeping.Row>>(var reason) -> List.of(reason.code());
      case Reply.Done<List<DeviceKeeping.Row>>(var rows) ->
          rows.stream().map(DeviceKeeping.Row::label).toList();
    };
  }

  private void put(Session.Kind kind) {
    company.signIn("alice", OFFICE);
    LiveSession portal =
        company
            .books
            .sessions()
            .where(session -> session.person().equals(company.person("alice").id()))
            .stream()
            .filter(live -> live.session().kind() == Session.Kind.PORTAL)
            .max(java.util.Comparator.comparing(live -> live.session().startedAt()))
            .orElseThrow();
    Session from = portal.session();
    company.books.withdraw(
        Event.at(company.clock.instant(), EventType.SIGN_OUT, Outcome.DONE),
        List.of(
            new Change.EndSession(from.id()),
            new Change.PutSession(
                new Session(
                    io.parano.kernel.SessionId.next(company.clock.instant(), company.randomness),
                    io.parano.kernel.Digest.of(company.randomness.bytes(32)),
                    kind,
                    "there",
                    from.person(),
                    from.authenticator(),
                    from.source(),
                    from.generation(),
                    from.epoch(),
                    from.startedAt(),
                    from.touchedAt(),
                    from.endsAt(),
                    null))));
  }

  private DeviceKeeping.Made.Done made(String name, String label) {
    DeviceKeeping.Made made = make(company.signIn(name, OFFICE), company.key(name), label);
    if (made instanceof DeviceKeeping.Made.Done done) {
      return done;
    }
    throw new AssertionError("not made: " + made);
  }

  private DeviceKeeping.Made make(String bearer, SecurityKey key, String label) {
    if (!(desk.keeping().begin(bearer, OFFICE) instanceof SigningIn.Begun.Options options)) {
      throw new AssertionError("not begun");
    }
    return desk.keeping()
        .make(
            bearer,
            options.ceremony(),
            Company.sign(
                key,
                Objects.requireNonNull(options.challenge()),
                key.credentialIds("example.test")),
            label,
            OFFICE);
  }

  private static MailAdmitting.Asked asked(String name, IpAddress source) {
    return new MailAdmitting.Asked("imap-1", name, source, MailAdmitting.Protocol.IMAP);
  }

  private MailAdmitting.Answer admit(String name, Secret password, IpAddress source) {
    return desk.admitting().admit(asked(name, source), password);
  }

  private static MailAdmitting.Opened opened(MailAdmitting.Answer answer) {
    if (answer instanceof MailAdmitting.Answer.Admitted(var opened)) {
      return opened;
    }
    throw new AssertionError("not opened: " + answer);
  }

  private static void refused(MailAdmitting.Answer answer, Reason reason) {
    if (!(answer instanceof MailAdmitting.Answer.Refused(var why, var delay))) {
      throw new AssertionError("not refused: " + answer);
    }
    assertThat(why).isEqualTo(reason);
    assertThat(delay).isPositive();
  }
}
