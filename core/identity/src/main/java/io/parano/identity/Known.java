package io.parano.identity;

import java.util.List;
import java.util.Set;

/// Somebody, with what every request that passes says of them.
///
/// @param groups the person's, as a set that is quick to ask
public record Known(Person person, Set<String> groups, Identity identity) {
  public static Known of(Person person) {
    List<String> groups = person.groups().stream().map(String::intern).toList();
    return new Known(
        person,
        Set.copyOf(groups),
        new Identity(person.name(), person.displayName(), person.email(), groups));
  }
}
