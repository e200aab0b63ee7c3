package io.parano.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
  /// RFC 4648 section 10, without padding, and the two characters that differ in base64url.
  @ParameterizedTest
  @CsvSource({"'',''", "66,Zg", "666f,Zm8", "666f6f,Zm9v", "666f6f626172,Zm9vYmFy", "fbff,-_8"})
  void base64Url_vectors_readAndWrite(String hex, String text) {
    Bytes bytes = Bytes.fromHex(hex);
    assertThat(bytes.base64Url()).isEqualTo(text);
    assertThat(Bytes.fromBase64Url(text)).isEqualTo(bytes).hasSameHashCodeAs(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zg==", "Zg=", "Z", "+/8", "Zm 9", "Zm9v\n", "Zh", "Zm9"})
  void fromBase64Url_anotherSpelling_isRefused(String text) {
    assertThatThrownBy(() -> Bytes.fromBase64Url(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_arrayChangedAfterwards_keepsItsOwn() {
    byte[] array = {1, 2};
    Bytes bytes = Bytes.of(array);
    array[0] = 9;
    bytes.copy()[1] = 9;
    assertThat(bytes.hex()).isEqualTo("0102");
    assertThat(bytes.length()).isEqualTo(2);
  }

  @Test
  void equals_otherContent_differs() {
    assertThat(Bytes.fromHex("01")).isNotEqualTo(Bytes.fromHex("0100")).isNotEqualTo(Bytes.EMPTY);
    assertThatThrownBy(() -> Bytes.fromHex("0")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bytes.fromHex("zz")).isInstanceOf(IllegalArgumentException.class);
  }

  /// FIPS 180-4: SHA-256 of nothing and of "abc".
  @Test
  void digest_knownInputs_areAsPublished() {
    assertThat(Bytes.EMPTY.digest().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Digest abc = Bytes.of("abc".getBytes(StandardCharsets.US_ASCII)).digest();
    assertThat(abc)
        .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .isEqualTo(Digest.fromHex(abc.hex()))
        .isEqualTo(Digest.fromBytes(abc.bytes()))
        .isEqualTo(Digest.of("a".getBytes(StandardCharsets.US_ASCII), new byte[] {'b', 'c'}));
    assertThatThrownBy(() -> Digest.fromHex("00")).isInstanceOf(IllegalArgumentException.class);
  }
}
