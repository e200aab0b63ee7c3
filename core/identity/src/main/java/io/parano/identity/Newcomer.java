package io.parano.identity;

import io.parano.kernel.Canonical;
import io.parano.kernel.Language;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Somebody to be admitted to the staff.
public record Newcomer(
    String name, String displayName, String email, SortedSet<String> groups, Language language) {
  public Newcomer {
    if (!Person.validName(name)) {
      throw new IllegalArgumentException(
          "expected a sign-in name of 1 to 64 characters a-z 0-9 . _ -, found \"" + name + "\"");
    }
    Legible.line("a display name", displayName, 128);
    Legible.email(email);
    groups.forEach(Legible::group);
    groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
  }

  /// Those of one act, who have different names.
  static List<Newcomer> together(List<Newcomer> newcomers) {
    long names = newcomers.stream().map(Newcomer::name).distinct().count();
    if (newcomers.isEmpty() || names < newcomers.size()) {
      throw new IllegalArgumentException(
          "expected newcomers with different names, found "
              + newcomers.stream().map(Newcomer::name).toList());
    }
    return List.copyOf(newcomers);
  }

  Canonical canonical() {
    return Canonical.object()
        .put("name", name)
        .put("displayName", displayName)
        .put("email", email)
        .put("groups", groups)
        .put("language", language.tag());
  }
}
