package io.parano.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a page, as a value. Text is always escaped, attributes are always quoted, and there
/// is no way to pass markup as text: what a person typed can't become an element.
sealed interface Html {
  void write(StringBuilder out);

  /// A text node.
  record Text(String text) implements Html {
    @Override
    public void write(StringBuilder out) {
      escape(text, out);
    }
  }

  /// Pieces one after the other.
  record Many(List<Html> pieces) implements Html {
    public Many {
      pieces = List.copyOf(pieces);
    }

    @Override
    public void write(StringBuilder out) {
      pieces.forEach(piece -> piece.write(out));
    }
  }

  record Attribute(String name, @Nullable String value) {}

  /// An element. Names are ours; values may be anybody's.
  record Element(String name, List<Attribute> attributes, List<Html> content) implements Html {
    public Element {
      attributes = List.copyOf(attributes);
      content = List.copyOf(content);
    }

    Element with(Html... more) {
      return new Element(name, attributes, joined(content, List.of(more)));
    }

    Element with(List<? extends Html> more) {
      return new Element(name, attributes, joined(content, more));
    }

    Element with(String text) {
      return with(new Text(text));
    }

    /// Sets an attribute. Handlers and styles are refused, since the page's policy (CSP) forbids
    /// them, and so are addresses that are neither local nor of the web.
    Element set(String attribute, String value) {
      if (attribute.startsWith("on") || attribute.equals("style") || attribute.equals("srcdoc")) {
        throw new IllegalArgumentException("a page has no attribute \"" + attribute + "\"");
      }
      boolean address =
          attribute.equals("href") || attribute.equals("src") || attribute.equals("action");
      if (address
          && !local(value)
          && !value.startsWith("https://")
          && !value.startsWith("http://")) {
        throw new IllegalArgumentException("no page leads to \"" + value + "\"");
      }
      return new Element(
          name, joined(attributes, List.of(new Attribute(attribute, value))), content);
    }

    Element set(String attribute) {
      return new Element(
          name, joined(attributes, List.of(new Attribute(attribute, null))), content);
    }

    Element id(String id) {
      return set("id", id);
    }

    Element as(String classes) {
      return set("class", classes);
    }

    @Override
    public void write(StringBuilder out) {
      out.append('<').append(name);
      for (Attribute attribute : attributes) {
        out.append(' ').append(attribute.name());
        if (attribute.value() != null) {
          out.append("=\"");
          escape(attribute.value(), out);
          out.append('"');
        }
      }
      out.append('>');
      if (!VOID.contains(name)) {
        content.forEach(piece -> piece.write(out));
        out.append("</").append(name).append('>');
      }
    }

    private static boolean local(String address) {
      return address.startsWith("#")
          || (address.startsWith("/") && !address.startsWith("//") && !address.startsWith("/\\"));
    }
  }

  /// HTML Standard, section 13.1.2.
  List<String> VOID = List.of("br", "hr", "img", "input", "link", "meta");

  static Element tag(String name) {
    return new Element(name, List.of(), List.of());
  }

  static Element tag(String name, String classes) {
    return tag(name).as(classes);
  }

  static Html text(String text) {
    return new Text(text);
  }

  static Html none() {
    return new Many(List.of());
  }

  static Html all(Html... pieces) {
    return new Many(List.of(pieces));
  }

  static Html all(List<? extends Html> pieces) {
    return new Many(List.copyOf(pieces));
  }

  private static <T> List<T> joined(List<T> first, List<? extends T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }
}
