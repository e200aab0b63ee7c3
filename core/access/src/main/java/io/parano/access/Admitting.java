package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What VPN servers ask through RADIUS: may this person have a tunnel, does it still hold, and what
/// became of it.
///
/// The one-time password is looked at before the password is tried, so that guessing a password
/// takes a token first, here as everywhere. A password that comes alone is therefore not tried: it
/// is kept, and asked is for the one-time password, whosever name it was.
public interface Admitting {
  /// The password followed by the one-time password; or the password alone.
  Answer admit(Asked asked, Secret typed);

  /// The one-time password that [Answer.Challenge] asked for; or anything else, where it showed a
  /// code: then the answer is [Answer.Held] until somebody has confirmed that code.
  Answer resume(Asked asked, String state, Secret typed);

  /// What a server tells of a tunnel. A tunnel that begins or ends is recorded before the answer.
  Noted note(Account account);

  /// Why a tunnel must end now; null while it may go on.
  @Nullable Reason over(SessionId tunnel);

  /// Grows with whatever may end a tunnel: while it stays the same, [#over] changes by time alone.
  long endings();

  /// Every tunnel that was granted and has not ended, and those whose servers may not have heard
  /// yet that a cut ended them.
  List<Tunnel> tunnels();

  /// @param server the VPN server, as the configuration names it
  /// @param at its own address
  /// @param name whom the person says they are
  /// @param station where their device is, in the server's words; null when it says no address
  /// @param certificate SHA-256 over the client certificate with which the device showed itself, in
  ///   DER; null when it showed none, or the server does not say
  record Asked(
      String server,
      IpAddress at,
      String name,
      @Nullable IpAddress station,
      @Nullable Bytes certificate) {
    public Asked(String server, IpAddress at, String name, @Nullable IpAddress station) {
      this(server, at, name, station, null);
    }
  }

  /// From the most refusing to the most allowing.
  sealed interface Answer {
    record Refused(Reason reason) implements Answer {}

    /// The log can't take the record, so it does not take place.
    record Unavailable() implements Answer {}

    /// The touch that it waits for has not come: the same is asked again, until another answer.
    record Held() implements Answer {}

    /// @param code what the prompt shows, for a touch at the sign-in page; null where only a
    ///   one-time password will do
    /// @param state what brings the answer back to this question; good once, for a short time, for
    ///   the same person, server and station
    record Challenge(String state, @Nullable String code, Duration life) implements Answer {}

    record Admitted(Tunnel tunnel, Terms terms) implements Answer {}
  }

  record Tunnel(SessionId session, String server, String name, IpPrefix station, Instant endsAt) {}

  /// What the server is told of a tunnel; null where the policy says nothing.
  record Terms(
      @Nullable String category,
      @Nullable String filter,
      @Nullable IpAddress framed,
      Duration life) {}

  /// @param tunnel as the server repeats it; null when it does not
  /// @param name whose it says it is; null when it does not
  /// @param framed what the tunnel's far end is called inside, as the server says; null when it
  ///   does not
  /// @param call what the server itself calls the tunnel
  /// @param figures what it counted, as the log writes it
  record Account(
      Status status,
      String server,
      IpAddress at,
      @Nullable SessionId tunnel,
      @Nullable String name,
      @Nullable IpAddress framed,
      String call,
      String figures) {
    public enum Status {
      STARTED,
      GOES_ON,
      STOPPED,
      /// The server began anew or goes down: it has no tunnel any more.
      ALL_STOPPED
    }
  }

  /// From the most refusing to the most allowing.
  sealed interface Noted {
    /// It could not be recorded: the server tells it again.
    record Unavailable() implements Noted {}

    /// Heard; and the tunnel must end.
    ///
    /// @param tunnel null when the server told of one that we know nothing of
    record Over(Reason reason, @Nullable SessionId tunnel) implements Noted {}

    /// @param tunnel null where it told of none in particular
    record Heard(@Nullable SessionId tunnel) implements Noted {}
  }
}
