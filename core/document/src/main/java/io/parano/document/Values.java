package io.parano.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads single values and lists. What can't be read is told and left empty: a document with a
/// mistake is never used, so nothing is decided from what is missing.
public final class Values {
  private final Mistakes mistakes;

  public Values(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /// A text, and not a number, a truth value or nothing, which YAML would tell apart from it.
  public Optional<Node.Scalar> text(Node node) {
    return switch (node) {
      case Node.Scalar scalar when scalar.kind() == Node.Kind.TEXT -> Optional.of(scalar);
      case Node.Broken _ -> Optional.empty();
      case Node.Scalar _, Node.Sequence _, Node.Mapping _ -> {
        mistakes.add(node, Flaw.TEXT_EXPECTED, node.shown());
        yield Optional.empty();
      }
    };
  }

  public Optional<Boolean> truth(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.TRUTH) {
      return Optional.of(Boolean.parseBoolean(scalar.text()));
    }
    if (!(node instanceof Node.Broken)) {
      mistakes.add(node, Flaw.TRUTH_EXPECTED, node.shown());
    }
    return Optional.empty();
  }

  /// A list of at least one text, no two alike, each read by `item`, which tells its own mistakes.
  public <T> List<T> list(Node node, Function<Node.Scalar, Optional<T>> item) {
    List<T> read = new ArrayList<>();
    switch (node) {
      case Node.Sequence sequence -> {
        if (sequence.items().isEmpty()) {
          mistakes.add(node, Flaw.LIST_EMPTY);
        }
        Set<String> seen = new HashSet<>();
        for (Node member : sequence.items()) {
          Optional<Node.Scalar> text = text(member);
          text.filter(scalar -> !seen.add(scalar.text()))
              .ifPresent(twice -> mistakes.add(twice, Flaw.ENTRY_TWICE, twice.text()));
          text.flatMap(item).ifPresent(read::add);
        }
      }
      case Node.Broken _ -> {}
      case Node.Scalar _, Node.Mapping _ -> mistakes.add(node, Flaw.LIST_EXPECTED, node.shown());
    }
    return read;
  }

  /// One of `valid`.
  public Optional<String> oneOf(
      Node.Scalar scalar, Collection<String> valid, Mistake.Kind otherwise) {
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
  public Optional<String> matching(
      Node.Scalar scalar, String pattern, int longest, Mistake.Kind otherwise) {
    if (scalar.text().length() <= longest && scalar.text().matches(pattern)) {
      return Optional.of(scalar.text());
    }
    mistakes.add(scalar, otherwise, scalar.text());
    return Optional.empty();
  }

  /// A whole number from `least` to `most`.
  public Optional<Integer> number(Node node, int least, int most) {
    if (node instanceof Node.Scalar scalar
        && scalar.kind() == Node.Kind.WHOLE_NUMBER
        && scalar.text().matches("0|[1-9][0-9]{0,8}")) {
      int number = Integer.parseInt(scalar.text());
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    }
    if (!(node instanceof Node.Broken)) {
      mistakes.add(
          node,
          Flaw.NUMBER_EXPECTED,
          Integer.toString(least),
          Integer.toString(most),
          node.shown());
    }
    return Optional.empty();
  }
}
