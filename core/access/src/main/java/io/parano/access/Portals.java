package io.parano.access;

import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.SessionId;
import io.parano.session.Circumstances;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import io.parano.session.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Finds the session that a bearer secret opens, and whether it still holds.
final class Portals {
  /// 256 random bits in base64url without padding.
  private static final int BEARER_LENGTH = 43;

  private final Books books;

  Portals(Books books) {
    this.books = books;
  }

  sealed interface Found {
    record Nobody(Reason reason) implements Found {}

    record Holder(LiveSession live, Person person) implements Found {}
  }

  /// The live session of any kind that `bearer` opens.
  Found find(String bearer, IpAddress source, Instant now) {
    return find(token(bearer), source, now);
  }

  /// As [#find].
  ///
  /// @param token of [#token]
  Found find(@Nullable Digest token, IpAddress source, Instant now) {
    if (token == null) {
      return new Found.Nobody(Reason.SESSION_UNKNOWN);
    }
    LiveSession live = books.sessions().withToken(token);
    if (live == null) {
      return new Found.Nobody(books.sessions().absence(token));
    }
    Circumstances circumstances = books.circumstances(live, source);
    Person person = circumstances.person();
    return switch (Standing.of(live, source, circumstances, now)) {
      case Standing.Over(var reason) -> new Found.Nobody(reason);
      case Standing.Live holds when person == null -> new Found.Nobody(Reason.PERSON_UNKNOWN);
      case Standing.Live holds -> new Found.Holder(live, person);
    };
  }

  /// As [#find], for what may be done only in the browser that all three levels were shown to: more
  /// sessions come of it, and none may come of one that lies in a file.
  Found findPortal(String bearer, IpAddress source, Instant now) {
    return browser(findOperator(bearer, source, now));
  }

  /// As [#findPortal], for going on to a protected host: what it asks of the token, it asks itself.
  Found findVisitorPortal(String bearer, IpAddress source, Instant now) {
    return browser(findVisitor(bearer, source, now));
  }

  private static Found browser(Found found) {
    return found instanceof Found.Holder(var live, var person)
            && live.kind() == Session.Kind.COMMAND
        ? new Found.Nobody(Reason.SESSION_OF_OTHER_HOST)
        : found;
  }

  /// Why the portal session no longer holds that [#findPortal] found; null when it does.
  @Nullable Reason objection(SessionId portal, IpAddress source, Instant now) {
    LiveSession live = books.sessions().with(portal);
    if (live == null) {
      return Reason.SESSION_CUT;
    }
    return switch (Standing.of(live, source, books.circumstances(live, source), now)) {
      case Standing.Over(var reason) -> reason;
      case Standing.Live holds -> Sources.refusal(books, source, live, now);
    };
  }

  /// As [#find], for what may be seen only at the sign-in host or on the command line: a protected
  /// application never holds such a secret. What a protected host asks of the policy with every
  /// request is asked here: whether the source is listed still.
  Found findVisitor(String bearer, IpAddress source, Instant now) {
    Found found = find(bearer, source, now);
    if (found instanceof Found.Holder(var live, var person)) {
      boolean elsewhere =
          switch (live.kind()) {
            case HOST, SSH, VPN, DEVICE -> true;
            case PORTAL, COMMAND -> false;
          };
      if (elsewhere) {
        return new Found.Nobody(Reason.SESSION_OF_OTHER_HOST);
      }
      Reason bySource = Sources.refusal(books, source, live, now);
      if (bySource != null) {
        return new Found.Nobody(bySource);
      }
      live.seen(now);
    }
    return found;
  }

  /// As [#findVisitor], for whatever is done there. A one-time password is no touch: it opens
  /// nothing here but the way to resources that take it.
  Found findOperator(String bearer, IpAddress source, Instant now) {
    Found found = findVisitor(bearer, source, now);
    return found instanceof Found.Holder(var live, var person)
            && books.roster().factor(live.authenticator()) == Factor.OTP
        ? new Found.Nobody(Reason.TOUCH_MISSING)
        : found;
  }

  /// As [#findOperator], for an officer's work.
  Found findOfficer(String bearer, IpAddress source, Instant now) {
    Found found = findOperator(bearer, source, now);
    return found instanceof Found.Holder(var live, var person) && !person.officer()
        ? new Found.Nobody(Reason.NOT_AN_OFFICER)
        : found;
  }

  /// What [#digest] says of it; null where it is longer or shorter than any bearer and opens
  /// nothing.
  static @Nullable Digest token(String bearer) {
    return bearer.length() == BEARER_LENGTH ? digest(bearer) : null;
  }

  /// What the store keeps of a bearer: SHA-256 over its text.
  static Digest digest(String bearer) {
    return Digest.of(bearer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static String text(byte[] random) {
    return Bytes.of(random).base64Url();
  }
}
