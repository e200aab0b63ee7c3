package io.parano.app;

import io.parano.access.Admitting;
import io.parano.access.Door;
import io.parano.config.Configuration;
import io.parano.kernel.Randomness;
import io.parano.vpn.OpenVpnConfig;
import io.parano.vpn.OpenVpnDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The part of a server that has to do with OpenVPN's management interface.
record OpenVpnStart(List<OpenVpnDoor> servers) implements AutoCloseable {
  OpenVpnStart {
    servers = List.copyOf(servers);
  }

  static OpenVpnStart of(List<OpenVpnConfig> configs, InstantSource clock, Randomness randomness) {
    return new OpenVpnStart(
        configs.stream().map(config -> new OpenVpnDoor(config, clock, randomness)).toList());
  }

  static List<OpenVpnConfig> configs(Configuration configuration) {
    return configuration.openvpn().stream()
        .map(place ->
            new OpenVpnConfig(
                place.name(),
                place.socket(),
                place.helper(),
                place.netmask(),
                configuration.language(),
                RadiusStart.confirmAt(configuration)))
        .toList();
  }

  /// The doors that the lever tells of a cut.
  List<Door> doors(List<Door> others) {
    List<Door> all = new ArrayList<>(others);
    all.addAll(servers);
    return List.copyOf(all);
  }

  /// Throws [UncheckedIOException] with a sentence for the operator.
  void open(Admitting admitting) {
    for (OpenVpnDoor server : servers) {
      try {
        server.open(admitting);
      } catch (UncheckedIOException e) {
        throw new UncheckedIOException(
            new IOException(Texts.say("start.no-openvpn", server.name(), Refusal.why(e)), e));
      }
    }
  }

  @Override
  public void close() {
    servers.forEach(OpenVpnDoor::close);
  }
}
