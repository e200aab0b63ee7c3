package io.parano.config;

import io.parano.config.ConfigurationReading.Wanted;
import io.parano.config.RadiusPlace.MessageAuthenticator;
import io.parano.document.Fields;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads which VPN servers may ask through RADIUS.
final class RadiusReader {
  private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
  private static final Map<String, MessageAuthenticator> WORDS =
      Map.of("required", MessageAuthenticator.REQUIRED, "exempt", MessageAuthenticator.EXEMPT);
  private static final List<IpPrefix> LOOPBACK =
      List.of(IpPrefix.parse("127.0.0.0/8"), IpPrefix.parse("::1/128"));

  /// A name of a host, in lower case, without wildcards.
  private static final String CERTIFIED =
      "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*";

  /// What the sealer adds, and a secret of one character.
  private static final int LEAST_SEALED = 16;

  private final Scalars scalars;
  private final Mistakes mistakes;
  private final Set<String> names;
  private final Map<IpPrefix, String> owners = new HashMap<>();
  private final List<IpPrefix> tunnels = new ArrayList<>();
  private boolean hasRadsec;

  /// @param names of VPN servers, to which it adds those that it reads
  RadiusReader(Scalars scalars, Set<String> names) {
    this.scalars = scalars;
    this.names = names;
    this.mistakes = scalars.mistakes();
  }

  Optional<RadiusPlace> read(Node node) {
    Fields fields = Fields.of(node, Keys.RADIUS, mistakes);
    Optional<RadiusPlace.At> access = fields.need("access").flatMap(this::at);
    Optional<RadiusPlace.At> accounting = fields.need("accounting").flatMap(this::at);
    Optional<RadiusPlace.RadSec> radsec = fields.get("radsec").flatMap(this::radsec);
    hasRadsec = fields.get("radsec").isPresent();
    fields
        .get("tunnels")
        .ifPresent(list -> tunnels.addAll(scalars.values().list(list, scalars::network)));
    List<RadiusPlace.Client> clients =
        fields
            .need("clients")
            .map(list ->
                scalars.items(list).stream().flatMap(item -> client(item).stream()).toList())
            .orElse(List.of());
    return access.flatMap(asked ->
        accounting.map(
            told -> new RadiusPlace(asked, told, radsec.orElse(null), tunnels, clients)));
  }

  private Optional<RadiusPlace.RadSec> radsec(Node node) {
    Fields fields = Fields.of(node, Keys.RADSEC, mistakes);
    Optional<RadiusPlace.At> tcp = fields.need("tcp").flatMap(this::at);
    Optional<Path> certificate =
        fields.need("certificate").flatMap(file -> scalars.file(file, Wanted.PUBLIC));
    Optional<Path> key = fields.need("key").flatMap(file -> scalars.file(file, Wanted.SECRET));
    Optional<Path> authority =
        fields.need("authority").flatMap(file -> scalars.file(file, Wanted.PUBLIC));
    return tcp.flatMap(at ->
        certificate.flatMap(chain ->
            key.flatMap(
                own -> authority.map(trusted -> new RadiusPlace.RadSec(at, chain, own, trusted)))));
  }

  private Optional<RadiusPlace.Client> client(Node node) {
    Fields fields = Fields.of(node, Keys.RADIUS_CLIENTS, mistakes);
    Optional<String> name = fields.need("name").flatMap(scalars.values()::text).flatMap(this::name);
    List<IpPrefix> addresses =
        fields
            .need("addresses")
            .map(list -> scalars.values().list(list, scalar -> network(scalar, name)))
            .orElse(List.of());
    boolean overTls = fields.get("radsec").isPresent();
    Optional<String> radsec =
        fields.get("radsec").flatMap(scalars.values()::text).flatMap(this::certified);
    if (overTls) {
      fields.refuseBeside("radsec", List.of("message-authenticator"));
    }
    Optional<RadiusPlace.At> disconnect = fields.get("disconnect").flatMap(this::at);
    // Tunnels are ended over UDP, whatever the server asks over.
    boolean wantsSecret = !overTls || disconnect.isPresent();
    Optional<Bytes> secret =
        (wantsSecret ? fields.need("secret") : fields.get("secret"))
            .flatMap(scalars.values()::text)
            .flatMap(this::sealed);
    MessageAuthenticator wanted =
        fields
            .get("message-authenticator")
            .flatMap(word -> exempt(word, addresses))
            .orElse(MessageAuthenticator.REQUIRED);
    if ((wantsSecret && secret.isEmpty()) || (overTls && radsec.isEmpty())) {
      return Optional.empty();
    }
    return name.map(known ->
        new RadiusPlace.Client(
            known,
            addresses,
            secret.orElse(null),
            radsec.orElse(null),
            wanted,
            disconnect.orElse(null)));
  }

  private Optional<RadiusPlace.At> at(Node node) {
    return scalars.endpoint(node).map(found -> new RadiusPlace.At(found.host(), found.port()));
  }

  private Optional<String> name(Node.Scalar scalar) {
    if (!names.add(scalar.text())) {
      mistakes.add(scalar, ConfigurationMistake.RADIUS_CLIENT_TWICE, scalar.text());
    }
    return scalars.values().matching(scalar, NAME, 64, ConfigurationMistake.NAME_MALFORMED);
  }

  private Optional<String> certified(Node.Scalar scalar) {
    if (!hasRadsec) {
      mistakes.add(scalar, ConfigurationMistake.RADIUS_RADSEC_NOWHERE);
    }
    return scalars
        .values()
        .matching(scalar, CERTIFIED, 253, ConfigurationMistake.RADIUS_CERTIFICATE_NAME_MALFORMED);
  }

  /// A packet's address says under which secret it is read, so that it is one client's.
  private Optional<IpPrefix> network(Node.Scalar scalar, Optional<String> name) {
    Optional<IpPrefix> read = scalars.network(scalar);
    read.ifPresent(network -> {
      String other = owners.putIfAbsent(network, name.orElse("?"));
      if (other != null) {
        mistakes.add(scalar, ConfigurationMistake.RADIUS_ADDRESS_TWICE, scalar.text(), other);
      }
    });
    return read;
  }

  private Optional<Bytes> sealed(Node.Scalar scalar) {
    try {
      Bytes sealed = Bytes.fromBase64Url(scalar.text());
      if (sealed.length() > LEAST_SEALED) {
        return Optional.of(sealed);
      }
    } catch (IllegalArgumentException e) {
      // Told below, and never shown: it may be the secret itself.
    }
    mistakes.add(scalar, ConfigurationMistake.RADIUS_SECRET_UNSEALED);
    return Optional.empty();
  }

  /// Without one, whoever is on the way forges answers (CVE-2024-3596): nobody may be on the way.
  private Optional<MessageAuthenticator> exempt(Node node, List<IpPrefix> addresses) {
    Optional<MessageAuthenticator> word = scalars.word(node, WORDS);
    if (word.equals(Optional.of(MessageAuthenticator.EXEMPT))) {
      addresses.stream()
          .filter(network -> !isSafe(network, tunnels))
          .forEach(network ->
              mistakes.add(
                  node, ConfigurationMistake.RADIUS_EXEMPT_IN_THE_CLEAR, network.toString()));
    }
    return word;
  }

  private static boolean within(IpPrefix network, IpPrefix own) {
    return network.bits() >= own.bits() && own.contains(network.first());
  }

  /// Whether nobody is on the way of all of `network`.
  static boolean isSafe(IpPrefix network, List<IpPrefix> tunnels) {
    return Stream.concat(LOOPBACK.stream(), tunnels.stream()).anyMatch(own -> within(network, own));
  }
}
