package io.parano.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.radius.Counters.Fate;
import io.parano.radiuspacket.AnswerCheck;
import io.parano.radiuspacket.Attribute;
import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.Flaw;
import io.parano.radiuspacket.OwnRequest;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.SharedSecret;
import io.parano.radiuspacket.Type;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RADIUS over TLS on loopback (RFC 6614, and RFC 6613 for the stream below).
class RadSecTest {
  private static final String NAME = "vpn-1.example.com";
  private static final Randomness CHANCE = new SecureRandom()::nextBytes;
  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  private static final int PATIENCE_MILLIS = 10_000;

  @TempDir private static Path folder;
  private static Certificates authority;
  private static SSLContext ours;
  private static SSLContext right;

  private final PaperAdmitting core = new PaperAdmitting();
  private final List<Socket> sockets = new ArrayList<>();
  private RadiusDoor door;

  @BeforeAll
  static void certify() throws Exception {
    authority = Certificates.in(folder.resolve("authority"));
    ours = authority.context("radius.example.com");
    right = authority.context(NAME);
  }

  @BeforeEach
  void open() {
    RadiusClient client =
        new RadiusClient(
            "vpn-1",
            List.of(IpPrefix.parse("127.0.0.1/32")),
            VpnServer.SECRET,
            Demand.MESSAGE_AUTHENTICATOR,
            null,
            NAME);
    door =
        RadiusDoor.open(
            new RadiusConfig(
                ANYWHERE, ANYWHERE, List.of(client), Language.EN, new RadSec(ANYWHERE, ours), ""),
            core,
            new Hangups());
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    door.close();
  }

  private SSLSocket connect(SSLContext context) throws IOException {
    InetSocketAddress at = Objects.requireNonNull(door.radsec());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(at.getAddress(), at.getPort());
    sockets.add(socket);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private Socket connectBare() throws IOException {
    InetSocketAddress at = Objects.requireNonNull(door.radsec());
    Socket socket = new Socket(at.getAddress(), at.getPort());
    sockets.add(socket);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static OwnRequest login(int identifier, String typed) {
    return OwnRequest.asking(
        Code.ACCESS_REQUEST,
        identifier,
        List.of(
            Attribute.of(Type.USER_NAME, "camille"),
            Attribute.of(Type.CALLING_STATION_ID, "192.0.2.7")),
        Secret.ofText(typed),
        SharedSecret.OF_TLS,
        CHANCE);
  }

  private static void send(Socket socket, Bytes... packets) throws IOException {
    for (Bytes packet : packets) {
      socket.getOutputStream().write(packet.copy());
    }
    socket.getOutputStream().flush();
  }

  private static Packet answer(Socket socket, OwnRequest request) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] head = in.readNBytes(4);
    assertThat(head).as("the connection ended").hasSize(4);
    byte[] whole = Arrays.copyOf(head, ((head[2] & 0xff) << 8) | (head[3] & 0xff));
    assertThat(in.readNBytes(whole, 4, whole.length - 4)).isEqualTo(whole.length - 4);
    return switch (AnswerCheck.check(
        VpnServer.packet(Bytes.of(whole)), request, SharedSecret.OF_TLS)) {
      case AnswerCheck.Checked.Genuine(var packet) -> packet;
      case AnswerCheck.Checked.Refused(var flaw) -> throw new AssertionError(flaw);
    };
  }

  private static boolean isHungUpOn(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void login_overOneConnection_isAnsweredAgainAndAgainAsOverUdp() throws Exception {
    SSLSocket socket = connect(right);
    OwnRequest accepted = login(1, "right");
    send(socket, accepted.octets());
    Packet accept = answer(socket, accepted);
    assertThat(accept.code()).isEqualTo(Code.ACCESS_ACCEPT);
    assertThat(accept.attributes().getFirst().number())
        .isEqualTo(Type.MESSAGE_AUTHENTICATOR.number());

    OwnRequest refused = login(2, "wrong");
    send(socket, refused.octets());
    assertThat(answer(socket, refused).code()).isEqualTo(Code.ACCESS_REJECT);
    OwnRequest status =
        OwnRequest.asking(
            Code.STATUS_SERVER, 3, List.of(), Secret.ofText(""), SharedSecret.OF_TLS, CHANCE);
    send(socket, status.octets());
    assertThat(answer(socket, status).code()).isEqualTo(Code.ACCESS_ACCEPT);
    OwnRequest account =
        OwnRequest.telling(
            Code.ACCOUNTING_REQUEST,
            4,
            List.of(
                Attribute.of(Type.ACCT_STATUS_TYPE, 1),
                Attribute.of(Type.ACCT_SESSION_ID, "call-1")),
            SharedSecret.OF_TLS);
    send(socket, account.octets());
    assertThat(answer(socket, account).code()).isEqualTo(Code.ACCOUNTING_RESPONSE);
    assertThat(core.asked).hasSize(2);
  }

  @Test
  void connection_certificateNotTheClients_isHungUpOn() throws Exception {
    Certificates other = Certificates.in(folder.resolve("other"));
    List<SSLContext> wrong =
        List.of(authority.context("vpn-2.example.com"), other.context(NAME), authority.nobody());
    for (SSLContext context : wrong) {
      SSLSocket socket = connect(context);
      try {
        send(socket, login(1, "right").octets());
        assertThat(isHungUpOn(socket)).isTrue();
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
    assertThat(core.asked).isEmpty();

    SSLSocket socket = connect(right);
    OwnRequest login = login(1, "right");
    send(socket, login.octets());
    assertThat(answer(socket, login).code()).isEqualTo(Code.ACCESS_ACCEPT);
  }

  @Test
  void connection_whatCantBeBelieved_endsIt() throws Exception {
    byte[] unsigned = login(1, "right").octets().copy();
    unsigned[25] ^= 1;
    byte[] impossible = {1, 1, 0, 3};
    for (byte[] octets : List.of(unsigned, impossible)) {
      SSLSocket socket = connect(right);
      send(socket, Bytes.of(octets));
      assertThat(isHungUpOn(socket)).isTrue();
    }
    assertThat(door.counters().of(Flaw.MESSAGE_AUTHENTICATOR_WRONG)).isEqualTo(1);
    assertThat(door.counters().of(Flaw.LENGTH_IMPOSSIBLE)).isEqualTo(1);
    assertThat(core.asked).isEmpty();
  }

  @Test
  void connection_underAnotherSecretThanTheStandards_endsIt() throws Exception {
    OwnRequest login =
        OwnRequest.asking(
            Code.ACCESS_REQUEST,
            1,
            List.of(Attribute.of(Type.USER_NAME, "camille")),
            Secret.ofText("right"),
            VpnServer.SECRET,
            CHANCE);
    SSLSocket socket = connect(right);
    send(socket, login.octets());
    assertThat(isHungUpOn(socket)).isTrue();
  }

  @Test
  void connections_beyondTheBound_areRefusedUntilOneEnds() throws Exception {
    List<Socket> held = new ArrayList<>();
    for (int i = 0; i < TlsPort.CONNECTIONS; i++) {
      held.add(connectBare());
    }
    assertThat(isHungUpOn(connectBare())).isTrue();
    assertThat(door.counters().of(Fate.CROWDED)).isEqualTo(1);

    held.getFirst().close();
    OwnRequest login = login(1, "right");
    assertThat(accepted(login)).isTrue();
  }

  /// The place of a connection that ended is free once the server has seen its end.
  private boolean accepted(OwnRequest login) {
    for (int tries = 0; tries < 1_000; tries++) {
      try {
        SSLSocket socket = connect(right);
        send(socket, login.octets());
        return answer(socket, login).code() == Code.ACCESS_ACCEPT;
      } catch (IOException | AssertionError e) {
        Thread.onSpinWait();
      }
    }
    return false;
  }

  @Test
  void packet_ofAClientOfTls_isNotAnsweredOverUdp() throws Exception {
    try (VpnServer same = VpnServer.at("127.0.0.1")) {
      same.send(same.login("right").octets(), door.addresses().getFirst());
      SSLSocket socket = connect(right);
      OwnRequest login = login(1, "right");
      send(socket, login.octets());
      assertThat(answer(socket, login).code()).isEqualTo(Code.ACCESS_ACCEPT);
      while (door.counters().of(Fate.STRANGER) == 0) {
        Thread.onSpinWait();
      }
      assertThat(core.asked).hasSize(1);
    }
  }

  @Test
  void connection_slow_isCutAndOneInTimeIsNot() throws Exception {
    Counters counters = new Counters();
    RadiusClient client =
        new RadiusClient(
            "vpn-1",
            List.of(IpPrefix.parse("127.0.0.1/32")),
            null,
            Demand.MESSAGE_AUTHENTICATOR,
            null,
            NAME);
    Intake intake = new Intake(new Calls(core, new Lines(), counters, Language.EN, ""), counters);
    TlsConnection.Patience little =
        new TlsConnection.Patience(Duration.ofMillis(800), Duration.ofMinutes(1));
    try (TlsPort port =
        TlsPort.open(
            new RadSec(ANYWHERE, ours), new Clients(List.of(client)), intake, counters, little)) {
      Socket silent = new Socket(port.address().getAddress(), port.address().getPort());
      sockets.add(silent);
      assertThat(isHungUpOn(silent)).isTrue();

      Socket midway =
          right
              .getSocketFactory()
              .createSocket(port.address().getAddress(), port.address().getPort());
      sockets.add(midway);
      OwnRequest login = login(1, "right");
      send(midway, login.octets());
      assertThat(answer(midway, login).code()).isEqualTo(Code.ACCESS_ACCEPT);
      send(midway, Bytes.fromHex("0102"));
      assertThat(isHungUpOn(midway)).isTrue();
      assertThat(counters.of(Fate.SLOW)).isEqualTo(2);
    }
  }
}
