package io.parano.config;

import io.parano.config.ConfigurationReading.Holder;
import io.parano.config.ConfigurationReading.Mention;
import io.parano.config.ConfigurationReading.Wanted;
import io.parano.document.Fields;
import io.parano.document.Flaw;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.web.Site;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the single values of a configuration. What can't be read is told and left empty.
final class Scalars {
  private static final Pattern ENDPOINT =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+)):([1-9][0-9]{0,4})");

  /// What fits into `sun_path` of Linux beside its final zero (unix(7)); macOS has four less.
  private static final int LONGEST_SOCKET = 107;

  private static final String TITLE = "\\P{Cntrl}{1,64}";

  private final Mistakes mistakes;
  private final Values values;
  private final Path folder;
  private final List<Mention> mentions = new ArrayList<>();

  /// @param folder what relative paths start from
  Scalars(Mistakes mistakes, Path folder) {
    this.mistakes = mistakes;
    this.values = new Values(mistakes);
    this.folder = folder.toAbsolutePath().normalize();
  }

  record Endpoint(String host, int port) {}

  Mistakes mistakes() {
    return mistakes;
  }

  Values values() {
    return values;
  }

  List<Mention> mentions() {
    return mentions;
  }

  Optional<Path> path(Node node) {
    return values.text(node).flatMap(this::path);
  }

  /// A path for a Unix socket.
  Optional<Path> socket(Node node) {
    Optional<Path> path = path(node);
    path.map(Path::toString)
        .filter(text -> text.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET)
        .ifPresent(text ->
            mistakes.add(
                node,
                ConfigurationMistake.SOCKET_TOO_LONG,
                text,
                Integer.toString(LONGEST_SOCKET)));
    return path;
  }

  /// A file that must be there when the server starts.
  Optional<Path> file(Node node, Wanted wanted) {
    return file(node, wanted, Holder.AUTHORITY);
  }

  /// One that must be there when the door does.
  Optional<Path> doorFile(Node node, Wanted wanted) {
    return file(node, wanted, Holder.DOOR);
  }

  private Optional<Path> file(Node node, Wanted wanted, Holder holder) {
    Optional<Path> path = path(node);
    path.ifPresent(
        file -> mentions.add(new Mention(file, wanted, holder, node.line(), node.column())));
    return path;
  }

  private Optional<Path> path(Node.Scalar scalar) {
    try {
      if (!scalar.text().isBlank() && scalar.text().indexOf('\0') < 0) {
        return Optional.of(folder.resolve(scalar.text()).normalize());
      }
    } catch (InvalidPathException e) {
      // Told below, like an empty one.
    }
    mistakes.add(scalar, ConfigurationMistake.PATH_MALFORMED, scalar.text());
    return Optional.empty();
  }

  Optional<Endpoint> endpoint(Node node) {
    return values.text(node).flatMap(this::endpoint);
  }

  private Optional<Endpoint> endpoint(Node.Scalar scalar) {
    Matcher matcher = ENDPOINT.matcher(scalar.text());
    if (matcher.matches() && Integer.parseInt(matcher.group(3)) <= 65_535) {
      String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      try {
        return Optional.of(
            new Endpoint(IpAddress.parse(host).toString(), Integer.parseInt(matcher.group(3))));
      } catch (IllegalArgumentException e) {
        // Told below: it looked like an address and is none.
      }
    }
    mistakes.add(scalar, ConfigurationMistake.ADDRESS_MALFORMED, scalar.text());
    return Optional.empty();
  }

  /// A web origin. What is near is the same with `https` and without a path.
  Optional<Site> origin(Node node) {
    return values.text(node).flatMap(this::origin);
  }

  private Optional<Site> origin(Node.Scalar scalar) {
    try {
      return Optional.of(Site.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      mistakes.addNear(
          scalar,
          ConfigurationMistake.ORIGIN_MALFORMED,
          nearestOrigin(scalar.text()).orElse(null),
          scalar.text());
      return Optional.empty();
    }
  }

  private static Optional<String> nearestOrigin(String text) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "https://" + text);
      if (uri.getRawAuthority() == null) {
        return Optional.empty();
      }
      return Optional.of(Site.parse("https://" + uri.getRawAuthority()).toString());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<IpPrefix> network(Node.Scalar scalar) {
    try {
      return Optional.of(IpPrefix.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      mistakes.add(scalar, ConfigurationMistake.NETWORK_MALFORMED, scalar.text());
      return Optional.empty();
    }
  }

  /// A name for people: 1 to 64 characters that print.
  Optional<String> title(Node node) {
    return values
        .text(node)
        .flatMap(text -> values.matching(text, TITLE, 64, ConfigurationMistake.NAME_MALFORMED));
  }

  <T> Optional<T> word(Node node, Map<String, T> words) {
    Collection<String> valid = new TreeSet<>(words.keySet());
    return values
        .text(node)
        .flatMap(text -> values.oneOf(text, valid, Flaw.VALUE_UNKNOWN))
        .flatMap(word -> Optional.ofNullable(words.get(word)));
  }

  /// The items of a list with at least one; an empty list is a mistake.
  List<Node> items(Node node) {
    return switch (node) {
      case Node.Sequence sequence -> {
        if (sequence.items().isEmpty()) {
          mistakes.add(node, Flaw.LIST_EMPTY);
        }
        yield sequence.items();
      }
      case Node.Broken _ -> List.of();
      case Node.Scalar _, Node.Mapping _ -> {
        mistakes.add(node, Flaw.LIST_EXPECTED, node.shown());
        yield List.of();
      }
    };
  }

  /// The value of the one key among `keys` that is given; none or several is a mistake.
  Optional<String> oneKey(Node at, Fields fields, List<String> keys) {
    List<String> given = keys.stream().filter(key -> fields.get(key).isPresent()).toList();
    if (given.size() == 1) {
      return Optional.of(given.getFirst());
    }
    if (at instanceof Node.Mapping) {
      mistakes.add(at, ConfigurationMistake.ONE_OF_KEYS, String.join(", ", keys));
    }
    return Optional.empty();
  }
}
