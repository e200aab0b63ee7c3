package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.authn.Cbor.Item;
import io.parano.kernel.Bytes;
import io.parano.testkit.CborWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CTAP 2.1 section 8, "Message Encoding", and the examples of RFC 8949 appendix A.
final class CborTest {
  @ParameterizedTest
  @CsvSource({
    "00,0",
    "17,23",
    "1818,24",
    "18ff,255",
    "190100,256",
    "1a00010000,65536",
    "1b0000000100000000,4294967296",
    "1b7fffffffffffffff,9223372036854775807",
    "20,-1",
    "37,-24",
    "3818,-25",
    "390100,-257",
    "3b7fffffffffffffff,-9223372036854775808"
  })
  void read_integers(String hex, long value) {
    assertThat(read(hex)).isEqualTo(new Reading.Read<Item>(new Cbor.Int(value)));
  }

  @Test
  void read_whatTheWriterWrote_isTheSame() {
    Bytes written =
        CborWriter.write(
            Map.of("text", "é", -1, List.of(true, false), 3, Bytes.fromHex("00ff"), "a", Map.of()));

    assertThat(Cbor.read(written.copy()))
        .isEqualTo(
            new Reading.Read<Item>(
                new Cbor.Table(
                    Map.of(
                        new Cbor.Int(3),
                        new Cbor.ByteString(Bytes.fromHex("00ff")),
                        new Cbor.Int(-1),
                        new Cbor.Array(List.of(new Cbor.Truth(true), new Cbor.Truth(false))),
                        new Cbor.Text("a"),
                        new Cbor.Table(Map.of()),
                        new Cbor.Text("text"),
                        new Cbor.Text("é")))));
  }

  @Test
  void read_fourLevels_isRead() {
    assertThat(read("81818100")).isInstanceOf(Reading.Read.class);
    assertThat(read("8181818100")).isInstanceOf(Reading.Read.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "18", // a head without its argument
        "1817", // 23 in two bytes
        "1900ff", // 255 in three
        "1a0000ffff", // 65535 in five
        "1b00000000ffffffff", // 2^32 - 1 in nine
        "1b8000000000000000", // 2^63
        "1c", // a reserved head
        "1f", // an indefinite number
        "5f41ff", // indefinite bytes
        "7f6161ff", // an indefinite text
        "9f00ff", // an indefinite list
        "bf0000ff", // an indefinite map
        "4200", // bytes cut off
        "5affffffff00", // four gigabytes announced
        "5b7fffffffffffffff00", // 2^63 - 1 announced
        "62c328", // a text that is no UTF-8
        "63eda080", // a surrogate in UTF-8
        "8200", // a list cut off
        "9affffffff00", // four thousand million items announced
        "baffffffff0000", // four thousand million entries announced
        "a100", // a map cut off
        "a200000000", // a key twice
        "a201000000", // numbers out of order
        "a220000000", // a negative key before a positive one
        "a2626161006162", // a long key before a short one
        "a26162006161ff", // texts out of order
        "a1f500", // true as a key
        "a1410000", // bytes as a key
        "a18000", // a list as a key
        "c000", // a tag
        "f6", // null
        "f7", // undefined
        "f820", // another simple value
        "f90000", // a half float
        "fb0000000000000000", // a double
        "818181818100", // five levels
        "81818181a0", // five levels, the last empty
        "0000", // an item more
      })
  void read_notCanonical_malformed(String hex) {
    assertThat(read(hex)).isInstanceOf(Reading.Malformed.class);
  }

  @Test
  void readAt_middle_saysWhereItEnds() {
    assertThat(Cbor.readAt(Bytes.fromHex("ff820102ff").copy(), 1))
        .isEqualTo(
            new Reading.Read<>(
                new Cbor.Prefix(new Cbor.Array(List.of(new Cbor.Int(1), new Cbor.Int(2))), 4)));
  }

  private static Reading<Item> read(String hex) {
    return Cbor.read(Bytes.fromHex(hex).copy());
  }
}
