package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Admitting;
import io.parano.access.Door;
import io.parano.access.Taken;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door over its real socket, and a server that says what it is told to.
class OpenVpnDoorTest {
  private static final String WAYS = "webauth,crtext";

  @TempDir private Path folder;
  private final PaperTunnels core = new PaperTunnels();
  private OpenVpnDoor door;
  private PaperOpenVpn server;

  @BeforeEach
  void open() throws IOException {
    Path socket = folder.resolve("management");
    door = Sample.openVpn(socket, null, core);
    server = new PaperOpenVpn(socket);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    door.close();
  }

  @Test
  void hold_isReleased() throws IOException {
    server.say(">HOLD:Waiting for hold release:0");
    assertThat(server.heard()).isEqualTo("hold release");
  }

  @Test
  void login_right_isLetInAndWrongIsDeniedWithoutAReason() throws IOException {
    server.login(0, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    assertThat(core.asked)
        .containsExactly(
            new Admitting.Asked(
                "vpn-1", IpAddress.parse("192.0.2.7"), "paul", IpAddress.parse("192.0.2.7")));
    server.login(1, "CONNECT", "paul", "wrong", "");
    assertThat(server.heard()).isEqualTo("client-deny 1 1 \"refused\"");
  }

  /// Logins beyond the places are denied at once, and none is once there is room.
  @Test
  void flood_beyondThePlaces_isDeniedAtOnceAndWhoComesAfterIsLetIn() throws IOException {
    for (int i = 0; i < 256; i++) {
      server.login(i, "CONNECT", "paul", "slow", "");
    }
    server.login(256, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).startsWith("client-deny 256 1");
    core.released.countDown();
    for (int i = 0; i < 256; i++) {
      assertThat(server.heard()).startsWith("client-deny").doesNotStartWith("client-deny 256 ");
    }
    assertThat(core.asked).hasSize(256);
    server.login(257, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 257 1");
  }

  /// Who waits for a touch keeps out nobody who waits for nothing.
  @Test
  void flood_thatWaitsForTouches_leavesRoomForOthers() throws IOException {
    for (int i = 0; i < 256; i++) {
      server.login(i, "CONNECT", "n" + i, "touch", "webauth");
    }
    int denied = 0;
    while (denied < 256 - 64) {
      denied += String.valueOf(server.heard()).startsWith("client-deny") ? 1 : 0;
    }
    server.login(256, "CONNECT", "paul", "right", "");
    String said = server.heard();
    while (String.valueOf(said).startsWith("client-pending-auth")) {
      said = server.heard();
    }
    assertThat(said).isEqualTo("client-auth-nt 256 1");
  }

  /// Whatever a client says is passed on by its server, before anything is known of it.
  @Test
  void answer_ofNoForm_endsNobodyElsesTunnel() throws IOException {
    server.login(0, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    server.say(">CLIENT:CR_RESPONSE,1,1,!", ">CLIENT:ENV,END");
    assertThat(server.heard()).isEqualTo("client-deny 1 1 \"refused\"");
    server.login(2, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 2 1");
  }

  @Test
  void login_certificateOfTheDevice_isSaidToTheCoreAndGarbageIsNone() throws IOException {
    String digest = "AB".repeat(32).toLowerCase(Locale.ROOT);
    server.shown(0, "CONNECT", digest.replaceAll("(..)(?!$)", "$1:"));
    server.shown(1, "CONNECT", digest);
    server.shown(2, "CONNECT", digest + ":00");
    server.shown(3, "CONNECT", "");
    for (int i = 0; i < 4; i++) {
      assertThat(server.heard()).startsWith("client-auth-nt");
    }
    assertThat(core.asked.stream().map(Admitting.Asked::certificate).filter(Objects::nonNull))
        .containsExactly(Bytes.fromHex(digest), Bytes.fromHex(digest));
  }

  @Test
  void reauth_withAnotherCertificate_isDeniedAndWithTheSameGoesOn() throws IOException {
    server.shown(0, "CONNECT", "ab".repeat(32));
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    server.shown(0, "REAUTH", "cd".repeat(32));
    assertThat(server.heard()).isEqualTo("client-deny 0 1 \"refused\"");
    server.shown(0, "REAUTH", "ab".repeat(32));
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
  }

  @Test
  void established_addressOfThePool_isSaidToTheCoreAndAConflictKills() throws IOException {
    server.login(0, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    server.established(0, "10.78.0.6");
    server.login(1, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 1 1");
    core.begun =
        new Admitting.Noted.Over(Reason.LEASE_OF_OTHER_PERSON, core.tunnels.getLast().session());
    server.established(1, "10.78.0.7");
    assertThat(server.heard()).isEqualTo("client-kill 1");
    assertThat(
            core.told.stream()
                .filter(one -> one.status() == Admitting.Account.Status.STARTED)
                .map(Admitting.Account::framed))
        .containsExactly(IpAddress.parse("10.78.0.6"), IpAddress.parse("10.78.0.7"));
  }

  @Test
  void connectionOver_whatRanUnderItIsSaidToHaveStopped() throws IOException {
    server.say(">HOLD:x");
    assertThat(server.heard()).isEqualTo("hold release");
    long before = stops();
    server.close();
    while (stops() == before) {
      Thread.onSpinWait();
    }
  }

  private long stops() {
    return core.told.stream()
        .filter(one -> one.status() == Admitting.Account.Status.ALL_STOPPED)
        .count();
  }

  @Test
  void login_withAnAddressOfThePolicy_isPushedIt() throws IOException {
    server.login(0, "CONNECT", "camille", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth 0 1");
    assertThat(server.heard()).isEqualTo("ifconfig-push 10.78.0.5 255.255.255.0");
    assertThat(server.heard()).isEqualTo("END");
  }

  @Test
  void login_half_isAskedForTheOtp() throws IOException {
    server.login(0, "CONNECT", "paul", "half", WAYS);
    assertThat(server.heard())
        .isEqualTo(
            "client-pending-auth 0 1 \"CR_TEXT:R,E:Touch your token: one-time password\" 60");
    server.answer(0, "right");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");

    server.login(1, "CONNECT", "paul", "half", WAYS);
    assertThat(server.heard()).startsWith("client-pending-auth 1 1");
    server.answer(1, "wrong");
    assertThat(server.heard()).isEqualTo("client-deny 1 1 \"refused\"");
    server.answer(7, "right");
    assertThat(server.heard()).isEqualTo("client-deny 7 1 \"refused\"");
  }

  @Test
  void answer_aSecondOne_takesNothingAwayFromTheFirst() throws Exception {
    server.login(0, "CONNECT", "paul", "half", WAYS);
    assertThat(server.heard()).startsWith("client-pending-auth 0 1");
    server.answer(0, "right");
    server.answer(0, "wrong");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    server.answer(0, "wrong");
    server.gone(0);
    core.awaitTold(Admitting.Account.Status.STOPPED);
    server.login(1, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 1 1");
  }

  @Test
  void login_ofAClientThatLeftMeanwhile_isEndedAndOneThatStayedIsLetIn() throws Exception {
    server.login(0, "CONNECT", "paul", "late", "");
    server.login(1, "CONNECT", "olga", "late", "");
    server.gone(0);
    // Whoever hears this has heard what was said before it.
    server.say(">HOLD:x");
    assertThat(server.heard()).isEqualTo("hold release");
    core.released.countDown();
    assertThat(server.heard()).isEqualTo("client-auth-nt 1 1");
    core.awaitTold(Admitting.Account.Status.STOPPED);
    assertThat(core.told.getLast().name()).isEqualTo("paul");
  }

  /// A server that has yet to set up the tunnel of before drops both.
  @Test
  void login_inThePlaceOfAnother_endsThatBeforeItIsLetIn() throws IOException {
    server.login(0, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    server.login(1, "CONNECT", "paul", "instead", "");
    assertThat(server.heard()).isEqualTo("client-kill 0");
    assertThat(server.heard()).isEqualTo("client-auth-nt 1 1");
  }

  @Test
  void login_staticChallenge_bringsBothAtOnce() throws IOException {
    Base64.Encoder base64 = Base64.getEncoder();
    String password =
        "SCRV1:"
            + base64.encodeToString("ri".getBytes(StandardCharsets.UTF_8))
            + ":"
            + base64.encodeToString("ght".getBytes(StandardCharsets.UTF_8));
    server.login(0, "CONNECT", "paul", password, "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
  }

  @Test
  void login_touch_showsTheCodeAndIsHeldUntilThen() throws IOException {
    server.login(0, "CONNECT", "paul", "touch", WAYS);
    assertThat(server.heard())
        .contains("CR_TEXT:R,E:Code K7M-4QX.", "https://auth.example.com/vpn/confirm");
    server.answer(0, "ok");
    while (core.held.get() < 2) {
      Thread.onSpinWait();
    }
    core.touched = true;
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
  }

  @Test
  void login_touch_opensThePageWhereAClientCanDoNoMore() throws IOException {
    core.touched = true;
    server.login(0, "CONNECT", "paul", "touch", "webauth");
    assertThat(server.heard())
        .isEqualTo(
            "client-pending-auth 0 1 \"WEB_AUTH::https://auth.example.com/vpn/confirm#K7M-4QX\" 60");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    server.login(1, "CONNECT", "paul", "touch", "");
    assertThat(server.heard()).isEqualTo("client-deny 1 1 \"refused\"");
  }

  @Test
  void reauth_ofATunnelThatHolds_goesOnAndOtherwiseNot() throws IOException {
    server.login(0, "CONNECT", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    server.login(0, "REAUTH", "paul", "right", "");
    assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
    server.login(0, "REAUTH", "olga", "right", "");
    assertThat(server.heard()).isEqualTo("client-deny 0 1 \"refused\"");
    server.login(0, "REAUTH", "paul", "another in his place", "");
    assertThat(server.heard()).isEqualTo("client-deny 0 1 \"refused\"");
    core.over.add(core.tunnels.getFirst().session());
    server.login(0, "REAUTH", "paul", "right", "");
    String said = server.heard();
    assertThat(String.valueOf(said).startsWith("client-kill") ? server.heard() : said)
        .isEqualTo("client-deny 0 1 \"refused\"");
  }

  @Test
  void closed_tunnelOver_isKilledAndOneThatIsNotStaysUp() throws Exception {
    server.login(0, "CONNECT", "paul", "right", "");
    server.login(1, "CONNECT", "olga", "right", "");
    server.heard();
    server.heard();
    core.over.add(
        core.tunnels.stream()
            .filter(one -> one.name().equals("paul"))
            .findFirst()
            .orElseThrow()
            .session());
    assertThatThrownBy(() -> door.closed(Taken.NOTHING)).isInstanceOf(Door.Silent.class);
    assertThat(server.heard()).isEqualTo("client-kill 0");
    server.say(">CLIENT:DISCONNECT,0", ">CLIENT:ENV,time_duration=7", ">CLIENT:ENV,END");
    core.awaitTold(Admitting.Account.Status.STOPPED);
    assertThat(door.closed(Taken.NOTHING)).isZero();
    assertThat(core.told.getLast().figures()).contains("seconds=7");
  }

  @Test
  void garbage_endsTheConnection() throws IOException {
    server.say(">CLIENT:CONNECT,0,1", ">CLIENT:CONNECT,0,1");
    assertThat(server.heard()).isNull();
  }

  @Test
  void close_endsTheConnection() throws IOException {
    server.say(">HOLD:x");
    assertThat(server.heard()).isEqualTo("hold release");
    door.close();
    assertThat(server.heard()).isNull();
  }
}
