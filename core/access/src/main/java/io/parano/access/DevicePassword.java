package io.parano.access;

import io.parano.kernel.DeviceId;
import io.parano.kernel.Digest;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a mail program shows that can't touch a key: bound to one person, to one device by its
/// label, and to the credentials that the person had when it was made. It opens nothing by itself
/// ([Presence]).
///
/// @param digest SHA-256 of the password, which is long and random and kept nowhere
/// @param generation the person's credential generation when it was made
/// @param epoch how often everybody had been cut when it was made
public record DevicePassword(
    DeviceId id,
    PersonId person,
    String label,
    Digest digest,
    long generation,
    long epoch,
    Instant madeAt,
    Instant endsAt) {

  /// Why it counts no more; null while it does.
  @Nullable Reason over(Books books, Instant now) {
    var holder = books.roster().person(person);
    if (holder == null) {
      return Reason.PERSON_UNKNOWN;
    }
    Reason byPerson =
        switch (holder.state()) {
          case GONE -> Reason.PERSON_GONE;
          case FROZEN -> Reason.PERSON_FROZEN;
          case INVITED -> Reason.PERSON_INVITED;
          case ACTIVE -> null;
        };
    if (byPerson != null) {
      return byPerson;
    }
    if (books.closures().epoch() != epoch) {
      return Reason.EVERYBODY_CUT;
    }
    if (holder.generation() != generation) {
      return Reason.CREDENTIALS_CHANGED;
    }
    return now.isBefore(endsAt) ? null : Reason.DEVICE_PASSWORD_EXPIRED;
  }
}
