package io.parano.app;

import io.parano.access.Admitting;
import io.parano.access.Door;
import io.parano.config.Configuration;
import io.parano.config.RadiusPlace;
import io.parano.kernel.Bytes;
import io.parano.kernel.Sealer;
import io.parano.keys.Keyset;
import io.parano.radius.Hangups;
import io.parano.radius.RadSec;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radius.RadiusDoor;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import io.parano.witness.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a server that has to do with RADIUS.
final class RadiusStart implements AutoCloseable {
  private final @Nullable RadiusConfig config;
  private final Hangups hangups = new Hangups();
  private volatile @Nullable RadiusDoor door;

  RadiusStart(@Nullable RadiusConfig config) {
    this.config = config;
  }

  /// With the secrets unsealed; null when the configuration says nothing of RADIUS.
  static @Nullable RadiusConfig config(Configuration configuration, Keyset keyset)
      throws IOException {
    RadiusPlace place = configuration.radius();
    if (place == null) {
      return null;
    }
    Sealer sealer = keyset.sealer(new SystemRandomness());
    List<RadiusClient> clients = new ArrayList<>();
    for (RadiusPlace.Client client : place.clients()) {
      RadiusPlace.At disconnect = client.disconnect();
      clients.add(
          new RadiusClient(
              client.name(),
              client.addresses(),
              secret(client, sealer),
              switch (client.messageAuthenticator()) {
                case REQUIRED -> Demand.MESSAGE_AUTHENTICATOR;
                case EXEMPT -> Demand.NOTHING;
              },
              disconnect == null ? null : at(disconnect),
              client.radsec()));
    }
    return new RadiusConfig(
        at(place.access()),
        at(place.accounting()),
        clients,
        configuration.language(),
        radsec(place),
        confirmAt(configuration));
  }

  /// The page where a touch confirms a VPN login.
  static String confirmAt(Configuration configuration) {
    return confirmAt(configuration.signIn().toString());
  }

  static String confirmAt(String signIn) {
    return signIn + "/vpn/confirm";
  }

  private static @Nullable SharedSecret secret(RadiusPlace.Client client, Sealer sealer)
      throws IOException {
    Bytes sealed = client.secret();
    if (sealed == null) {
      return null;
    }
    try {
      return SharedSecret.of(sealer.open(sealed.copy(), client.context()));
    } catch (Sealer.SealBroken e) {
      throw new IOException(Texts.say("radius.sealed-otherwise", client.name()), e);
    }
  }

  private static @Nullable RadSec radsec(RadiusPlace place) throws IOException {
    RadiusPlace.RadSec radsec = place.radsec();
    return radsec == null
        ? null
        : new RadSec(
            at(radsec.tcp()),
            PemFiles.server(radsec.certificate(), radsec.key(), radsec.authority()));
  }

  private static InetSocketAddress at(RadiusPlace.At at) {
    return new InetSocketAddress(InetAddress.ofLiteral(at.host()), at.port());
  }

  /// The doors that the lever tells of a cut.
  List<Door> doors(List<Door> others) {
    if (config == null) {
      return others;
    }
    List<Door> all = new ArrayList<>(others);
    all.add(hangups);
    return List.copyOf(all);
  }

  /// Throws [UncheckedIOException] with a sentence for the operator.
  void open(Admitting admitting) {
    if (config == null) {
      return;
    }
    try {
      door = RadiusDoor.open(config, admitting, hangups);
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(
          new IOException(
              Texts.say(
                  "start.no-radius",
                  config.access().toString(),
                  config.accounting().toString(),
                  Refusal.why(e)),
              e));
    }
  }

  String gauges() {
    RadiusDoor open = door;
    return open == null ? "" : open.gauges();
  }

  @Override
  public void close() {
    RadiusDoor open = door;
    if (open != null) {
      open.close();
    }
  }
}
