package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.identity.Identity;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who asks, as an authority tells it to a door, and what is rendered of them.
class IdentitiesTest {
  private final Identities.Teller teller = new Identities.Teller();
  private final Identities.Hearer hearer = new Identities.Hearer();
  private int bytes;

  @Test
  void hear_anybody_isWhoWasTold() {
    assertThat(heard(alice("staff", "support"))).isEqualTo(alice("staff", "support"));
    assertThat(heard(null)).isNull();
  }

  @Test
  void hear_toldAgain_isTheSameByFourBytes() {
    Identity alice = alice("staff");
    Identity first = heard(alice);
    assertThat(heard(person(2))).isEqualTo(person(2));

    assertThat(heard(alice)).isSameAs(first);
    assertThat(bytes).isEqualTo(Integer.BYTES);
  }

  @Test
  void hear_groupsChanged_isTheNewOne() {
    var _ = heard(alice("staff", "support"));

    assertThat(heard(alice("staff"))).isEqualTo(alice("staff"));
  }

  @Test
  void hear_morePeopleThanAreKept_isStillEachOfThem() {
    List<Identity> first = people(0, 3);
    first.forEach(one -> assertThat(heard(one)).isEqualTo(one));
    people(3, IdentityHeaders.MOST + 3).forEach(one -> assertThat(heard(one)).isEqualTo(one));

    first.forEach(one -> assertThat(heard(one)).isEqualTo(one));
  }

  @Test
  void hear_numberThatNobodyHas_isMalformed() {
    Identity alice = alice("staff");
    var _ = heard(alice);
    Identities.Hearer another = new Identities.Hearer();

    FrameReader known = told(alice);
    assertThatThrownBy(() -> another.hear(known)).isInstanceOf(FrameReader.Malformed.class);
    FrameReader negative = frame(new FrameWriter().begin(FrameKind.ANSWER).four(-1));
    assertThatThrownBy(() -> hearer.hear(negative)).isInstanceOf(FrameReader.Malformed.class);
  }

  @Test
  void headers_identityChanged_areTheNewOnes() {
    IdentityHeaders headers = new IdentityHeaders();

    assertThat(headers.of(alice("staff", "support")).get("Remote-Groups"))
        .isEqualTo("staff,support");
    assertThat(headers.of(alice("staff")).get("Remote-Groups")).isEqualTo("staff");
  }

  private @Nullable Identity heard(@Nullable Identity identity) {
    FrameReader frame = told(identity);
    Identity heard = hearer.hear(frame);
    frame.end();
    return heard;
  }

  private FrameReader told(@Nullable Identity identity) {
    FrameWriter out = new FrameWriter().begin(FrameKind.ANSWER);
    teller.tell(out, identity);
    return frame(out);
  }

  private FrameReader frame(FrameWriter out) {
    out.end();
    byte[] frame = out.take().getBytes();
    int head = Integer.BYTES + 1;
    bytes = frame.length - head;
    return new FrameReader(frame, head, frame.length);
  }

  private static List<Identity> people(int from, int to) {
    return IntStream.range(from, to).mapToObj(IdentitiesTest::person).toList();
  }

  private static Identity alice(String... groups) {
    return new Identity("alice", "Alice Éluard", "alice@example.org", List.of(groups));
  }

  private static Identity person(int number) {
    String user = "person-" + number;
    return new Identity(user, user, user + "@example.org", List.of());
  }
}
