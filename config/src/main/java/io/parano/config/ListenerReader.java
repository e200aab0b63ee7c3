package io.parano.config;

import io.parano.config.ConfigurationReading.Wanted;
import io.parano.document.Fields;
import io.parano.document.Node;
import io.parano.web.Listener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads where the door listens.
final class ListenerReader {
  private final Scalars scalars;

  ListenerReader(Scalars scalars) {
    this.scalars = scalars;
  }

  List<Listener> read(Node node) {
    return scalars.items(node).stream().flatMap(item -> listener(item).stream()).toList();
  }

  Optional<Listener.Tcp> admin(Node node) {
    Fields fields = Fields.of(node, Keys.ADMIN, scalars.mistakes());
    return fields.need("tcp").flatMap(endpoint -> tcp(endpoint, fields, Keys.TLS));
  }

  /// One of those where mail servers ask.
  Optional<Listener.Tcp> mail(Node node) {
    Fields fields = Fields.of(node, Keys.MAIL_LISTEN, scalars.mistakes());
    return fields.need("tcp").flatMap(endpoint -> tcp(endpoint, fields, Keys.MAIL_TLS));
  }

  private Optional<Listener> listener(Node node) {
    Fields fields = Fields.of(node, Keys.LISTEN, scalars.mistakes());
    boolean grpc = fields.get("grpc").flatMap(scalars.values()::truth).orElse(false);
    return scalars
        .oneKey(node, fields, List.of("tcp", "unix"))
        .flatMap(key ->
            key.equals("unix")
                ? socket(fields)
                : fields.get("tcp").flatMap(endpoint -> tcp(endpoint, fields, Keys.TLS)))
        .map(listener -> grpc ? new Listener.Grpc(listener) : listener);
  }

  private Optional<Listener> socket(Fields fields) {
    fields.refuseBeside("unix", List.of("tls"));
    return fields.get("unix").flatMap(scalars::socket).map(Listener.Socket::new);
  }

  private Optional<Listener.Tcp> tcp(Node node, Fields fields, List<String> keys) {
    Optional<Node> wanted = fields.get("tls");
    Optional<Listener.Tls> tls = wanted.flatMap(files -> tls(files, keys));
    Optional<Scalars.Endpoint> endpoint = scalars.endpoint(node);
    if (wanted.isPresent() && tls.isEmpty()) {
      return Optional.empty();
    }
    return endpoint.map(at -> new Listener.Tcp(at.host(), at.port(), tls.orElse(null)));
  }

  private Optional<Listener.Tls> tls(Node node, List<String> keys) {
    Fields fields = Fields.of(node, keys, scalars.mistakes());
    Optional<Path> certificate =
        fields.need("certificate").flatMap(file -> scalars.doorFile(file, Wanted.PUBLIC));
    Optional<Path> key = fields.need("key").flatMap(file -> scalars.doorFile(file, Wanted.SECRET));
    boolean asks =
        keys.contains("ask-client")
            && fields.get("ask-client").flatMap(scalars.values()::truth).orElse(false);
    return certificate.flatMap(chain -> key.map(file -> new Listener.Tls(chain, file, asks)));
  }
}
