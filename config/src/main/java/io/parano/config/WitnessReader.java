package io.parano.config;

import io.parano.audit.CosignatureKey;
import io.parano.config.Configuration.WitnessPlace;
import io.parano.document.Fields;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads who witnesses the log. Over a network a witness is known by its certificate: somebody on
/// the way could otherwise answer with what it said before the log grew.
final class WitnessReader {
  /// A path is there for witnesses that serve several; no query, no user.
  private static final Pattern URL =
      Pattern.compile(
          "(https?)://(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(:[1-9][0-9]{0,4})?((?:/[A-Za-z0-9._~-]+)*)");

  private static final List<IpPrefix> LOOPBACK =
      List.of(IpPrefix.parse("127.0.0.0/8"), IpPrefix.parse("::1/128"));

  private final Scalars scalars;
  private final Mistakes mistakes;
  private final Set<String> names = new HashSet<>();

  WitnessReader(Scalars scalars) {
    this.scalars = scalars;
    this.mistakes = scalars.mistakes();
  }

  List<WitnessPlace> read(Node node) {
    List<WitnessPlace> places = new ArrayList<>();
    for (Node item : scalars.items(node)) {
      place(item).ifPresent(places::add);
    }
    return places;
  }

  private Optional<WitnessPlace> place(Node node) {
    Fields fields = Fields.of(node, Keys.WITNESSES, mistakes);
    Optional<Node.Scalar> text = fields.need("url").flatMap(scalars.values()::text);
    Optional<URI> url = text.flatMap(this::url);
    Optional<CosignatureKey> key =
        fields.need("key").flatMap(scalars.values()::text).flatMap(this::key);
    Optional<Node> pin = fields.get("certificate");
    Optional<Digest> certificate =
        pin.flatMap(scalars.values()::text).flatMap(one -> Fingerprints.read(one, mistakes));
    url.ifPresent(at -> {
      boolean secured = "https".equals(at.getScheme());
      if (secured && pin.isEmpty()) {
        mistakes.add(text.orElseThrow(), ConfigurationMistake.WITNESS_UNPINNED, at.toString());
      }
      if (!secured && !isLoopback(at)) {
        mistakes.add(text.orElseThrow(), ConfigurationMistake.WITNESS_IN_THE_CLEAR, at.toString());
      }
      if (!secured) {
        fields.refuseBeside("http", List.of("certificate"));
      }
    });
    return url.flatMap(
        at -> key.map(believed -> new WitnessPlace(at, believed, certificate.orElse(null))));
  }

  private Optional<URI> url(Node.Scalar scalar) {
    Matcher matcher = URL.matcher(scalar.text());
    if (matcher.matches()
        && (matcher.group(3) == null
            || Integer.parseInt(matcher.group(3).substring(1)) <= 65_535)) {
      return Optional.of(URI.create(scalar.text()));
    }
    mistakes.add(scalar, ConfigurationMistake.WITNESS_URL_MALFORMED, scalar.text());
    return Optional.empty();
  }

  private static boolean isLoopback(URI url) {
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    try {
      IpAddress address = IpAddress.parse(host);
      return LOOPBACK.stream().anyMatch(own -> own.contains(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<CosignatureKey> key(Node.Scalar scalar) {
    try {
      CosignatureKey key = CosignatureKey.parse(scalar.text());
      if (!names.add(key.name())) {
        mistakes.add(scalar, ConfigurationMistake.WITNESS_TWICE, key.name());
      }
      return Optional.of(key);
    } catch (IllegalArgumentException e) {
      mistakes.add(
          scalar, ConfigurationMistake.WITNESS_KEY_MALFORMED, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
