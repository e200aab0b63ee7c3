package io.parano.witness;

import io.parano.audit.NoteKey;
import io.parano.audit.WatchedLog;
import io.parano.document.Fields;
import io.parano.document.Flaw;
import io.parano.document.Mistake;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import io.parano.document.Yaml;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a witness's configuration, and tells all that is wrong with it.
final class WitnessSetupReader {
  static final List<String> TOP = List.of("version", "key", "state", "listen", "logs");
  static final List<String> LISTEN = List.of("tcp", "tls");
  static final List<String> TLS = List.of("certificate", "key");
  static final List<String> LOGS = List.of("origin", "key");

  private static final Pattern ENDPOINT =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+)):([0-9]{1,5})");
  private static final List<IpPrefix> LOOPBACK =
      List.of(IpPrefix.parse("127.0.0.0/8"), IpPrefix.parse("::1/128"));

  private final Mistakes mistakes = new Mistakes();
  private final Values values = new Values(mistakes);
  private final Path folder;

  WitnessSetupReader(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  private record Listen(InetSocketAddress address, Optional<WitnessSetup.Tls> tls) {}

  WitnessSetup.Reading read(String document) {
    Fields top = Fields.of(Yaml.read(document, mistakes), TOP, mistakes);
    top.need("version").ifPresent(this::version);
    Optional<Path> key = top.need("key").flatMap(this::path);
    Optional<Path> state = top.need("state").flatMap(this::path);
    Optional<Listen> listen = top.need("listen").flatMap(this::listen);
    List<WatchedLog> logs = top.need("logs").map(this::logs).orElse(List.of());
    List<Mistake> told = mistakes.list();
    return told.isEmpty()
        ? new WitnessSetup.Reading.Read(
            new WitnessSetup(
                key.orElseThrow(),
                state.orElseThrow(),
                listen.orElseThrow().address(),
                listen.orElseThrow().tls().orElse(null),
                logs))
        : new WitnessSetup.Reading.Mistaken(told);
  }

  private void version(Node node) {
    boolean known =
        node instanceof Node.Scalar scalar
            && scalar.kind() == Node.Kind.WHOLE_NUMBER
            && scalar.text().equals("1");
    if (!known && !(node instanceof Node.Broken)) {
      mistakes.add(node, WitnessMistake.VERSION_UNKNOWN, node.shown());
    }
  }

  private Optional<Path> path(Node node) {
    return values
        .text(node)
        .flatMap(scalar -> {
          try {
            if (!scalar.text().isBlank()) {
              return Optional.of(folder.resolve(scalar.text()).normalize());
            }
          } catch (InvalidPathException e) {
            // Told below, like an empty one.
          }
          mistakes.add(scalar, WitnessMistake.PATH_MALFORMED, scalar.text());
          return Optional.empty();
        });
  }

  private Optional<Listen> listen(Node node) {
    Fields fields = Fields.of(node, LISTEN, mistakes);
    Optional<Node> given = fields.get("tls");
    Optional<WitnessSetup.Tls> tls = given.flatMap(this::tls);
    Optional<Node.Scalar> text = fields.need("tcp").flatMap(values::text);
    Optional<InetSocketAddress> address = text.flatMap(this::address);
    address
        .filter(at -> given.isEmpty() && !isLoopback(at))
        .ifPresent(at ->
            mistakes.add(
                text.orElseThrow(), WitnessMistake.TLS_MISSING, text.orElseThrow().text()));
    return address.map(at -> new Listen(at, tls));
  }

  private static boolean isLoopback(InetSocketAddress address) {
    IpAddress ip = IpAddress.parse(address.getHostString());
    return LOOPBACK.stream().anyMatch(own -> own.contains(ip));
  }

  /// Never a host name: where a witness listens is not for a name server to say.
  private Optional<InetSocketAddress> address(Node.Scalar scalar) {
    Matcher matcher = ENDPOINT.matcher(scalar.text());
    if (matcher.matches() && Integer.parseInt(matcher.group(3)) <= 65_535) {
      String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      try {
        InetAddress literal = InetAddress.ofLiteral(IpAddress.parse(host).toString());
        return Optional.of(
            new InetSocketAddress(
                InetAddress.getByAddress(literal.getHostAddress(), literal.getAddress()),
                Integer.parseInt(matcher.group(3))));
      } catch (IllegalArgumentException | UnknownHostException e) {
        // Told below: it looked like an address and is none.
      }
    }
    mistakes.add(scalar, WitnessMistake.ADDRESS_MALFORMED, scalar.text());
    return Optional.empty();
  }

  private Optional<WitnessSetup.Tls> tls(Node node) {
    Fields fields = Fields.of(node, TLS, mistakes);
    Optional<Path> certificate = fields.need("certificate").flatMap(this::path);
    Optional<Path> key = fields.need("key").flatMap(this::path);
    return certificate.flatMap(chain -> key.map(file -> new WitnessSetup.Tls(chain, file)));
  }

  private List<WatchedLog> logs(Node node) {
    return switch (node) {
      case Node.Sequence sequence -> {
        if (sequence.items().isEmpty()) {
          mistakes.add(node, Flaw.LIST_EMPTY);
        }
        Set<String> seen = new HashSet<>();
        yield sequence.items().stream().flatMap(item -> log(item, seen).stream()).toList();
      }
      case Node.Broken _ -> List.of();
      case Node.Scalar _, Node.Mapping _ -> {
        mistakes.add(node, Flaw.LIST_EXPECTED, node.shown());
        yield List.of();
      }
    };
  }

  private Optional<WatchedLog> log(Node node, Set<String> seen) {
    Fields fields = Fields.of(node, LOGS, mistakes);
    Optional<String> origin = fields.need("origin").flatMap(values::text).flatMap(this::origin);
    origin.ifPresent(name -> {
      if (!seen.add(name)) {
        mistakes.add(fields.get("origin").orElseThrow(), WitnessMistake.ORIGIN_TWICE, name);
      }
    });
    Optional<NoteKey> key = fields.need("key").flatMap(values::text).flatMap(this::key);
    return origin.flatMap(name -> key.map(believed -> new WatchedLog(name, believed)));
  }

  private Optional<String> origin(Node.Scalar scalar) {
    return values.matching(scalar, "[^\\s\\p{Cntrl}]+", 255, WitnessMistake.ORIGIN_MALFORMED);
  }

  private Optional<NoteKey> key(Node.Scalar scalar) {
    try {
      return Optional.of(NoteKey.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      mistakes.add(scalar, WitnessMistake.KEY_MALFORMED, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
