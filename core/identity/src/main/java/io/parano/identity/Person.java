package io.parano.identity;

import io.parano.kernel.Bytes;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A member of staff.
///
/// @param name what the person signs in with: 1 to 64 of `a-z 0-9 . _ -`, unique; of somebody
///   erased it says only the id
/// @param handle the WebAuthn user handle: 32 random bytes that say nothing about the person
/// @param generation grows with every change of a credential and every cut; a session of another
///   generation is over
public record Person(
    PersonId id,
    String name,
    String displayName,
    String email,
    SortedSet<String> groups,
    PersonState state,
    boolean officer,
    long generation,
    Language language,
    Bytes handle) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  public Person {
    if (!validName(name)) {
      throw new IllegalArgumentException(
          "expected a sign-in name of 1 to 64 characters a-z 0-9 . _ -, found \"" + name + "\"");
    }
    groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
  }

  public static boolean validName(String name) {
    return NAME.matcher(name).matches();
  }

  public Person as(PersonState state) {
    return new Person(
        id, name, displayName, email, groups, state, officer, generation, language, handle);
  }

  /// With the state and generation of another time, and all else as here.
  public Person as(PersonState state, long generation) {
    return new Person(
        id, name, displayName, email, groups, state, officer, generation, language, handle);
  }

  public Person asOfficer(boolean officer) {
    return new Person(
        id, name, displayName, email, groups, state, officer, generation, language, handle);
  }

  public Person in(SortedSet<String> groups) {
    return new Person(
        id, name, displayName, email, groups, state, officer, generation, language, handle);
  }

  /// Nothing is left that says who it was: a name that nobody would choose, and the id that entries
  /// of the log know.
  public Person erased() {
    return new Person(
        id,
        "gone." + id,
        "",
        "",
        Collections.emptySortedSet(),
        PersonState.GONE,
        false,
        generation + 1,
        language,
        handle);
  }

  /// The same person one generation later: what was granted before is over.
  public Person renewed() {
    return new Person(
        id, name, displayName, email, groups, state, officer, generation + 1, language, handle);
  }
}
