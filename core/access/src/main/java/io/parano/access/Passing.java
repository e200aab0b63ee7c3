package io.parano.access;

import io.parano.identity.Identity;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a proxy asks through its door: may this request pass?
public interface Passing {
  /// What [#pass] and [#fetch] want of a question. Decides nothing.
  Sought seek(Question question);

  /// Has the processor fetch what [#pass] is going to read for all of these, who came at once: one
  /// by one, each waits for memory by itself. Decides nothing and keeps nothing; what changes
  /// meanwhile is read as it stands then.
  void fetch(List<Sought> sought);

  /// Decides from memory alone and never blocks, so it may run on an event loop.
  /// [Answer.RecordFirst] says that this would be a first use, which must be recorded: ask
  /// [#passRecorded] from a thread that may block.
  Answer pass(Sought sought);

  /// As [#pass(Sought)], of one that came alone.
  default Answer pass(Question question) {
    return pass(seek(question));
  }

  /// As [#pass], and records a first use before it answers. Blocks for as long as the log takes.
  Answer passRecorded(Question question);

  /// A message that can't be believed arrived: counted, and recorded while it is rare.
  void disbelieve(IpAddress peer, Reason reason, String detail);

  /// @param bearer the cookie's value as it came; null without one
  /// @param host lower case, without port
  /// @param path normalised: absolute, no dot segments, nothing ambiguous
  /// @param source the address that the believed proxy vouches for
  /// @param proxy the name of the proxy that asked
  record Question(
      @Nullable String bearer,
      String host,
      String path,
      String method,
      boolean upgrade,
      IpAddress source,
      String proxy) {}

  /// @param token the digest by which the session of the question's bearer is found; null where it
  ///   has none, or one that opens nothing
  record Sought(Question question, @Nullable Digest token) {}

  /// From the most refusing to the most allowing.
  sealed interface Answer {
    record Refused(Reason reason) implements Answer {}

    /// Nothing can be recorded just now, so nothing new is granted.
    record Unavailable() implements Answer {}

    record SignIn(Reason reason) implements Answer {}

    /// A touch younger than `freshness` is wanted.
    record StepUp(Duration freshness) implements Answer {}

    record RecordFirst() implements Answer {}

    /// @param identity null where a rule asks for the source alone
    /// @param upgradeLife how long an upgraded connection may live; null when the request is no
    ///   upgrade
    record Allowed(@Nullable Identity identity, @Nullable Duration upgradeLife) implements Answer {}
  }
}
