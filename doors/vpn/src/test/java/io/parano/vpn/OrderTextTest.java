package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lines between server and helper. Root reads the first kind.
class OrderTextTest {
  private static final String KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
  private static final String OTHER = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
  private static final Instant SAID = Instant.ofEpochMilli(1_764_172_800_123L);

  private static OrderReading read(String line) {
    return OrderText.read(line.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String written(Order order) {
    return new String(OrderText.write(order), StandardCharsets.US_ASCII);
  }

  private static Order order(OrderReading reading) {
    return switch (reading) {
      case OrderReading.Malformed _ -> throw new AssertionError("not read");
      case OrderReading.Read(var order) -> order;
    };
  }

  @Test
  void put_written_isRead() {
    String line = written(new Order.Put(SAID, Sample.peer(1), Sample.secret(2)));

    assertThat(line).isEqualTo("put 1764172800123 " + KEY + ",10.88.0.1,3600 " + OTHER + "\n");
    Order.Put put = (Order.Put) order(read(line.strip()));
    assertThat(put.said()).isEqualTo(SAID);
    assertThat(put.peer()).isEqualTo(Sample.peer(1));
    assertThat(put.presharedKey().matches(Sample.secret(2))).isTrue();
    assertThat(put.toString()).doesNotContain(OTHER);
  }

  @Test
  void others_written_areRead() {
    for (Order order :
        List.of(
            new Order.Renew(SAID, List.of(Sample.peer(1), Sample.peer(2, "fd88::2"))),
            new Order.Remove(List.of(Sample.key(1), Sample.key(2))),
            new Order.Listing())) {
      assertThat(order(read(written(order).strip()))).isEqualTo(order);
    }
  }

  @Test
  void fullOrders_fitAndOneMoreDoesNot() {
    List<Standing> peers = new ArrayList<>();
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i <= Order.MOST; i++) {
      byte[] key = new byte[32];
      key[0] = (byte) i;
      key[1] = (byte) (i >> 8);
      keys.add(Bytes.of(key));
      String address = "fd88:1111:2222:3333:4444:5555:6666:%x".formatted(0x1000 + i);
      peers.add(new Standing(Bytes.of(key), Sample.peer(1, address).address(), Sample.LONGEST));
    }
    List<Standing> fullRenewal = peers.subList(0, Order.MOST);
    List<Bytes> fullRemoval = keys.subList(0, Order.MOST);

    assertThat(order(read(written(new Order.Renew(SAID, fullRenewal)).strip())))
        .isEqualTo(new Order.Renew(SAID, fullRenewal));
    assertThat(order(read(written(new Order.Remove(fullRemoval)).strip())))
        .isEqualTo(new Order.Remove(fullRemoval));
    assertThat(read(written(new Order.Renew(SAID, peers)).strip()))
        .isInstanceOf(OrderReading.Malformed.class);
    assertThat(read(written(new Order.Remove(keys)).strip()))
        .isInstanceOf(OrderReading.Malformed.class);
  }

  /// Each differs in one thing from a line that is read.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " list",
        "list ",
        "LIST",
        "list all",
        "flush",
        "put",
        "put 1 K,10.88.0.1,3600",
        "put 1 K,10.88.0.1,3600 P P",
        "put 1  K,10.88.0.1,3600 P",
        "put 01 K,10.88.0.1,3600 P",
        "put -1 K,10.88.0.1,3600 P",
        "put 1764172800123456 K,10.88.0.1,3600 P",
        "put 1 K,10.88.0.01,3600 P",
        "put 1 K,10.88.0.1/32,3600 P",
        "put 1 K,::ffff:10.88.0.1,3600 P",
        "put 1 K,fd88:0::1,3600 P",
        "put 1 K,localhost,3600 P",
        "put 1 K,10.88.0.1,-1 P",
        "put 1 K,10.88.0.1,1h P",
        "put 1 K,10.88.0.1,99999999 P",
        "put 1 K,10.88.0.1,3600,1 P",
        "put 1 K,10.88.0.1 P",
        "put 1 AQEB,10.88.0.1,3600 P",
        "put 1 K,10.88.0.1,3600 AQEB",
        "put 1 K;reboot,10.88.0.1,3600 P",
        "put 1 K,10.88.0.1;drop,3600 P",
        "put 1 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQF=,10.88.0.1,3600 P",
        "renew 1",
        "renew K,10.88.0.1,3600",
        "renew 1 K,10.88.0.1,3600 K,10.88.0.2,3600",
        "renew 1 K,10.88.0.1,3600 P,10.88.0.1,3600",
        "renew 1 K,10.88.0.1,3600 ",
        "remove",
        "remove K K",
        "remove K,P",
        "remove K\tP",
        "remove -K"
      })
  void read_malformed_isRefused(String line) {
    assertThat(read(line.replace("K", KEY).replace("P", OTHER)))
        .isInstanceOf(OrderReading.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "put 1 K,10.88.0.1,3600 P",
        "put 1 K,fd88::1,3600 P",
        "renew 1 K,10.88.0.1,3600 P,10.88.0.2,0",
        "remove K P"
      })
  void read_wellFormed_isRead(String line) {
    assertThat(read(line.replace("K", KEY).replace("P", OTHER)))
        .isInstanceOf(OrderReading.Read.class);
  }

  @Test
  void answers_written_areRead() {
    List<Answer> answers = new ArrayList<>();
    for (Objection objection : Objection.values()) {
      answers.add(new Answer.Refused(objection));
    }
    answers.add(new Answer.Unavailable());
    answers.add(new Answer.Done(List.of()));
    answers.add(new Answer.Done(List.of(Sample.peer(1), Sample.peer(2, "fd88::2"))));

    for (Answer answer : answers) {
      byte[] bytes = AnswerText.write(answer);
      assertThat(AnswerText.read(bytes)).isEqualTo(answer);
      for (int end = 0; end < bytes.length; end++) {
        assertThat(AnswerText.read(java.util.Arrays.copyOf(bytes, end))).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "done\n",
        "done 1\n",
        "done 0\n\n",
        "done 0\nK,10.88.0.1,1\n",
        "done 01\nK,10.88.0.1,1\n",
        "done 1\nK,10.88.0.1\n",
        "refused\n",
        "refused because\n",
        "refused stale\n\n",
        "unavailable \n"
      })
  void answer_malformed_isNone(String text) {
    assertThat(AnswerText.read(text.replace("K", KEY).getBytes(StandardCharsets.ISO_8859_1)))
        .isNull();
  }
}
