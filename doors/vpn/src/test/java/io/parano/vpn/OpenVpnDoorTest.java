package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Admitting;
import io.parano.access.Door;
import io.parano.access.Taken;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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
  private SocketChannel channel;
  private BufferedReader heard;

  @BeforeEach
  void open() throws IOException {
    open(null);
  }

  private void open(@Nullable Path helper) throws IOException {
    Path socket = folder.resolve("management");
    door =
        new OpenVpnDoor(
            new OpenVpnConfig(
                "vpn-1",
                socket,
                helper,
                "255.255.255.0",
                Language.EN,
                "https://auth.example.com/vpn/confirm"),
            InstantSource.system());
    door.open(core);
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    heard =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
    door.close();
  }

  private void say(String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void login(int number, String kind, String name, String password, String ways)
      throws IOException {
    say(
        ">CLIENT:%s,%d,1".formatted(kind, number),
        ">CLIENT:ENV,username=" + name,
        ">CLIENT:ENV,password=" + password,
        ">CLIENT:ENV,untrusted_ip=192.0.2.7",
        ">CLIENT:ENV,IV_SSO=" + ways,
        ">CLIENT:ENV,END");
  }

  @Test
  void hold_isReleased() throws IOException {
    say(">HOLD:Waiting for hold release:0");
    assertThat(heard.readLine()).isEqualTo("hold release");
  }

  @Test
  void login_right_isLetInAndWrongIsDeniedWithoutAReason() throws IOException {
    login(0, "CONNECT", "paul", "right", "");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
    assertThat(core.asked)
        .containsExactly(
            new Admitting.Asked(
                "vpn-1", IpAddress.parse("192.0.2.7"), "paul", IpAddress.parse("192.0.2.7")));
    login(1, "CONNECT", "paul", "wrong", "");
    assertThat(heard.readLine()).isEqualTo("client-deny 1 1 \"refused\"");
  }

  /// Logins beyond the places are denied at once, and none is once there is room.
  @Test
  void flood_beyondThePlaces_isDeniedAtOnceAndWhoComesAfterIsLetIn() throws IOException {
    for (int i = 0; i < 256; i++) {
      login(i, "CONNECT", "paul", "slow", "");
    }
    login(256, "CONNECT", "paul", "right", "");
    assertThat(heard.readLine()).startsWith("client-deny 256 1");
    core.released.countDown();
    for (int i = 0; i < 256; i++) {
      assertThat(heard.readLine()).startsWith("client-deny").doesNotStartWith("client-deny 256 ");
    }
    assertThat(core.asked).hasSize(256);
    login(257, "CONNECT", "paul", "right", "");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 257 1");
  }

  @Test
  void login_certificateOfTheDevice_isSaidToTheCoreAndGarbageIsNone() throws IOException {
    String digest = "AB".repeat(32).toLowerCase(Locale.ROOT);
    shown(0, "CONNECT", digest.replaceAll("(..)(?!$)", "$1:"));
    shown(1, "CONNECT", digest);
    shown(2, "CONNECT", digest + ":00");
    shown(3, "CONNECT", "");
    for (int i = 0; i < 4; i++) {
      assertThat(heard.readLine()).startsWith("client-auth-nt");
    }
    assertThat(core.asked.stream().map(Admitting.Asked::certificate).filter(Objects::nonNull))
        .containsExactly(Bytes.fromHex(digest), Bytes.fromHex(digest));
  }

  @Test
  void reauth_withAnotherCertificate_isDeniedAndWithTheSameGoesOn() throws IOException {
    shown(0, "CONNECT", "ab".repeat(32));
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
    shown(0, "REAUTH", "cd".repeat(32));
    assertThat(heard.readLine()).isEqualTo("client-deny 0 1 \"refused\"");
    shown(0, "REAUTH", "ab".repeat(32));
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
  }

  private void shown(int number, String kind, String digest) throws IOException {
    say(
        ">CLIENT:%s,%d,1".formatted(kind, number),
        ">CLIENT:ENV,tls_digest_sha256_0=" + digest,
        ">CLIENT:ENV,username=paul",
        ">CLIENT:ENV,password=right",
        ">CLIENT:ENV,untrusted_ip=192.0.2.7",
        ">CLIENT:ENV,END");
  }

  @Test
  void established_addressOfThePool_isSaidToTheCoreAndAConflictKills() throws IOException {
    login(0, "CONNECT", "paul", "right", "");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
    established(0, "10.78.0.6");
    login(1, "CONNECT", "paul", "right", "");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 1 1");
    core.begun =
        new Admitting.Noted.Over(Reason.LEASE_OF_OTHER_PERSON, core.tunnels.getLast().session());
    established(1, "10.78.0.7");
    assertThat(heard.readLine()).isEqualTo("client-kill 1");
    assertThat(
            core.told.stream()
                .filter(one -> one.status() == Admitting.Account.Status.STARTED)
                .map(Admitting.Account::framed))
        .containsExactly(IpAddress.parse("10.78.0.6"), IpAddress.parse("10.78.0.7"));
  }

  private void established(int number, String address) throws IOException {
    say(
        ">CLIENT:ESTABLISHED," + number,
        ">CLIENT:ENV,ifconfig_pool_remote_ip=" + address,
        ">CLIENT:ENV,END");
  }

  @Test
  void connectionOver_whatRanUnderItIsSaidToHaveStopped() throws IOException {
    say(">HOLD:x");
    assertThat(heard.readLine()).isEqualTo("hold release");
    long before = stops();
    channel.close();
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
    login(0, "CONNECT", "camille", "right", "");
    assertThat(heard.readLine()).isEqualTo("client-auth 0 1");
    assertThat(heard.readLine()).isEqualTo("ifconfig-push 10.78.0.5 255.255.255.0");
    assertThat(heard.readLine()).isEqualTo("END");
  }

  @Test
  void login_half_isAskedForTheOtp() throws IOException {
    login(0, "CONNECT", "paul", "half", WAYS);
    assertThat(heard.readLine())
        .isEqualTo(
            "client-pending-auth 0 1 \"CR_TEXT:R,E:Touch your token: one-time password\" 60");
    answer(0, "right");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");

    login(1, "CONNECT", "paul", "half", WAYS);
    assertThat(heard.readLine()).startsWith("client-pending-auth 1 1");
    answer(1, "wrong");
    assertThat(heard.readLine()).isEqualTo("client-deny 1 1 \"refused\"");
    answer(7, "right");
    assertThat(heard.readLine()).isEqualTo("client-deny 7 1 \"refused\"");
  }

  private void answer(int number, String text) throws IOException {
    say(
        ">CLIENT:CR_RESPONSE,%d,1,%s"
            .formatted(
                number, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
        ">CLIENT:ENV,END");
  }

  @Test
  void login_staticChallenge_bringsBothAtOnce() throws IOException {
    Base64.Encoder base64 = Base64.getEncoder();
    String password =
        "SCRV1:"
            + base64.encodeToString("ri".getBytes(StandardCharsets.UTF_8))
            + ":"
            + base64.encodeToString("ght".getBytes(StandardCharsets.UTF_8));
    login(0, "CONNECT", "paul", password, "");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
  }

  @Test
  void login_touch_showsTheCodeAndIsHeldUntilThen() throws IOException {
    login(0, "CONNECT", "paul", "touch", WAYS);
    assertThat(heard.readLine())
        .contains("CR_TEXT:R,E:Code K7M-4QX.", "https://auth.example.com/vpn/confirm");
    answer(0, "ok");
    while (core.held.get() < 2) {
      Thread.onSpinWait();
    }
    core.touched = true;
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
  }

  @Test
  void login_touch_opensThePageWhereAClientCanDoNoMore() throws IOException {
    core.touched = true;
    login(0, "CONNECT", "paul", "touch", "webauth");
    assertThat(heard.readLine())
        .isEqualTo(
            "client-pending-auth 0 1 \"WEB_AUTH::https://auth.example.com/vpn/confirm#K7M-4QX\" 60");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
    login(1, "CONNECT", "paul", "touch", "");
    assertThat(heard.readLine()).isEqualTo("client-deny 1 1 \"refused\"");
  }

  @Test
  void reauth_ofATunnelThatHolds_goesOnAndOtherwiseNot() throws IOException {
    login(0, "CONNECT", "paul", "right", "");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
    login(0, "REAUTH", "paul", "", "");
    assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
    login(0, "REAUTH", "olga", "", "");
    assertThat(heard.readLine()).isEqualTo("client-deny 0 1 \"refused\"");
    core.over.add(core.tunnels.getFirst().session());
    login(0, "REAUTH", "paul", "", "");
    String said = heard.readLine();
    assertThat(said.startsWith("client-kill") ? heard.readLine() : said)
        .isEqualTo("client-deny 0 1 \"refused\"");
  }

  @Test
  void closed_tunnelOver_isKilledAndOneThatIsNotStaysUp() throws Exception {
    login(0, "CONNECT", "paul", "right", "");
    login(1, "CONNECT", "olga", "right", "");
    heard.readLine();
    heard.readLine();
    core.over.add(
        core.tunnels.stream()
            .filter(one -> one.name().equals("paul"))
            .findFirst()
            .orElseThrow()
            .session());
    assertThatThrownBy(() -> door.closed(Taken.NOTHING)).isInstanceOf(Door.Silent.class);
    assertThat(heard.readLine()).isEqualTo("client-kill 0");
    say(">CLIENT:DISCONNECT,0", ">CLIENT:ENV,time_duration=7", ">CLIENT:ENV,END");
    core.awaitTold(Admitting.Account.Status.STOPPED);
    assertThat(door.closed(Taken.NOTHING)).isZero();
    assertThat(core.told.getLast().figures()).contains("seconds=7");
  }

  /// Root's helper takes its time, so that a look of the door's own is still at it when the lever
  /// comes: the tunnel is the cut's all the same.
  @Test
  void closed_whatALookIsJustEnding_isTheCutsOwn() throws Exception {
    close();
    CountDownLatch tested = new CountDownLatch(1);
    Path helper = folder.resolve("helper");
    try (Gatehouse _ = heldHelper(helper, tested)) {
      open(helper);
      login(0, "CONNECT", "paul", "right", "");
      assertThat(heard.readLine()).isEqualTo("client-auth-nt 0 1");
      established(0, Sample.peer(1).address().toString());
      core.awaitTold(Admitting.Account.Status.STARTED);
      Taken taken = core.cut(core.tunnels.getFirst());
      assertThat(heard.readLine()).isEqualTo("client-kill 0");
      say(">CLIENT:DISCONNECT,0", ">CLIENT:ENV,END");
      core.awaitTold(Admitting.Account.Status.STOPPED);
      assertThat(door.closed(taken)).isEqualTo(1);
      tested.countDown();
    }
  }

  /// That shuts no address until then.
  private static Gatehouse heldHelper(Path socket, CountDownLatch then) throws IOException {
    PaperWall paper = new PaperWall(System::nanoTime);
    Wall wall =
        new Wall() {
          @Override
          public void open(Collection<IpAddress> addresses) throws IOException {
            paper.open(addresses);
          }

          @Override
          public void shut(Collection<IpAddress> addresses) throws IOException {
            try {
              then.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException(e.getMessage());
            }
            paper.shut(addresses);
          }

          @Override
          public void stand() throws IOException {
            paper.stand();
          }
        };
    return Gatehouse.open(
        socket,
        System.getProperty("user.name"),
        new Gatekeeper(
            new BareInterface(),
            wall,
            Sample.NETWORKS,
            Sample.LONGEST,
            InstantSource.system(),
            System::nanoTime));
  }

  @Test
  void garbage_endsTheConnection() throws IOException {
    say(">CLIENT:CONNECT,0,1", ">CLIENT:CONNECT,0,1");
    assertThat(heard.readLine()).isNull();
  }

  @Test
  void close_endsTheConnection() throws IOException {
    say(">HOLD:x");
    assertThat(heard.readLine()).isEqualTo("hold release");
    door.close();
    assertThat(heard.readLine()).isNull();
  }
}
