package io.parano.access;

import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What mail servers ask: may this mailbox be opened from there, and does it still hold.
///
/// A mailbox opens to the password of a device, never to that of a person, and only while that
/// person is present at the same address ([Presence]) in a listed network.
public interface MailAdmitting {
  /// Whether the mailbox opens. A first opening within a session is recorded before the answer;
  /// further ones are counted.
  Answer admit(Asked asked, Secret typed);

  /// Whether it may open to somebody whose password another looks at.
  Answer admitPresent(Asked asked);

  /// Counts what came from somebody whose word is not taken.
  void disbelieve(IpAddress peer, Reason reason, String detail);

  /// Why what was opened must be closed now; null while it may stay open.
  @Nullable Reason over(Opened opened);

  /// @param server the mail server, as the configuration names it
  /// @param name whom the mail program says it is for: the sign-in name or the address
  /// @param source where the mail program is, in the server's words
  record Asked(String server, String name, IpAddress source, Protocol protocol) {}

  enum Protocol {
    IMAP,
    POP3,
    SUBMISSION;
  }

  /// From the most refusing to the most allowing.
  sealed interface Answer {
    /// @param delay until another attempt from there is worth while
    record Refused(Reason reason, Duration delay) implements Answer {}

    /// The log can't take the record, so it does not take place.
    record Unavailable() implements Answer {}

    record Admitted(Opened opened) implements Answer {}
  }

  /// @param device whose password opened it; null where another looked at the password
  /// @param mailbox what the mail server calls it
  record Opened(PersonId person, @Nullable DeviceId device, IpAddress source, String mailbox) {}
}
