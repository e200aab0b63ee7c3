package io.parano.access;

import io.parano.identity.Person;
import io.parano.kernel.Reason;
import org.jspecify.annotations.Nullable;

/// Whether a person may come in at all, before any factor is looked at.
final class People {
  private People() {}

  /// Why `person` may not come in now; null when nothing stands against it. While everybody is cut,
  /// officers may still sign in, for nobody else could reopen.
  static @Nullable Reason refusal(Books books, Person person) {
    return switch (person.state()) {
      case GONE -> Reason.PERSON_GONE;
      case FROZEN -> Reason.PERSON_FROZEN;
      case INVITED -> Reason.PERSON_INVITED;
      case ACTIVE ->
          books.closures().everybody() && !person.officer() ? Reason.EVERYBODY_CUT : null;
    };
  }

  /// As [#refusal], after a password was hashed, which took its time: it was right for the person
  /// as they stood `before`, and it may have been changed or made void meanwhile.
  static @Nullable Reason refusal(Books books, Person before, Person person) {
    Reason refusal = refusal(books, person);
    return refusal == null && person.generation() != before.generation()
        ? Reason.CREDENTIALS_CHANGED
        : refusal;
  }
}
