package io.parano.radiuspacket;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The packets that RFC 2865 section 7 and RFC 5997 section 6 print, under their secret. Those
/// requests carry no Message-Authenticator, so that they are read as from a client that can't send
/// one; and answers of ours always carry one, so that theirs are only checked.
class RfcVectorsTest {
  private static final SharedSecret SECRET = Samples.secret("xyzzy5461");
  private static final String NEMO =
      "010000380f403f9473978057bd83d5cb98f4227a01066e656d6f"
          + "02120dbe708d93d413ce3196e43f782a0aee0406c0a80110050600000003";
  private static final String MOPSY =
      "01020039f3a47a1f6a6d76710b947ab93041a03901076d6f70737902123365757377"
          + "8289b570885e15084825c50406c0a80110050600000007";
  private static final String MOPSY_AGAIN =
      "01030043b122556d428a13d0d6253807c457ecf001076d6f7073790212692c1f205fc081b919b95195f561a581"
          + "0406c0a80110050600000007180a3332373639343330";
  private static final String STATUS =
      "0cda00268a54f4686fb394c52866e302185d062350125a665e2e1e8411f3e243822097c84fa3";

  @Test
  void rfc2865Section71_request_isRead() {
    Request request = Samples.genuine(Bytes.fromHex(NEMO), SECRET, Demand.NOTHING);
    assertThat(request.packet().text(Type.USER_NAME)).hasValue("nemo");
    assertThat(request.packet().address(Type.NAS_IP_ADDRESS))
        .hasValue(IpAddress.parse("192.168.1.16"));
    assertThat(request.packet().number(Type.NAS_PORT)).hasValue(3);
    assertThat(Samples.typed(request)).isEqualTo("arctangent");
  }

  @Test
  void rfc2865Section71_password_isHiddenAsPrinted() {
    Packet packet = Samples.packet(Bytes.fromHex(NEMO));
    assertThat(
            HiddenPassword.hide(Secret.ofText("arctangent"), packet.authenticator().copy(), SECRET))
        .isEqualTo(packet.first(Type.USER_PASSWORD));
  }

  @Test
  void rfc2865Section71_answer_sumsToThePrintedAuthenticator() {
    byte[] answer =
        Bytes.fromHex(
                "0200002686fe220e7624ba2a1005f6bf9b55e0b20606000000010f06000000000e06c0a80103")
            .copy();
    assertThat(sumOf(answer, NEMO)).isEqualTo("86fe220e7624ba2a1005f6bf9b55e0b2");
  }

  @Test
  void rfc2865Section73_challengeAndItsAnswer_areRead() {
    assertThat(Samples.typed(Samples.genuine(Bytes.fromHex(MOPSY), SECRET, Demand.NOTHING)))
        .isEqualTo("challenge");
    Request again = Samples.genuine(Bytes.fromHex(MOPSY_AGAIN), SECRET, Demand.NOTHING);
    assertThat(Samples.typed(again)).isEqualTo("99101462");
    assertThat(again.packet().first(Type.STATE)).isEqualTo(bytes("32769430"));
    String challenge =
        "0b02004e36f3c8764ae8c71157403c0c71ff9c451230"
            + bytes("Challenge 32769430.  Enter response at prompt.").hex()
            + "180a3332373639343330";
    assertThat(sumOf(Bytes.fromHex(challenge).copy(), MOPSY))
        .isEqualTo("36f3c8764ae8c71157403c0c71ff9c45");
    assertThat(sumOf(Bytes.fromHex("03030014a42f4fca45916c4e09c8340f9e746aa0").copy(), MOPSY_AGAIN))
        .isEqualTo("a42f4fca45916c4e09c8340f9e746aa0");
  }

  @Test
  void rfc5997Section61_statusServer_isGenuine() {
    Request status = Samples.genuine(Bytes.fromHex(STATUS), SECRET, Demand.MESSAGE_AUTHENTICATOR);
    assertThat(status.packet().code()).isEqualTo(Code.STATUS_SERVER);
    assertThat(sumOf(Bytes.fromHex("02da0014ef0d552a4bf2d693ec2b6fe8b5411d66").copy(), STATUS))
        .isEqualTo("ef0d552a4bf2d693ec2b6fe8b5411d66");
  }

  /// What the authenticator of an answer has to be.
  private static String sumOf(byte[] answer, String request) {
    byte[] summed = answer.clone();
    System.arraycopy(Bytes.fromHex(request).copy(), 4, summed, 4, 16);
    return Bytes.of(SECRET.seal(summed)).hex();
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
