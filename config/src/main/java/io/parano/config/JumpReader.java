package io.parano.config;

import io.parano.document.Fields;
import io.parano.document.Node;
import io.parano.kernel.IpAddress;
import io.parano.ssh.JumpConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads where the jump host is.
final class JumpReader {
  /// What a certificate of a host may name: names and addresses in lower case.
  private static final String NAME = "[a-z0-9:.-]+";

  private static final int LONGEST_NAME = 253;

  private final Scalars scalars;

  JumpReader(Scalars scalars) {
    this.scalars = scalars;
  }

  Optional<JumpConfig> read(Node node) {
    Fields fields = Fields.of(node, Keys.SSH_JUMP, scalars.mistakes());
    Optional<Scalars.Endpoint> endpoint = fields.need("tcp").flatMap(scalars::endpoint);
    List<String> names = fields.need("names").map(this::names).orElse(List.of());
    List<IpAddress> from = fields.need("from").map(this::sources).orElse(List.of());
    return endpoint.map(
        at -> new JumpConfig(at.host(), at.port(), names, from, JumpConfig.Limits.usual()));
  }

  private List<String> names(Node node) {
    return scalars.items(node).stream()
        .flatMap(item -> scalars.values().text(item).stream())
        .flatMap(text ->
            scalars
                .values()
                .matching(text, NAME, LONGEST_NAME, ConfigurationMistake.JUMP_NAME_MALFORMED)
                .stream())
        .toList();
  }

  private List<IpAddress> sources(Node node) {
    List<IpAddress> sources = new ArrayList<>();
    Set<Boolean> families = new HashSet<>();
    for (Node item : scalars.items(node)) {
      Optional<Node.Scalar> text = scalars.values().text(item);
      text.flatMap(this::source)
          .ifPresent(source -> {
            sources.add(source);
            if (!families.add(source.isV4())) {
              scalars
                  .mistakes()
                  .add(
                      text.orElseThrow(),
                      ConfigurationMistake.JUMP_SOURCE_TWICE,
                      source.toString());
            }
          });
    }
    return sources;
  }

  private Optional<IpAddress> source(Node.Scalar scalar) {
    try {
      return Optional.of(IpAddress.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      scalars.mistakes().add(scalar, ConfigurationMistake.JUMP_SOURCE_MALFORMED, scalar.text());
      return Optional.empty();
    }
  }
}
