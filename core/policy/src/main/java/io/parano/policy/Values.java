package io.parano.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads single values and lists. What can't be read is told and left empty: a document with a
/// mistake never becomes a policy, so nothing is decided from what is missing.
final class Values {
  private final Mistakes mistakes;

  Values(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /// A text, and not a number, a truth value or nothing, which YAML would tell apart from it.
  Optional<Node.Scalar> text(Node node) {
    return switch (node) {
      case Node.Scalar scalar when scalar.kind() == Node.Kind.TEXT -> Optional.of(scalar);
      case Node.Broken _ -> Optional.empty();
      case Node.Scalar _, Node.Sequence _, Node.Mapping _ -> {
        mistakes.add(node, MistakeKind.TEXT_EXPECTED, node.shown());
        yield Optional.empty();
      }
    };
  }

  Optional<Boolean> truth(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.TRUTH) {
      return Optional.of(Boolean.parseBoolean(scalar.text()));
    }
    if (!(node instanceof Node.Broken)) {
      mistakes.add(node, MistakeKind.TRUTH_EXPECTED, node.shown());
    }
    return Optional.empty();
  }

  /// A list of at least one text, no two alike, each read by `item`, which tells its own mistakes.
  <T> List<T> list(Node node, Function<Node.Scalar, Optional<T>> item) {
    List<T> read = new ArrayList<>();
    switch (node) {
      case Node.Sequence sequence -> {
        if (sequence.items().isEmpty()) {
          mistakes.add(node, MistakeKind.LIST_EMPTY);
        }
        Set<String> seen = new HashSet<>();
        for (Node member : sequence.items()) {
          Optional<Node.Scalar> text = text(member);
          text.filter(scalar -> !seen.add(scalar.text()))
              .ifPresent(twice -> mistakes.add(twice, MistakeKind.ENTRY_TWICE, twice.text()));
          text.flatMap(item).ifPresent(read::add);
        }
      }
      case Node.Broken _ -> {}
      case Node.Scalar _, Node.Mapping _ ->
          mistakes.add(node, MistakeKind.LIST_EXPECTED, node.shown());
    }
    return read;
  }

  /// One of `valid`.
  Optional<String> oneOf(Node.Scalar scalar, Collection<String> valid, MistakeKind otherwise) {
    if (valid.contains(scalar.text())) {
      return Optional.of(scalar.text());
    }
    mistakes.addNear(
        scalar,
        otherwise,
        Nearest.to(scalar.text(), valid),
        scalar.text(),
        String.join(", ", valid));
    return Optional.empty();
  }

  /// A text of at most `longest` characters that matches `pattern`.
  Optional<String> matching(
      Node.Scalar scalar, String pattern, int longest, MistakeKind otherwise) {
    if (scalar.text().length() <= longest && scalar.text().matches(pattern)) {
      return Optional.of(scalar.text());
    }
    mistakes.add(scalar, otherwise, scalar.text());
    return Optional.empty();
  }

  Optional<Duration> duration(Node node) {
    Optional<Node.Scalar> text = text(node);
    Optional<Duration> duration = text.flatMap(scalar -> Durations.parse(scalar.text()));
    if (text.isPresent() && duration.isEmpty()) {
      mistakes.add(node, MistakeKind.DURATION_MALFORMED, text.get().text());
    }
    if (duration.isPresent() && duration.get().compareTo(Durations.LONGEST) > 0) {
      mistakes.add(
          node,
          MistakeKind.DURATION_TOO_LONG,
          Durations.write(duration.get()),
          Durations.write(Durations.LONGEST));
    }
    return duration;
  }
}
