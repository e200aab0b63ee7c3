package io.parano.identity;

import java.util.List;
import java.util.Set;

/// Somebody, with what every request that passes says of them.
///
/// @param groups the person's, as a set that is quick to ask
public record Known(Person person, Set<String> groups, Identity identity) {
  /// @param groups equal to the person's; the same set for all who are in the same groups, so that
  ///   it is in some cache whoever asks
  static Known of(Person person, Set<String> groups) {
    return new Known(
        person,
        groups,
        new Identity(
            person.name(), person.displayName(), person.email(), List.copyOf(person.groups())));
  }
}
