package io.parano.radiuspacket;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One packet that is believed, and what becomes of it when one thing of it is another.
class TamperTest {
  private static final Attribute PROXIED = Attribute.of(Type.PROXY_STATE, "from the proxy");

  @Test
  void honestPackets_areGenuine() {
    assertThat(Samples.typed(Samples.genuine(Samples.login("pw", PROXIED).octets())))
        .isEqualTo("pw");
    Samples.genuine(Samples.accounting(PROXIED).octets());
    Samples.genuine(status().octets());
    Samples.genuine(
        OwnRequest.telling(Code.DISCONNECT_REQUEST, 1, Samples.LOGIN, Samples.SECRET).octets());
  }

  static List<Arguments> tampered() {
    Bytes login = Samples.login("pw", PROXIED).octets();
    Bytes plain = unsigned(Samples.LOGIN);
    Bytes proxied = unsigned(List.of(Attribute.of(Type.USER_NAME, "camille"), PROXIED));
    Bytes eap =
        unsigned(
            List.of(
                Attribute.of(Type.USER_NAME, "camille"),
                Attribute.of(Type.EAP_MESSAGE, "identity")));
    Bytes accounting = Samples.accounting(PROXIED).octets();
    Bytes disconnect =
        OwnRequest.telling(Code.DISCONNECT_REQUEST, 1, Samples.LOGIN, Samples.SECRET).octets();
    return List.of(
        row("none at all", plain, Demand.MESSAGE_AUTHENTICATOR, Flaw.MESSAGE_AUTHENTICATOR_MISSING),
        row("exempt, but proxied", proxied, Demand.NOTHING, Flaw.PROXY_STATE_UNPROTECTED),
        row("exempt, but EAP", eap, Demand.NOTHING, Flaw.MESSAGE_AUTHENTICATOR_MISSING),
        row("exempt, but a wrong one", flip(login, 22), Demand.NOTHING, WRONG),
        row("Message-Authenticator", flip(login, 22), Demand.MESSAGE_AUTHENTICATOR, WRONG),
        row("identifier", flip(login, 1), Demand.MESSAGE_AUTHENTICATOR, WRONG),
        row("authenticator", flip(login, 4), Demand.MESSAGE_AUTHENTICATOR, WRONG),
        row("a value", flip(login, 41), Demand.MESSAGE_AUTHENTICATOR, WRONG),
        row("the last octet", flip(login, login.length() - 1), Demand.NOTHING, WRONG),
        row("the last attribute less", cut(login, 18), Demand.MESSAGE_AUTHENTICATOR, WRONG),
        row(
            "Status-Server unsigned",
            changed(plain, octets -> code(octets, Code.STATUS_SERVER)),
            Demand.NOTHING,
            Flaw.MESSAGE_AUTHENTICATOR_MISSING),
        row("Status-Server", flip(status().octets(), 30), Demand.NOTHING, WRONG),
        row("accounting", flip(accounting, 25), Demand.NOTHING, Flaw.AUTHENTICATOR_WRONG),
        row("accounting's sum", flip(accounting, 4), Demand.NOTHING, Flaw.AUTHENTICATOR_WRONG),
        row("disconnecting", flip(disconnect, 50), Demand.NOTHING, Flaw.AUTHENTICATOR_WRONG),
        row(
            "an answer",
            changed(login, octets -> code(octets, Code.ACCESS_ACCEPT)),
            Demand.NOTHING,
            Flaw.NOT_A_REQUEST));
  }

  private static final Flaw WRONG = Flaw.MESSAGE_AUTHENTICATOR_WRONG;

  @ParameterizedTest(name = "{0}")
  @MethodSource("tampered")
  void check_oneThingChanged_refuses(String what, Bytes octets, Demand demand, Flaw flaw) {
    assertThat(RequestCheck.check(Samples.packet(octets), Samples.SECRET, demand))
        .isEqualTo(new RequestCheck.Checked.Refused(flaw));
  }

  @Test
  void check_exemptClientWithoutAny_isGenuine() {
    Samples.genuine(unsigned(Samples.LOGIN), Samples.SECRET, Demand.NOTHING);
  }

  @Test
  void check_otherSecret_refuses() {
    assertThat(
            RequestCheck.check(
                Samples.packet(Samples.login("pw").octets()),
                Samples.secret("a secret of that test"),
                Demand.MESSAGE_AUTHENTICATOR))
        .isEqualTo(new RequestCheck.Checked.Refused(WRONG));
  }

  @Test
  void check_everyOctetFlipped_isNeverGenuine() {
    Bytes login = Samples.login("pw", PROXIED).octets();
    for (int at = 0; at < login.length(); at++) {
      if (Packet.read(flip(login, at).copy()) instanceof PacketReading.Read(var packet)) {
        assertThat(RequestCheck.check(packet, Samples.SECRET, Demand.NOTHING))
            .isInstanceOf(RequestCheck.Checked.Refused.class);
      }
    }
  }

  @Test
  void answer_honest_isGenuineAndCarriesProxyStateBackInOrder() {
    OwnRequest request = Samples.login("pw", PROXIED, Attribute.of(Type.PROXY_STATE, "second"));
    byte[] answer =
        Samples.genuine(request.octets())
            .answer(Code.ACCESS_ACCEPT, List.of(Attribute.of(Type.CLASS, "vpn")));
    Packet packet = Samples.packet(Bytes.of(answer));
    assertThat(AnswerCheck.check(packet, request, Samples.SECRET))
        .isEqualTo(new AnswerCheck.Checked.Genuine(packet));
    assertThat(packet.attributes().stream().map(Attribute::number)).containsExactly(80, 25, 33, 33);
    assertThat(packet.attributes().get(2)).isEqualTo(PROXIED);
  }

  @Test
  void answer_oneThingChanged_refuses() {
    OwnRequest request = Samples.login("pw");
    byte[] honest = Samples.genuine(request.octets()).answer(Code.ACCESS_REJECT, List.of());
    Bytes forged = changed(Bytes.of(honest), octets -> code(octets, Code.ACCESS_ACCEPT));
    assertThat(checked(forged, request)).isEqualTo(Flaw.AUTHENTICATOR_WRONG);
    assertThat(checked(flip(Bytes.of(honest), 1), request)).isEqualTo(Flaw.ANSWER_TO_ANOTHER);
    assertThat(checked(Bytes.of(honest), Samples.login("pw"))).isEqualTo(Flaw.AUTHENTICATOR_WRONG);
    assertThat(checked(Bytes.of(honest), status())).isEqualTo(Flaw.ANSWER_TO_ANOTHER);
    assertThat(checked(without(request, Code.ACCESS_ACCEPT), request))
        .isEqualTo(Flaw.MESSAGE_AUTHENTICATOR_MISSING);
    assertThat(checked(Samples.accounting().octets(), Samples.accounting()))
        .isEqualTo(Flaw.NOT_AN_ANSWER);
  }

  @Test
  void answerToAccounting_isSignedWhereTheRequestWas() {
    OwnRequest signed = Samples.accounting();
    byte[] answer =
        Samples.genuine(signed.octets()).answer(Code.ACCOUNTING_RESPONSE, List.of(PROXIED));
    assertThat(Samples.packet(Bytes.of(answer)).attributes().getFirst().number())
        .isEqualTo(Type.MESSAGE_AUTHENTICATOR.number());
    assertThat(AnswerCheck.check(Samples.packet(Bytes.of(answer)), signed, Samples.SECRET))
        .isInstanceOf(AnswerCheck.Checked.Genuine.class);
    assertThat(checked(flip(Bytes.of(answer), 22), signed)).isEqualTo(Flaw.AUTHENTICATOR_WRONG);

    PacketWriter plain = new PacketWriter(Code.ACCOUNTING_REQUEST, 8, new byte[16]);
    Samples.LOGIN.forEach(plain::put);
    byte[] toPlain =
        Samples.genuine(Bytes.of(plain.sealed(Samples.SECRET)))
            .answer(Code.ACCOUNTING_RESPONSE, List.of());
    assertThat(Samples.packet(Bytes.of(toPlain)).messageAuthenticator()).isNegative();
  }

  /// An answer whose one sum is right, as servers of before 2024 gave it.
  private static Bytes without(OwnRequest request, Code code) {
    return Bytes.of(
        new PacketWriter(code, request.identifier(), request.authenticator().copy())
            .sealed(Samples.SECRET));
  }

  private static Flaw checked(Bytes octets, OwnRequest request) {
    return switch (AnswerCheck.check(Samples.packet(octets), request, Samples.SECRET)) {
      case AnswerCheck.Checked.Refused(var flaw) -> flaw;
      case AnswerCheck.Checked.Genuine genuine -> throw new AssertionError("it was believed");
    };
  }

  private static Bytes unsigned(List<Attribute> attributes) {
    PacketWriter writer = new PacketWriter(Code.ACCESS_REQUEST, 7, Samples.CHANCE.bytes(16));
    attributes.forEach(writer::put);
    return Bytes.of(writer.signed(Samples.SECRET));
  }

  private static OwnRequest status() {
    return OwnRequest.asking(
        Code.STATUS_SERVER, 9, List.of(), Secret.ofText(""), Samples.SECRET, Samples.CHANCE);
  }

  private static Arguments row(String what, Bytes octets, Demand demand, Flaw flaw) {
    return Arguments.of(what, octets, demand, flaw);
  }

  private static Bytes flip(Bytes honest, int at) {
    return changed(
        honest,
        octets -> {
          octets[at] ^= 1;
          return octets;
        });
  }

  /// Without the last attribute, of so many octets.
  private static Bytes cut(Bytes honest, int octets) {
    return changed(
        honest,
        all -> {
          byte[] shorter = Arrays.copyOf(all, all.length - octets);
          shorter[2] = (byte) (shorter.length >> 8);
          shorter[3] = (byte) shorter.length;
          return shorter;
        });
  }

  private static byte[] code(byte[] octets, Code code) {
    octets[0] = (byte) code.number();
    return octets;
  }

  private static Bytes changed(Bytes honest, UnaryOperator<byte[]> change) {
    return Bytes.of(change.apply(honest.copy()));
  }
}
