package io.parano.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// The only place that knows the YAML library. It works on parser events rather than on a loaded
/// document: events carry line and column, keep duplicate keys apart, and construct nothing.
///
/// Refused beyond bad syntax: anchors, aliases and tags (what a document says must be readable
/// where it stands), more than one document, depth and size beyond what anybody writes by hand.
public final class Yaml {
  /// In characters: a policy of more than 4,000 rules, and little enough to hold in memory as
  /// events.
  public static final int MAX_LENGTH = 512 * 1024;

  /// A policy is four levels deep, a configuration three.
  private static final int MAX_DEPTH = 8;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setLabel("document")
          .setUseMarks(true)
          .setParseComments(false)
          .setCodePointLimit(MAX_LENGTH)
          .build();
  private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();
  private static final Map<Tag, Node.Kind> KINDS =
      Map.of(
          Tag.NULL, Node.Kind.NOTHING,
          Tag.BOOL, Node.Kind.TRUTH,
          Tag.INT, Node.Kind.WHOLE_NUMBER,
          Tag.FLOAT, Node.Kind.NUMBER);

  private final Mistakes mistakes;
  private final List<Event> events = new ArrayList<>();
  private int next;

  private Yaml(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /// The one document in `text`; a [Node.Broken], with the mistake told, when there is none.
  public static Node read(String text, Mistakes mistakes) {
    Node nothing = new Node.Broken(1, 1);
    if (text.length() > MAX_LENGTH) {
      mistakes.add(
          nothing, Flaw.TOO_LARGE, Integer.toString(text.length()), Integer.toString(MAX_LENGTH));
      return nothing;
    }
    Yaml yaml = new Yaml(mistakes);
    return switch (yaml.gather(text)) {
      case BROKEN -> nothing;
      case WHOLE -> yaml.node();
    };
  }

  private enum Gathered {
    BROKEN,
    WHOLE
  }

  /// Collects the events of the one document, and stops at the first that can't belong to it.
  private Gathered gather(String text) {
    try {
      int documents = 0;
      int depth = 0;
      ParserImpl parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
      while (parser.hasNext()) {
        Event event = parser.next();
        switch (event) {
          case DocumentStartEvent _ -> documents++;
          case CollectionStartEvent _ -> depth++;
          case CollectionEndEvent _ -> depth--;
          default -> {}
        }
        if (documents > 1) {
          return broken(event, Flaw.SEVERAL_DOCUMENTS);
        }
        if (depth > MAX_DEPTH) {
          return broken(event, Flaw.TOO_DEEP, Integer.toString(MAX_DEPTH));
        }
        if (event instanceof NodeEvent || event instanceof CollectionEndEvent) {
          events.add(event);
        }
      }
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      String problem = Objects.requireNonNullElse(e.getProblem(), "");
      mistakes.add(broken(mark), Flaw.YAML_MALFORMED, problem);
      return Gathered.BROKEN;
    } catch (ReaderException e) {
      mistakes.add(
          place(text, e.getPosition()),
          Flaw.CHARACTER_REFUSED,
          String.format("U+%04X", e.getCodePoint()));
      return Gathered.BROKEN;
    } catch (YamlEngineException e) {
      mistakes.add(
          new Node.Broken(1, 1),
          Flaw.YAML_MALFORMED,
          Objects.requireNonNullElse(e.getMessage(), ""));
      return Gathered.BROKEN;
    }
    if (events.isEmpty()) {
      mistakes.add(new Node.Broken(1, 1), Flaw.EMPTY);
      return Gathered.BROKEN;
    }
    return Gathered.WHOLE;
  }

  private Gathered broken(Event at, Mistake.Kind kind, String... arguments) {
    mistakes.add(broken(at.getStartMark()), kind, arguments);
    return Gathered.BROKEN;
  }

  private Node node() {
    Event event = events.get(next++);
    Node.Broken place = broken(event.getStartMark());
    if (event instanceof AliasEvent alias) {
      mistakes.add(place, Flaw.ALIAS, "*" + alias.getAlias());
      return place;
    }
    if (event instanceof NodeEvent node) {
      node.getAnchor().ifPresent(name -> mistakes.add(place, Flaw.ANCHOR, "&" + name));
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar, place);
      case SequenceStartEvent start -> sequence(start, place);
      case MappingStartEvent start -> mapping(start, place);
      default -> throw new IllegalStateException("no node starts with " + event);
    };
  }

  private Node scalar(ScalarEvent event, Node.Broken place) {
    refuseTag(event.getTag(), place);
    Tag tag = RESOLVER.resolve(event.getValue(), event.getImplicit().canOmitTagInPlainScalar());
    Node.Kind kind = KINDS.getOrDefault(tag, Node.Kind.TEXT);
    return new Node.Scalar(event.getValue(), kind, place.line(), place.column());
  }

  private Node sequence(CollectionStartEvent start, Node.Broken place) {
    refuseTag(start.getTag(), place);
    List<Node> items = new ArrayList<>();
    while (!(events.get(next) instanceof CollectionEndEvent)) {
      items.add(node());
    }
    next++;
    return new Node.Sequence(items, place.line(), place.column());
  }

  private Node mapping(CollectionStartEvent start, Node.Broken place) {
    refuseTag(start.getTag(), place);
    List<Node.Entry> entries = new ArrayList<>();
    while (!(events.get(next) instanceof CollectionEndEvent)) {
      Node key = node();
      entries.add(new Node.Entry(key, node()));
    }
    next++;
    return new Node.Mapping(entries, place.line(), place.column());
  }

  private void refuseTag(Optional<String> tag, Node.Broken place) {
    tag.ifPresent(name -> mistakes.add(place, Flaw.TAG, name));
  }

  private static Node.Broken broken(Optional<Mark> mark) {
    return mark.map(at -> new Node.Broken(at.getLine() + 1, at.getColumn() + 1))
        .orElseGet(() -> new Node.Broken(1, 1));
  }

  /// Where the character at `position` (in code points) of `text` stands.
  private static Node.Broken place(String text, int position) {
    int[] points = text.codePoints().limit(position).toArray();
    int line = 1;
    int column = 1;
    for (int point : points) {
      column = point == '\n' ? 1 : column + 1;
      line += point == '\n' ? 1 : 0;
    }
    return new Node.Broken(line, column);
  }
}
