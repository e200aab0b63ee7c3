package io.parano.config;

import io.parano.document.Fields;
import io.parano.document.Node;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads where traces go. In the clear to loopback alone: they tell when somebody signs in.
final class TracesReader {
  private static final Pattern COLLECTOR =
      Pattern.compile(
          "(https://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])|http://(127(\\.[0-9]{1,3}){3}|\\[::1]))"
              + "(:[1-9][0-9]{0,4})?((/[A-Za-z0-9._~-]+)*/?)");
  private static final int MOST = 255;
  private static final int ALL = 100;

  private final Scalars scalars;

  TracesReader(Scalars scalars) {
    this.scalars = scalars;
  }

  Optional<TracesPlace> read(Node node) {
    Fields fields = Fields.of(node, Keys.TRACES, scalars.mistakes());
    Optional<URI> collector =
        fields.need("collector").flatMap(scalars.values()::text).flatMap(this::collector);
    int percent =
        fields
            .get("percent")
            .flatMap(number -> scalars.values().number(number, 1, ALL))
            .orElse(ALL);
    return collector.map(at -> new TracesPlace(at, percent));
  }

  private Optional<URI> collector(Node.Scalar scalar) {
    return scalars
        .values()
        .matching(
            scalar, COLLECTOR.pattern(), MOST, ConfigurationMistake.TRACES_COLLECTOR_MALFORMED)
        .map(URI::create);
  }
}
