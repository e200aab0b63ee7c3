package io.parano.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.ActId;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an act says is exactly what officers sign, and no two acts say the same. */
class ActTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final PersonId ANN = new PersonId(new UUID(7, 1));
  private static final PersonId BEN = new PersonId(new UUID(7, 2));

  private static List<Act> acts() {
    return List.of(
        new Act.AdmitStaff(List.of(newcomer("ann", "Ann", "support"))),
        new Act.AdmitStaff(List.of(newcomer("ann", "Ann B", "support"))),
        new Act.AdmitStaff(List.of(newcomer("ann", "Ann", "support", "sysadmin"))),
        new Act.EnrolToken(ANN, null),
        new Act.EnrolToken(ANN, NOW),
        new Act.EnrolToken(BEN, null),
        new Act.ReplaceToken(ANN, null),
        new Act.ResetPassword(ANN),
        new Act.ChangeGroups(ANN, new TreeSet<>(Set.of("a b"))),
        new Act.ChangeGroups(ANN, new TreeSet<>(Set.of("a", "b"))),
        new Act.ChangeGroups(ANN, new TreeSet<>()),
        new Act.AppointOfficer(ANN),
        new Act.DismissOfficer(ANN),
        new Act.DismissStaff(ANN),
        new Act.EraseStaff(ANN),
        new Act.ApplyPolicy(Digest.of(new byte[] {1}), "zones: {}"),
        new Act.ApplyPolicy(Digest.of(new byte[] {2}), "zones: {}"),
        new Act.ReopenPerson(ANN),
        new Act.ReopenToken(new AuthenticatorId(new UUID(8, 1)), ANN),
        new Act.ReopenToken(new AuthenticatorId(new UUID(8, 1)), BEN),
        new Act.ReopenNetwork(IpPrefix.parse("192.0.2.0/24")),
        new Act.ReopenNetwork(IpPrefix.parse("192.0.2.0/25")),
        new Act.ReopenZone("office"),
        new Act.ReopenZone("vpn"),
        new Act.AdmitStaff(List.of(newcomer("ann", "Ann", "support")), Digest.of(new byte[] {1})),
        new Act.AdmitStaff(List.of(newcomer("ann", "Ann", "support")), Digest.of(new byte[] {2})),
        new Act.SealCode(ANN),
        new Act.NoteGlass(ANN, BEN, NOW),
        new Act.NoteGlass(BEN, ANN, NOW),
        new Act.ReopenEverybody());
  }

  @Test
  void challenge_ofDifferentActs_isDifferent() {
    Set<Digest> challenges = new HashSet<>();
    acts().forEach(act -> challenges.add(proposal(act, 1).challenge()));

    assertThat(challenges).hasSize(acts().size());
  }

  @Test
  void challenge_ofTheSameActProposedTwice_isDifferent() {
    Act act = new Act.ReopenEverybody();

    assertThat(proposal(act, 1).challenge())
        .isNotEqualTo(proposal(act, 2).challenge())
        .isEqualTo(proposal(new Act.ReopenEverybody(), 1).challenge());
  }

  @Test
  void canonical_saysItsKind() {
    assertThat(acts())
        .allMatch(act -> act.canonical().text().contains("\"kind\":\"" + act.kind() + "\""));
  }

  @Test
  void approvals_ofWhateverWidensWhatSomebodyMayDo_areTwo() {
    assertThat(acts())
        .filteredOn(act -> act.approvals() < 2)
        .extracting(Act::kind)
        .containsOnly("admit-staff", "enrol-token", "reopen-person");
  }

  @Test
  void beneficiary_ofWhateverIsForSomebody_isThatPerson() {
    List<String> against = List.of("dismiss-officer", "dismiss-staff", "erase-staff");
    // A holder's code gives nothing without another's, and two officers may be all there are.
    List<String> nobodys = List.of("seal-code", "note-glass");
    assertThat(acts())
        .filteredOn(act -> act.canonical().text().contains(ANN.toString()))
        .filteredOn(act -> !against.contains(act.kind()) && !nobodys.contains(act.kind()))
        .isNotEmpty()
        .allMatch(act -> ANN.equals(act.beneficiary()));
  }

  @Test
  void admitStaff_oneNameTwice_isRefused() {
    List<Newcomer> twice = List.of(newcomer("ann", "Ann"), newcomer("ann", "Other Ann"));

    assertThatThrownBy(() -> new Act.AdmitStaff(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[ann, ann]");
    assertThat(new Act.AdmitStaff(List.of(newcomer("ann", "Ann"), newcomer("anne", "Ann"))))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " Ann",
        "Ann ",
        "Ann\nRemote-Groups: sysadmin",
        "Ann\u0000",
        "Ann\u202e",
        "Ann\u200b",
        "Ann\u2028",
        "Ann\ud800",
        "Ann\ue000"
      })
  void newcomer_nameThatDoesNotShowWhatItIs_isRefused(String displayName) {
    assertThatThrownBy(() -> newcomer("ann", displayName))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a display name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ann", "Zoë d’Étienne-Ünal", "安娜", "O'Hara \"B\", Ann", "Ann 👩"})
  void newcomer_nameAsPeopleWriteIt_isTaken(String displayName) {
    assertThat(newcomer("ann", displayName).displayName()).isEqualTo(displayName);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b", "a\nb", " a", "a\u202eb"})
  void group_thatAHeaderWouldSpoil_isRefused(String group) {
    assertThatThrownBy(() -> newcomer("ann", "Ann", group))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Act.ChangeGroups(ANN, new TreeSet<>(Set.of(group))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ann", "@b", "ann@", "a@b@c", "a b@c", "a@b,c@d", "a@b\r\nTo: x"})
  void email_thatIsNone_isRefused(String email) {
    assertThatThrownBy(() -> new Newcomer("ann", "Ann", email, new TreeSet<>(), Language.EN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a mail address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ann", "-ann", "an n", "é", "a/b"})
  void name_thatIsNone_isRefused(String name) {
    assertThatThrownBy(() -> newcomer(name, "Ann")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void token_usable_onlyWhileActiveAndBeforeItsEnd() {
    Authenticator token = token(null);
    Authenticator lent = token(NOW.plusSeconds(1));

    assertThat(token.usable(NOW)).isTrue();
    assertThat(token.as(AuthenticatorState.CUT).usable(NOW)).isFalse();
    assertThat(token.as(AuthenticatorState.SUSPENDED).usable(NOW)).isFalse();
    assertThat(lent.usable(NOW)).isTrue();
    assertThat(lent.usable(NOW.plusSeconds(1))).isFalse();
  }

  private static Authenticator token(@org.jspecify.annotations.Nullable Instant until) {
    return new Authenticator(
        new AuthenticatorId(new UUID(8, 1)),
        ANN,
        "key",
        Bytes.of(new byte[] {1}),
        Bytes.of(new byte[] {2}),
        new UUID(0, 0),
        0,
        AuthenticatorState.ACTIVE,
        NOW,
        until,
        Bytes.EMPTY,
        Bytes.EMPTY);
  }

  private static Newcomer newcomer(String name, String displayName, String... groups) {
    return new Newcomer(
        name, displayName, "ann@example.test", new TreeSet<>(Set.of(groups)), Language.EN);
  }

  private static Proposal proposal(Act act, int nonce) {
    return new Proposal(
        new ActId(new UUID(9, 1)),
        act,
        Bytes.of(new byte[] {(byte) nonce}),
        BEN,
        NOW,
        NOW.plusSeconds(60),
        Proposal.State.OPEN);
  }
}
