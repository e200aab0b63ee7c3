package io.parano.config;

import io.parano.config.Configuration.ProofSource;
import io.parano.config.Configuration.Proxy;
import io.parano.config.ConfigurationReading.Wanted;
import io.parano.document.Fields;
import io.parano.document.Mistakes;
import io.parano.document.Nearest;
import io.parano.document.Node;
import io.parano.kernel.IpPrefix;
import io.parano.web.Dialect;
import io.parano.web.Listener;
import io.parano.web.TrustedProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads the proxies that are believed.
final class ProxyReader {
  private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
  private static final Map<String, TrustedProxy.Hops> HOPS =
      Map.of("replaced", TrustedProxy.Hops.ONE, "appended", TrustedProxy.Hops.LAST);
  private static final Map<String, Dialect> KINDS =
      Map.of(
          "nginx", Dialect.AUTH_REQUEST,
          "haproxy", Dialect.AUTH_REQUEST,
          "traefik", Dialect.FORWARD_AUTH,
          "caddy", Dialect.FORWARD_AUTH,
          "envoy", Dialect.EXT_AUTHZ,
          "envoy-grpc", Dialect.CHECK);
  private static final List<String> PROOFS = List.of("secret-file", "certificate", "unix");

  private final Scalars scalars;
  private final Mistakes mistakes;
  private final Set<String> hosts;
  private final Set<Path> sockets = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private boolean grpc;

  /// @param hosts all hosts a proxy may speak for
  ProxyReader(Scalars scalars, Set<String> hosts, List<Listener> listeners) {
    this.scalars = scalars;
    this.mistakes = scalars.mistakes();
    this.hosts = new TreeSet<>(hosts);
    listeners.forEach(this::note);
  }

  private void note(Listener listener) {
    switch (listener) {
      case Listener.Socket(Path path) -> sockets.add(path);
      case Listener.Tcp _ -> {}
      case Listener.Grpc(Listener on) -> {
        grpc = true;
        note(on);
      }
    }
  }

  List<Proxy> read(Node node) {
    List<Proxy> proxies = new ArrayList<>();
    for (Node item : scalars.items(node)) {
      proxy(item).ifPresent(proxies::add);
    }
    return proxies;
  }

  private Optional<Proxy> proxy(Node node) {
    Fields fields = Fields.of(node, Keys.PROXIES, mistakes);
    Optional<String> name = fields.need("name").flatMap(scalars.values()::text).flatMap(this::name);
    List<IpPrefix> addresses =
        fields
            .get("addresses")
            .map(list -> scalars.values().list(list, scalars::network))
            .orElse(List.of());
    Optional<ProofSource> proof =
        scalars.oneKey(node, fields, PROOFS).flatMap(key -> proof(key, fields));
    if (fields.get("unix").isPresent()) {
      fields.refuseBeside("unix", List.of("addresses"));
    } else if (fields.get("addresses").isEmpty() && node instanceof Node.Mapping) {
      mistakes.add(node, ConfigurationMistake.ADDRESSES_MISSING);
    }
    Set<String> spokenFor =
        fields
            .get("hosts")
            .map(list -> Set.copyOf(scalars.values().list(list, this::host)))
            .orElse(Set.copyOf(hosts));
    TrustedProxy.Hops hops =
        fields
            .get("forwarded-for")
            .flatMap(word -> scalars.word(word, HOPS))
            .orElse(TrustedProxy.Hops.ONE);
    Dialect dialect = fields.get("kind").flatMap(this::kind).orElse(Dialect.AUTH_REQUEST);
    boolean traces = fields.get("own-traceparent").flatMap(scalars.values()::truth).orElse(false);
    return name.flatMap(known ->
        proof.map(shown -> new Proxy(known, addresses, shown, spokenFor, dialect, hops, traces)));
  }

  private Optional<Dialect> kind(Node node) {
    Optional<Dialect> dialect = scalars.word(node, KINDS);
    if (dialect.equals(Optional.of(Dialect.CHECK)) && !grpc) {
      mistakes.add(node, ConfigurationMistake.GRPC_NOWHERE);
    }
    return dialect;
  }

  private Optional<String> name(Node.Scalar scalar) {
    if (!names.add(scalar.text())) {
      mistakes.add(scalar, ConfigurationMistake.PROXY_TWICE, scalar.text());
    }
    return scalars.values().matching(scalar, NAME, 64, ConfigurationMistake.NAME_MALFORMED);
  }

  private Optional<String> host(Node.Scalar scalar) {
    return scalars.values().oneOf(scalar, hosts, ConfigurationMistake.HOST_UNKNOWN);
  }

  private Optional<ProofSource> proof(String key, Fields fields) {
    Node node = fields.get(key).orElseThrow();
    return switch (key) {
      case "secret-file" -> scalars.doorFile(node, Wanted.SECRET).map(ProofSource.SecretFile::new);
      case "certificate" ->
          scalars
              .values()
              .text(node)
              .flatMap(text -> Fingerprints.read(text, mistakes))
              .map(ProofSource.Certificate::new);
      default -> scalars.path(node).flatMap(path -> socket(node, path));
    };
  }

  private Optional<ProofSource> socket(Node node, Path path) {
    if (sockets.contains(path)) {
      return Optional.of(new ProofSource.Socket(path));
    }
    List<String> known = sockets.stream().map(Path::toString).sorted().toList();
    mistakes.addNear(
        node,
        ConfigurationMistake.SOCKET_UNKNOWN,
        Nearest.to(path.toString(), known),
        path.toString());
    return Optional.empty();
  }
}
