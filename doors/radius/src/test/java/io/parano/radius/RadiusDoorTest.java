package io.parano.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Admitting;
import io.parano.access.Door;
import io.parano.access.Taken;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.radius.Counters.Fate;
import io.parano.radiuspacket.Attribute;
import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.Flaw;
import io.parano.radiuspacket.OwnRequest;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.Request;
import io.parano.radiuspacket.SharedSecret;
import io.parano.radiuspacket.Type;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The door over real sockets on loopback. That something is not answered is shown without waiting:
/// one thread takes what comes to a port in its order, and a later question is answered first.
class RadiusDoorTest {
  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  private final PaperAdmitting core = new PaperAdmitting();
  private final Hangups hangups = new Hangups();
  private VpnServer server;
  private VpnServer exempt;
  private RadiusDoor door;

  @BeforeEach
  void open() throws IOException {
    server = VpnServer.at("127.0.0.1");
    exempt = VpnServer.at("127.0.0.2");
    door =
        RadiusDoor.open(
            new RadiusConfig(
                ANYWHERE,
                ANYWHERE,
                List.of(
                    client("vpn-1", "127.0.0.1/32", Demand.MESSAGE_AUTHENTICATOR, server.address()),
                    client("vpn-2", "127.0.0.2/32", Demand.NOTHING, null)),
                Language.EN),
            core,
            hangups);
  }

  @AfterEach
  void close() {
    door.close();
    server.close();
    exempt.close();
  }

  private static RadiusClient client(
      String name, String network, Demand demand, @Nullable InetSocketAddress disconnect) {
    return new RadiusClient(
        name, List.of(IpPrefix.parse(network)), VpnServer.SECRET, demand, disconnect);
  }

  private InetSocketAddress access() {
    return door.addresses().getFirst();
  }

  private InetSocketAddress accounting() {
    return door.addresses().getLast();
  }

  @Test
  void login_right_isAcceptedOnThePolicysTerms() throws IOException {
    Packet accept = server.ask(server.login("right"), access());

    assertThat(accept.code()).isEqualTo(Code.ACCESS_ACCEPT);
    assertThat(accept.attributes().getFirst().number())
        .isEqualTo(Type.MESSAGE_AUTHENTICATOR.number());
    assertThat(accept.text(Type.CLASS)).hasValue("staff");
    assertThat(accept.text(Type.FILTER_ID)).hasValue("lan");
    assertThat(accept.number(Type.SESSION_TIMEOUT)).hasValue(3600);
    assertThat(accept.address(Type.FRAMED_IP_ADDRESS)).hasValue(IpAddress.parse("10.8.0.5"));
    assertThat(core.asked)
        .containsExactly(
            new Admitting.Asked(
                "vpn-1", IpAddress.parse("127.0.0.1"), "camille", IpAddress.parse("192.0.2.7")));
  }

  @Test
  void login_wrongOrUnrecorded_isRejectedWithoutAReason() throws IOException {
    for (String typed : List.of("wrong", "stuck", "")) {
      Packet reject = server.ask(server.login(typed), access());
      assertThat(reject.code()).isEqualTo(Code.ACCESS_REJECT);
      assertThat(reject.attributes()).hasSize(1);
    }
  }

  @Test
  void login_half_isAskedForTheRestAndAccepted() throws IOException {
    Packet challenge = server.ask(server.login("half"), access());
    assertThat(challenge.code()).isEqualTo(Code.ACCESS_CHALLENGE);
    assertThat(challenge.text(Type.REPLY_MESSAGE)).isPresent();
    Bytes state = challenge.first(Type.STATE);
    assertThat(state).isNotNull();

    Packet wrong =
        server.ask(server.login("right", Attribute.of(Type.STATE, "another state")), access());
    assertThat(wrong.code()).isEqualTo(Code.ACCESS_REJECT);
    Packet accept =
        server.ask(server.login("right", Attribute.of(Type.STATE, PaperAdmitting.STATE)), access());
    assertThat(accept.code()).isEqualTo(Code.ACCESS_ACCEPT);
  }

  @Test
  void login_sentAgain_isAnsweredByteForByteAndDecidedOnce() throws IOException {
    OwnRequest login = server.login("right");
    server.send(login.octets(), access());
    Bytes first = server.receive();
    server.send(login.octets(), access());
    assertThat(server.receive()).isEqualTo(first);
    assertThat(core.asked).hasSize(1);
    assertThat(door.counters().of(Fate.REPEATED)).isEqualTo(1);
  }

  @Test
  void login_proxied_carriesProxyStateBack() throws IOException {
    Packet accept =
        server.ask(
            server.login(
                "right",
                Attribute.of(Type.PROXY_STATE, "one"),
                Attribute.of(Type.PROXY_STATE, "two")),
            access());
    assertThat(accept.attributes())
        .endsWith(Attribute.of(Type.PROXY_STATE, "one"), Attribute.of(Type.PROXY_STATE, "two"));
  }

  @Test
  void packet_notToBeBelieved_isNotAnswered() throws IOException {
    Bytes honest = server.login("right").octets();
    unanswered(server, changed(honest, 25));
    assertThat(door.counters().of(Flaw.MESSAGE_AUTHENTICATOR_WRONG)).isEqualTo(1);
    unanswered(server, unsigned(honest));
    assertThat(door.counters().of(Flaw.MESSAGE_AUTHENTICATOR_MISSING)).isEqualTo(1);
    unanswered(server, Bytes.fromHex("0107"));
    assertThat(door.counters().of(Flaw.TRUNCATED)).isEqualTo(1);
    unanswered(server, server.account("call-1", 1).octets());
    assertThat(door.counters().of(Fate.WRONG_PORT)).isEqualTo(1);
    assertThat(core.asked).isEmpty();

    server.send(honest, access());
    assertThat(VpnServer.packet(server.receive()).code()).isEqualTo(Code.ACCESS_ACCEPT);
  }

  @Test
  void packet_fromAStranger_isNotAnswered() throws IOException {
    try (VpnServer stranger = VpnServer.at("127.0.0.3")) {
      stranger.send(stranger.login("right").octets(), access());
      server.ask(server.status(), access());
      assertThat(door.counters().of(Fate.STRANGER)).isEqualTo(1);
      assertThat(core.asked).isEmpty();
    }
  }

  @Test
  void packet_underAnotherSecret_isNotAnswered() throws IOException {
    SharedSecret other = SharedSecret.of(Secret.ofText("a secret of that test"));
    try (VpnServer guessing = new VpnServer("127.0.0.1", other)) {
      guessing.send(guessing.login("right").octets(), access());
      server.ask(server.status(), access());
      assertThat(door.counters().of(Flaw.MESSAGE_AUTHENTICATOR_WRONG)).isEqualTo(1);
      assertThat(core.asked).isEmpty();
    }
  }

  @Test
  void exempt_unsigned_isAnsweredButNeverWithProxyState() throws IOException {
    OwnRequest proxied = exempt.login("right", Attribute.of(Type.PROXY_STATE, "one"));
    exempt.send(unsigned(proxied.octets()), access());
    OwnRequest plain = exempt.login("right");
    exempt.send(unsigned(plain.octets()), access());
    Packet accept = exempt.genuine(exempt.receive(), plain);
    assertThat(accept.code()).isEqualTo(Code.ACCESS_ACCEPT);
    assertThat(door.counters().of(Flaw.PROXY_STATE_UNPROTECTED)).isEqualTo(1);
  }

  @Test
  void status_onBothPorts_isAnswered() throws IOException {
    assertThat(server.ask(server.status(), access()).code()).isEqualTo(Code.ACCESS_ACCEPT);
    assertThat(server.ask(server.status(), accounting()).code())
        .isEqualTo(Code.ACCOUNTING_RESPONSE);
  }

  @Test
  void accounting_recorded_isAnsweredAndUnrecordedIsNot() throws IOException {
    SessionId tunnel = login();
    Attribute mark = Attribute.of(Type.CLASS, "parano:" + tunnel);
    server.send(server.account("stuck", 1, mark).octets(), accounting());
    OwnRequest recorded = server.account("call-1", 1, mark);
    Packet response = server.ask(recorded, accounting());
    assertThat(response.code()).isEqualTo(Code.ACCOUNTING_RESPONSE);
    assertThat(core.told)
        .anyMatch(told -> tunnel.equals(told.tunnel()) && told.call().equals("call-1"));
  }

  /// RFC 2865 section 5.8.
  @Test
  void accounting_framedAddress_isToldWhereThereIsOne() throws IOException {
    Attribute mark = Attribute.of(Type.CLASS, "parano:" + login());
    Bytes address = Bytes.of(new byte[] {10, 8, 0, (byte) 200});
    server.ask(
        server.account("four", 1, mark, Attribute.of(Type.FRAMED_IP_ADDRESS, address)),
        accounting());
    server.ask(server.account("none", 1, mark), accounting());
    assertThat(core.told)
        .filteredOn(told -> told.call().equals("four"))
        .extracting(Admitting.Account::framed)
        .containsExactly(IpAddress.parse("10.8.0.200"));
    assertThat(core.told)
        .filteredOn(told -> told.call().equals("none"))
        .extracting(Admitting.Account::framed)
        .containsOnlyNulls();
  }

  @Test
  void closed_tunnelOver_isEndedByItsServer() throws Exception {
    SessionId tunnel = login();
    server.ask(
        server.account("call-1", 1, Attribute.of(Type.CLASS, "parano:" + tunnel)), accounting());
    assertThat(hangups.closed(Taken.NOTHING)).isEqualTo(0);

    core.over.add(tunnel);
    FutureTask<Request> word = inBackground(() -> server.disconnected(Code.DISCONNECT_ACK));
    assertThat(hangups.closed(PaperAdmitting.cut(tunnel))).isEqualTo(1);
    assertThat(word.get().packet().code()).isEqualTo(Code.DISCONNECT_REQUEST);
    assertThat(word.get().packet().text(Type.USER_NAME)).hasValue("camille");
    assertThat(word.get().packet().text(Type.ACCT_SESSION_ID)).hasValue("call-1");
    assertThat(hangups.closed(Taken.NOTHING)).isEqualTo(0);
  }

  /// The look of every two seconds: at all of them once something may have ended, or some time
  /// after.
  @Test
  void look_nothingEndedSince_looksOnlyAfterAWhile() throws Exception {
    SessionId tunnel = login();
    Instant now = Instant.now().plusSeconds(60);
    hangups.look(now);
    int before = core.looks.get();
    hangups.look(now.plusSeconds(2));
    assertThat(core.looks.get()).isEqualTo(before);
    hangups.look(now.plusSeconds(10));
    assertThat(core.looks.get()).isGreaterThan(before);

    core.over.add(tunnel);
    FutureTask<Request> word = inBackground(() -> server.disconnected(Code.DISCONNECT_ACK));
    hangups.look(now.plusSeconds(12));
    assertThat(word.get().packet().code()).isEqualTo(Code.DISCONNECT_REQUEST);
    assertThat(hangups.closed(PaperAdmitting.cut(tunnel)))
        .as("the cut's all the same")
        .isEqualTo(1);
    assertThat(hangups.closed(PaperAdmitting.cut(tunnel))).isZero();
  }

  @Test
  void closed_serverKnowsNothingOfItAnyMore_isEndedToo() throws Exception {
    SessionId tunnel = login();
    server.ask(
        server.account("call-1", 1, Attribute.of(Type.CLASS, "parano:" + tunnel)), accounting());
    core.over.add(tunnel);
    FutureTask<Request> word =
        inBackground(
            () -> server.disconnected(Code.DISCONNECT_NAK, Attribute.of(Type.ERROR_CAUSE, 503)));
    assertThat(hangups.closed(PaperAdmitting.cut(tunnel))).isEqualTo(1);
    assertThat(word.get()).isNotNull();
  }

  @Test
  void closed_serverSilentOrUnreachable_isNamed() throws IOException {
    core.over.add(login());
    assertThatThrownBy(() -> hangups.closed(Taken.NOTHING))
        .isInstanceOf(Door.Silent.class)
        .hasMessageContaining("vpn-1");

    OwnRequest login = exempt.login("right");
    exempt.ask(login, access());
    core.over.add(core.tunnels.getLast().session());
    assertThatThrownBy(() -> hangups.closed(Taken.NOTHING))
        .isInstanceOf(Door.Silent.class)
        .hasMessageContaining("vpn-2");
    assertThatThrownBy(() -> hangups.closed(Taken.NOTHING))
        .as("nobody has ended it meanwhile")
        .isInstanceOf(Door.Silent.class)
        .hasMessageContaining("vpn-2");
  }

  /// A server may say so of a tunnel that a client has yet to finish.
  @Test
  void closed_serverKnowsNothingOfItYet_isToldAgainForAMinute() throws Exception {
    Attribute nothing = Attribute.of(Type.ERROR_CAUSE, 503);
    core.over.add(login());
    FutureTask<Request> first =
        inBackground(() -> server.disconnected(Code.DISCONNECT_NAK, nothing));
    assertThatThrownBy(() -> hangups.closed(Taken.NOTHING)).isInstanceOf(Door.Silent.class);
    assertThat(first.get()).isNotNull();

    FutureTask<Request> last =
        inBackground(() -> server.disconnected(Code.DISCONNECT_NAK, nothing));
    hangups.look(Instant.now().plusSeconds(60));
    assertThat(last.get()).isNotNull();
    assertThat(hangups.closed(Taken.NOTHING)).isZero();
  }

  /// What one server says of a tunnel of another's takes it out of nobody's reach.
  @Test
  void accounting_endOfAnothersTunnel_leavesItToBeEnded() throws Exception {
    SessionId tunnel = login();
    exempt.ask(
        exempt.account("call-1", 2, Attribute.of(Type.CLASS, "parano:" + tunnel)), accounting());
    core.over.add(tunnel);
    FutureTask<Request> word = inBackground(() -> server.disconnected(Code.DISCONNECT_ACK));
    assertThat(hangups.closed(PaperAdmitting.cut(tunnel))).isEqualTo(1);
    assertThat(word.get().packet().code()).isEqualTo(Code.DISCONNECT_REQUEST);
  }

  private SessionId login() throws IOException {
    assertThat(server.ask(server.login("right"), access()).code()).isEqualTo(Code.ACCESS_ACCEPT);
    return core.tunnels.getLast().session();
  }

  /// What is asked afterwards is answered, and nothing before it. A client's packets beyond what it
  /// may have under way are dropped, its own alone, and it goes on when there is room.
  @Test
  void flood_ofOneClient_isDroppedAndOthersAreAnswered() throws Exception {
    try (VpnServer more = VpnServer.at("127.0.0.1");
        VpnServer last = VpnServer.at("127.0.0.1")) {
      for (int i = 0; i < 128; i++) {
        server.send(server.login("slow").octets(), access());
        more.send(more.login("slow").octets(), access());
        int sent = 2 * (i + 1);
        until(() -> core.asked.size() == sent);
      }
      OwnRequest login = last.login("right");
      last.send(login.octets(), access());
      until(() -> door.counters().of(Fate.OVERLOADED) == 1);
      assertThat(exempt.ask(exempt.login("right"), access()).code()).isEqualTo(Code.ACCESS_ACCEPT);

      core.released.countDown();
      for (int i = 0; i < 128; i++) {
        assertThat(VpnServer.packet(server.receive()).code()).isEqualTo(Code.ACCESS_REJECT);
        assertThat(VpnServer.packet(more.receive()).code()).isEqualTo(Code.ACCESS_REJECT);
      }
      assertThat(last.ask(login, access()).code()).as("sent again").isEqualTo(Code.ACCESS_ACCEPT);
    }
  }

  private static void until(BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private void unanswered(VpnServer from, Bytes octets) throws IOException {
    from.send(octets, access());
    OwnRequest status = from.status();
    assertThat(from.ask(status, access()).identifier()).isEqualTo(status.identifier());
  }

  private static Bytes changed(Bytes octets, int at) {
    byte[] changed = octets.copy();
    changed[at] ^= 1;
    return Bytes.of(changed);
  }

  /// Without the Message-Authenticator, which stands first.
  private static Bytes unsigned(Bytes octets) {
    byte[] all = octets.copy();
    ByteBuffer shorter = ByteBuffer.allocate(all.length - 18);
    shorter.put(all, 0, 20).put(all, 38, all.length - 38);
    return Bytes.of(shorter.putShort(2, (short) (all.length - 18)).array());
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.startVirtualThread(task);
    return task;
  }
}
