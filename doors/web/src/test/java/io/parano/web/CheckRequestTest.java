package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Reason;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What may come instead of a check. Each bad message differs in one thing from one that is read.
class CheckRequestTest {
  private final Head head = new Head();

  private CheckRequest read(byte[] message) {
    return CheckRequest.read(Buffer.buffer(message), head);
  }

  @Test
  void read_asEnvoySendsIt_isRead() {
    assertThat(read(new EnvoyCheck().bytes()))
        .isEqualTo(
            new CheckRequest.Read(
                "192.0.2.7", "POST", "https", "app.example.org", "/accounts?page=2"));
    assertThat(head.cookie).isEqualTo("__Host-parano=good");
    assertThat(head.forwardedFor).isEqualTo("192.0.2.7");
    assertThat(head.refusal).isNull();
  }

  @Test
  void read_headersAsList_isReadTheSame() {
    EnvoyCheck check = new EnvoyCheck().without("cookie");
    Proto list = new Proto().message(1, new Proto().text(1, "cookie").text(3, "a=b"));
    check.headers.clear();

    assertThat(read(EnvoyCheck.around(with(check, check.http().message(13, list)))))
        .isInstanceOf(CheckRequest.Read.class);
    assertThat(head.cookie).isEqualTo("a=b");
  }

  @Test
  void read_fieldsOfALaterVersion_areSkipped() {
    EnvoyCheck check = new EnvoyCheck();
    Proto later =
        check
            .http()
            .number(900, 7)
            .text(901, "x")
            .raw(0xb5, 0x38, 1, 2, 3, 4)
            .raw(0xb9, 0x38, 1, 2, 3, 4, 5, 6, 7, 8);

    assertThat(read(EnvoyCheck.around(with(check, later)))).isInstanceOf(CheckRequest.Read.class);
  }

  @Test
  void read_nothing_isReadAsNothing() {
    assertThat(read(new byte[0])).isEqualTo(new CheckRequest.Read(null, null, null, null, null));
  }

  static Stream<Arguments> bad() {
    EnvoyCheck check = new EnvoyCheck();
    Proto twice = new Proto().message(1, check.attributes()).message(1, check.attributes());
    return Stream.of(
        Arguments.of("attributes twice", twice.bytes()),
        Arguments.of(
            "source twice", EnvoyCheck.around(check.attributes().message(1, check.peer()))),
        Arguments.of(
            "request twice",
            EnvoyCheck.around(check.attributes().message(4, check.request(check.http())))),
        Arguments.of(
            "http twice",
            EnvoyCheck.around(
                new Proto().message(4, check.request(check.http()).message(2, check.http())))),
        Arguments.of("method twice", around(check.http().text(2, "GET"))),
        Arguments.of("path twice", around(check.http().text(4, "/public"))),
        Arguments.of("host twice", around(check.http().text(5, "other.example.org"))),
        Arguments.of("scheme twice", around(check.http().text(6, "https"))),
        Arguments.of(
            "both kinds of headers",
            around(check.http().message(13, new Proto().message(1, EnvoyCheck.entry("a", "b"))))),
        Arguments.of("header without a name", around(check.http().message(3, new Proto()))),
        Arguments.of("no UTF-8", around(check.http().bytes(3, new byte[] {10, 1, (byte) 0xff}))),
        Arguments.of("overlong UTF-8", around(new Proto().bytes(4, bytes(0xc0, 0xaf)))),
        Arguments.of("length beyond the end", new Proto().raw(0x0a, 0x7f, 0x0a).bytes()),
        Arguments.of(
            "length beyond the world", new Proto().raw(0x0a, 255, 255, 255, 255, 15).bytes()),
        Arguments.of("endless number", filled(20, 0xff)),
        Arguments.of("field number nought", new Proto().raw(0x02, 0x00).bytes()),
        Arguments.of("a group", new Proto().raw(0x0b, 0x0c).bytes()),
        Arguments.of("wire type six", new Proto().raw(0x0e).bytes()),
        Arguments.of("groups without end", filled(60_000, 0x0b)));
  }

  private static byte[] around(Proto http) {
    return EnvoyCheck.around(with(new EnvoyCheck(), http));
  }

  private static Proto with(EnvoyCheck check, Proto http) {
    return new Proto().message(1, check.peer()).message(4, check.request(http));
  }

  private static byte[] bytes(int... octets) {
    return new Proto().raw(octets).bytes();
  }

  private static byte[] filled(int length, int octet) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void read_oneThingWrong_isMalformed(String what, byte[] message) {
    assertThat(read(message)).as(what).isInstanceOf(CheckRequest.Malformed.class);
  }

  /// Our own fields nested where they don't belong are unknown there, so their depth costs nothing.
  @Test
  void read_nestedAThousandDeep_isReadAsNothing() {
    Proto deep = new Proto();
    for (int i = 0; i < 1_000; i++) {
      deep = new Proto().message(11, deep);
    }

    assertThat(read(EnvoyCheck.around(deep)))
        .isEqualTo(new CheckRequest.Read(null, null, null, null, null));
  }

  @Test
  void read_cutShortAnywhere_isNeverReadWhole() {
    byte[] whole = new EnvoyCheck().bytes();
    CheckRequest granted = read(whole);

    for (int length = 0; length < whole.length; length++) {
      assertThat(read(Arrays.copyOf(whole, length))).isNotEqualTo(granted);
    }
  }

  /// Whatever the bytes, there is an outcome and no crash. The seed is fixed, so that a failure
  /// comes again.
  @Test
  void read_bytesChangedAnyhow_hasAnOutcome() {
    Random random = new Random(20_261_125);
    byte[] whole = new EnvoyCheck().bytes();
    int malformed = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      malformed += read(changed) instanceof CheckRequest.Malformed ? 1 : 0;
    }
    assertThat(malformed).isBetween(1_000, 19_999);
  }

  @Test
  void read_moreHeadersThanAnybodySends_refuses() {
    EnvoyCheck check = new EnvoyCheck();
    for (int i = 0; i <= Head.MOST; i++) {
      check.with("x-filler-" + i, "x");
    }

    assertThat(read(check.bytes())).isInstanceOf(CheckRequest.Read.class);
    assertThat(head.refusal).isEqualTo(Reason.REQUEST_TOO_LARGE);
  }
}
