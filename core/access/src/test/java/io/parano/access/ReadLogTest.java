package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.kernel.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may read the log, and that reading leaves its own entry. */
class ReadLogTest {
  private final Company company = new Company();
  private final Operating operating = company.gate.operating();

  @Test
  void export_officer_isRecordedPartByPartAndAnybodyElseRefused() {
    String olga = company.signIn("olga", OFFICE);
    String alice = company.signIn("alice", OFFICE);
    long before = reads();

    assertThat(operating.export(alice, 0, 3, true, OFFICE))
        .isEqualTo(new Reply.Refused<>(Reason.NOT_AN_OFFICER));
    assertThat(operating.exportable(alice, OFFICE))
        .isEqualTo(new Reply.Refused<>(Reason.NOT_AN_OFFICER));
    assertThat(reads()).isEqualTo(before);

    assertThat(done(operating.export(olga, 0, 3, true, OFFICE)))
        .hasSize(3)
        .allMatch(entry -> entry.personal() != null);
    assertThat(done(operating.export(olga, 0, 3, false, OFFICE)))
        .hasSize(3)
        .allMatch(entry -> entry.personal() == null);
    assertThat(reads()).isEqualTo(before + 2);
  }

  @Test
  void export_logThatCannotTakeTheRecord_givesNothing() {
    String olga = company.signIn("olga", OFFICE);
    company.ledger.fill();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> operating.export(olga, 0, 3, true, OFFICE))
        .isInstanceOf(Ledger.Unavailable.class);
    company.ledger.makeRoom();
    assertThat(done(operating.export(olga, 0, 3, true, OFFICE))).hasSize(3);
  }

  @Test
  void follow_onlyReadsSince_givesNothingAndEverythingOnceSomethingCame() {
    String olga = company.signIn("olga", OFFICE);
    long last = company.ledger.events().size() - 1L;
    operating.log(olga, LogBook.Query.newest(1), OFFICE);
    assertThat(done(operating.follow(olga, last, 100, OFFICE))).isEmpty();
    long reads = reads();
    assertThat(done(operating.follow(olga, last, 100, OFFICE))).isEmpty();
    assertThat(reads()).isEqualTo(reads);

    company.signIn("alice", OFFICE);
    List<LogBook.Line> came = done(operating.follow(olga, last, 100, OFFICE));
    assertThat(came.getFirst().leaf()).contains("\"type\":\"log-read\"");
    assertThat(came.getLast().leaf()).contains("\"type\":\"sign-in\"");
    assertThat(reads()).isEqualTo(reads + 1);
    assertThat(operating.follow(company.signIn("alice", OFFICE), last, 100, OFFICE))
        .isEqualTo(new Reply.Refused<>(Reason.NOT_AN_OFFICER));
  }

  private long reads() {
    return company.ledger.events().stream()
        .map(Event::type)
        .filter(EventType.LOG_READ::equals)
        .count();
  }

  private static <T> T done(Reply<T> reply) {
    return switch (reply) {
      case Reply.Done<T>(T value) -> value;
      case Reply.Refused<T>(Reason reason) -> throw new AssertionError(reason);
    };
  }
}
