package io.parano.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody as they stand now. There is one for each person, and whoever has it need not look the
/// person up: their sessions do not, with every request. What it says is changed where the roster
/// is, and nowhere else.
public final class Member {
  private volatile @Nullable Known known;

  /// Nobody, until [#become].
  public Member() {}

  /// Null while nobody knows the person.
  public @Nullable Known known() {
    return known;
  }

  public @Nullable Person person() {
    Known now = known;
    return now == null ? null : now.person();
  }

  /// @param groups the person's, as [Known] has them
  public void become(Person person, Set<String> groups) {
    known = Known.of(person, groups);
  }
}
