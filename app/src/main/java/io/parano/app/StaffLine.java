package io.parano.app;

import io.parano.identity.Newcomer;
import io.parano.identity.Person;
import io.parano.kernel.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Somebody to admit, as a user writes them down: nothing of it believed yet.
///
/// @param groups apart from one another by blanks or `|`
record StaffLine(String name, String displayName, String email, String groups, String language) {
  private static final int LONGEST_DISPLAY_NAME = 128;

  /// RFC 5321 section 4.5.3.1.3, without its brackets.
  private static final int LONGEST_EMAIL = 254;

  private static final int MOST_GROUPS = 64;

  sealed interface Reading {
    record Wrong(List<String> why) implements Reading {}

    record Right(Newcomer newcomer) implements Reading {}
  }

  /// All that is wrong with it, or the newcomer.
  Reading read() {
    List<String> wrong = new ArrayList<>();
    Set<String> read = new TreeSet<>();
    for (String group : groups.strip().split("[\\s|]+", -1)) {
      if (!group.isEmpty()) {
        read.add(group);
      }
    }
    complain(wrong, Person.validName(name), "staff.name", name);
    complain(
        wrong,
        !displayName.isBlank() && displayName.length() <= LONGEST_DISPLAY_NAME,
        "staff.full-name",
        displayName);
    complain(
        wrong,
        email.matches("[^\\s@]+@[^\\s@]+") && email.length() <= LONGEST_EMAIL,
        "staff.email",
        email);
    complain(wrong, language.equals("en") || language.equals("fr"), "staff.language", language);
    complain(
        wrong,
        read.size() <= MOST_GROUPS && read.stream().allMatch(group -> group.length() <= 64),
        "staff.groups",
        groups);
    return wrong.isEmpty()
        ? new Reading.Right(
            new Newcomer(
                name,
                displayName.strip(),
                email,
                new TreeSet<>(read),
                language.equals("fr") ? Language.FR : Language.EN))
        : new Reading.Wrong(wrong);
  }

  private static void complain(List<String> wrong, boolean right, String key, String found) {
    if (!right) {
      wrong.add(Texts.say(key, Plain.of(found)));
    }
  }

  /// As a proposed act has it.
  static Json json(Newcomer newcomer) {
    return Json.object(
        "name",
        newcomer.name(),
        "displayName",
        newcomer.displayName(),
        "email",
        newcomer.email(),
        "groups",
        List.copyOf(newcomer.groups()),
        "language",
        newcomer.language().tag());
  }
}
