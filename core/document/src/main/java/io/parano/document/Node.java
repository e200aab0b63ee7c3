package io.parano.document;

import java.util.List;

/// One value of a YAML document and where it stands. Lines and columns count from one.
public sealed interface Node {
  int line();

  int column();

  /// The value as a person would recognise it in a message, short.
  String shown();

  /// @param kind what YAML 1.2's core schema makes of it
  record Scalar(String text, Kind kind, int line, int column) implements Node {
    @Override
    public String shown() {
      return text.isEmpty() && kind == Kind.NOTHING ? "~" : text;
    }
  }

  record Sequence(List<Node> items, int line, int column) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String shown() {
      return items.isEmpty() ? "[]" : "[…]";
    }
  }

  record Mapping(List<Entry> entries, int line, int column) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String shown() {
      return entries.isEmpty() ? "{}" : "{…}";
    }
  }

  /// Something about which a mistake has been told already; nothing more is to be said of it.
  record Broken(int line, int column) implements Node {
    @Override
    public String shown() {
      return "…";
    }
  }

  record Entry(Node key, Node value) {}

  enum Kind {
    NOTHING,
    TRUTH,
    WHOLE_NUMBER,
    NUMBER,
    TEXT
  }
}
