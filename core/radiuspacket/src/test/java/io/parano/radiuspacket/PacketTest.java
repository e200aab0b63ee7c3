package io.parano.radiuspacket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 2865 sections 3 and 5: how a packet is taken apart, and what is not taken.
class PacketTest {
  static List<Arguments> malformed() {
    return List.of(
        row("nothing", "", Flaw.TRUNCATED),
        row("19 octets", "01070013" + "00".repeat(15), Flaw.TRUNCATED),
        row("says 19", "01070013" + "00".repeat(16), Flaw.LENGTH_IMPOSSIBLE),
        row("says 4097", "01071001" + "00".repeat(4093), Flaw.LENGTH_IMPOSSIBLE),
        row("says more than came", "01070015" + "00".repeat(16), Flaw.TRUNCATED),
        row("a code that is none", packet("63", ""), Flaw.CODE_UNKNOWN),
        row("half an attribute", packet("01", "01"), Flaw.ATTRIBUTE_MALFORMED),
        row("an attribute of length 0", packet("01", "0100"), Flaw.ATTRIBUTE_MALFORMED),
        row("an attribute of length 1", packet("01", "0101"), Flaw.ATTRIBUTE_MALFORMED),
        row("an attribute beyond the end", packet("01", "010461"), Flaw.ATTRIBUTE_MALFORMED),
        row("attribute 0", packet("01", "000361"), Flaw.ATTRIBUTE_MALFORMED),
        row("a number of 3 octets", packet("01", "0505000001"), Flaw.ATTRIBUTE_WIDTH),
        row("an address of 5 octets", packet("01", "0407c0a8011001"), Flaw.ATTRIBUTE_WIDTH),
        row("a short Message-Authenticator", packet("01", "500400ff"), Flaw.ATTRIBUTE_WIDTH),
        row("two names", packet("01", "010361" + "010362"), Flaw.ATTRIBUTE_REPEATED),
        row("two passwords", packet("01", ("0212" + "00".repeat(16)).repeat(2)), REPEATED),
        row("two States", packet("01", "180361" + "180361"), REPEATED),
        row("two addresses of the caller", packet("01", "1f0361" + "1f0361"), REPEATED),
        row("two sums", packet("01", ("5012" + "00".repeat(16)).repeat(2)), REPEATED),
        row("201 attributes", packet("01", "1a0361".repeat(201)), Flaw.TOO_MANY_ATTRIBUTES),
        row("17 Proxy-States", packet("01", "210361".repeat(17)), Flaw.PROXY_STATE_TOO_LONG),
        row(
            "long Proxy-States",
            packet("01", ("21ff" + "61".repeat(253)).repeat(9)),
            Flaw.PROXY_STATE_TOO_LONG));
  }

  private static final Flaw REPEATED = Flaw.ATTRIBUTE_REPEATED;

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void read_malformed_isNamed(String what, String hex, Flaw flaw) {
    assertThat(Packet.read(Bytes.fromHex(hex).copy())).isEqualTo(new PacketReading.Malformed(flaw));
  }

  static Stream<String> justRight() {
    return Stream.of(
        packet("01", ""),
        packet("01", "0102"),
        packet("01", "1a0361".repeat(200)),
        packet("01", "210361".repeat(16)),
        packet("01", ("21ff" + "61".repeat(253)).repeat(8)),
        packet("01", "010361" + "ff0361" + "ff0361"),
        packet("01", "") + "00".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("justRight")
  void read_justRight_isTaken(String hex) {
    Samples.packet(Bytes.fromHex(hex));
  }

  @Test
  void text_withControlCharacters_isNone() {
    assertThat(Samples.packet(Bytes.fromHex(packet("01", "0105610a62"))).text(Type.USER_NAME))
        .isEmpty();
    assertThat(Samples.packet(Bytes.fromHex(packet("01", "0104c3a9"))).text(Type.USER_NAME))
        .hasValue("é");
    assertThat(Samples.packet(Bytes.fromHex(packet("01", "0104c328"))).text(Type.USER_NAME))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a, a",
    "exactly 16 octet, exactly 16 octet",
    "17 octets of text, 17 octets of text"
  })
  void password_anyLength_comesThrough(String typed, String read) {
    Attribute hidden =
        Attribute.of(
            Type.USER_PASSWORD,
            HiddenPassword.hide(Secret.ofText(typed), new byte[16], Samples.SECRET));
    assertThat(hidden.value().length() % 16).isZero();
    assertThat(revealed(hidden)).isEqualTo(read);
  }

  @Test
  void password_longest_comesThroughAndOneMoreDoesNot() {
    String longest = "x".repeat(128);
    assertThat(Samples.typed(Samples.genuine(Samples.login(longest).octets()))).isEqualTo(longest);
    assertThatThrownBy(() -> Samples.login(longest + "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void password_notOfWholeBlocks_isMalformed() {
    for (int length : new int[] {0, 15, 17, 144}) {
      assertThat(HiddenPassword.reveal(Bytes.of(new byte[length]), new byte[16], Samples.SECRET))
          .isEqualTo(new Password.Malformed());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "192.0.2.7:51820, 192.0.2.7",
    "192.0.2.7[4500], 192.0.2.7",
    "2001:db8::1, 2001:db8::1",
    "2001:db8::1[4500], 2001:db8::1",
    "[2001:db8::1]:1194, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1"
  })
  void station_addressInAnyForm_isRead(String text, String address) {
    assertThat(StationId.read(text))
        .isEqualTo(new StationId.Reading.Address(IpAddress.parse(address)));
  }

  @ParameterizedTest
  @CsvSource({"00-1b-63-84-45-e6", "00:1B:63:84:45:E6", "001b.6384.45e6", "001b638445e6"})
  void station_hardware_isNoAddress(String text) {
    assertThat(StationId.read(text)).isEqualTo(new StationId.Reading.Hardware());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7 192.0.2.8",
    "192.0.2.07",
    "vpn.example.com",
    "192.0.2.7]4500[",
    "192.0.2.7:",
    "fe80::1%eth0",
    "010.0.0.1"
  })
  void station_anythingElse_isUnreadable(String text) {
    assertThat(StationId.read(text)).isEqualTo(new StationId.Reading.Unreadable());
  }

  @Test
  void framing_octetByOctetAndAtOnce_givesTheSamePackets() {
    byte[] first = Samples.login("pw").octets().copy();
    byte[] second = Samples.accounting().octets().copy();
    ByteBuffer stream = ByteBuffer.allocate(first.length + second.length).put(first).put(second);
    for (int step : new int[] {1, 3, 20, stream.capacity()}) {
      Framing framing = new Framing();
      int whole = 0;
      for (int at = 0; at < stream.capacity(); at += step) {
        ByteBuffer piece = stream.slice(at, Math.min(step, stream.capacity() - at));
        while (piece.hasRemaining()) {
          whole += framing.next(piece) instanceof Framing.Next.Whole ? 1 : 0;
        }
      }
      assertThat(whole).as("in steps of " + step).isEqualTo(2);
    }
  }

  @Test
  void framing_impossibleLengthOrBrokenPacket_breaksTheStream() {
    assertThat(new Framing().next(ByteBuffer.wrap(Bytes.fromHex("01000013").copy())))
        .isEqualTo(new Framing.Next.Broken(Flaw.LENGTH_IMPOSSIBLE));
    assertThat(new Framing().next(ByteBuffer.wrap(Bytes.fromHex("01001001").copy())))
        .isEqualTo(new Framing.Next.Broken(Flaw.LENGTH_IMPOSSIBLE));
    assertThat(new Framing().next(ByteBuffer.wrap(Bytes.fromHex(packet("01", "0100")).copy())))
        .isEqualTo(new Framing.Next.Broken(Flaw.ATTRIBUTE_MALFORMED));
  }

  @Test
  void answer_thatDoesNotFit_isNotMade() {
    Request request = Samples.genuine(Samples.login("pw").octets());
    Attribute large = Attribute.of(Type.REPLY_MESSAGE, "x".repeat(253));
    List<Attribute> tooMany = Stream.generate(() -> large).limit(16).toList();
    assertThatThrownBy(() -> request.answer(Code.ACCESS_ACCEPT, tooMany))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(request.answer(Code.ACCESS_ACCEPT, tooMany.subList(0, 15))).hasSizeLessThan(4097);
  }

  @Test
  void attributesAndSecrets_thatCanNotBe_areNotMade() {
    assertThatThrownBy(() -> Attribute.of(Type.CLASS, "x".repeat(254)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Attribute.of(Type.NAS_PORT, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Samples.secret("")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String revealed(Attribute hidden) {
    return switch (HiddenPassword.reveal(hidden.value(), new byte[16], Samples.SECRET)) {
      case Password.Given(var typed) -> new String(typed.copy(), StandardCharsets.UTF_8);
      case Password.Missing missing -> "missing";
      case Password.Malformed malformed -> "malformed";
    };
  }

  private static Arguments row(String what, String hex, Flaw flaw) {
    return Arguments.of(what, hex, flaw);
  }

  /// With a length that is right.
  private static String packet(String code, String attributes) {
    byte[] length = ByteBuffer.allocate(4).putInt(20 + attributes.length() / 2).array();
    return code
        + "07"
        + Bytes.of(Arrays.copyOfRange(length, 2, 4)).hex()
        + "00".repeat(16)
        + attributes;
  }
}
