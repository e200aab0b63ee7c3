package io.parano.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of one mapping, each known and given once; what is not is told on the way.
public final class Fields {
  private final Node at;
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
  private final Mistakes mistakes;

  private Fields(Node at, Mistakes mistakes) {
    this.at = at;
    this.mistakes = mistakes;
  }

  /// The keys of `node`, which may only be some of `valid`.
  public static Fields of(Node node, List<String> valid, Mistakes mistakes) {
    Fields fields = named(node, mistakes);
    for (Map.Entry<String, Node.Entry> entry : fields.entries.entrySet()) {
      if (!valid.contains(entry.getKey())) {
        mistakes.addNear(
            entry.getValue().key(),
            Flaw.KEY_UNKNOWN,
            Nearest.to(entry.getKey(), valid),
            entry.getKey(),
            String.join(", ", valid));
      }
    }
    return fields;
  }

  /// The keys of `node`, which are names that the document chooses.
  public static Fields named(Node node, Mistakes mistakes) {
    Fields fields = new Fields(node, mistakes);
    switch (node) {
      case Node.Mapping mapping -> mapping.entries().forEach(fields::keep);
      case Node.Broken _ -> {}
      case Node.Scalar _, Node.Sequence _ ->
          mistakes.add(node, Flaw.MAPPING_EXPECTED, node.shown());
    }
    return fields;
  }

  private void keep(Node.Entry entry) {
    switch (entry.key()) {
      case Node.Scalar key -> {
        Node.Entry first = entries.putIfAbsent(key.text(), entry);
        if (first != null) {
          String line = Integer.toString(first.key().line());
          mistakes.add(key, Flaw.KEY_TWICE, key.text(), line);
        }
      }
      case Node.Broken _ -> {}
      case Node.Mapping _, Node.Sequence _ ->
          mistakes.add(entry.key(), Flaw.TEXT_EXPECTED, entry.key().shown());
    }
  }

  public Map<String, Node.Entry> all() {
    return entries;
  }

  public Optional<Node> get(String key) {
    return Optional.ofNullable(entries.get(key)).map(Node.Entry::value);
  }

  public Optional<Node> need(String key) {
    Optional<Node> value = get(key);
    if (value.isEmpty() && at instanceof Node.Mapping) {
      mistakes.add(at, Flaw.KEY_MISSING, key);
    }
    return value;
  }

  /// Tells that `key`, where it is given, has no meaning beside `other`.
  public void refuseBeside(String other, List<String> keys) {
    for (String key : keys) {
      Node.Entry entry = entries.get(key);
      if (entry != null) {
        mistakes.add(entry.key(), Flaw.KEY_POINTLESS, key, other);
      }
    }
  }
}
