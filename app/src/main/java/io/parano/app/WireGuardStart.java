package io.parano.app;

import io.parano.access.Arming;
import io.parano.access.Carrier;
import io.parano.access.Door;
import io.parano.config.WireGuardPlace;
import io.parano.vpn.WireGuardConfig;
import io.parano.vpn.WireGuardDoor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a server that has to do with WireGuard.
final class WireGuardStart implements AutoCloseable {
  private final @Nullable WireGuardDoor door;
  private final @Nullable Carrier carrier;

  /// @param place null where there is no WireGuard
  WireGuardStart(@Nullable WireGuardPlace place, InstantSource clock) {
    this.door =
        place == null ? null : new WireGuardDoor(new WireGuardConfig(place.helper()), clock);
    this.carrier =
        place == null || door == null
            ? null
            : new Carrier(
                place.server(),
                new Carrier.End(place.endpoint(), place.publicKey(), place.routes()),
                door,
                place.networks());
  }

  /// What carries the tunnels; null where there are none.
  @Nullable Carrier carrier() {
    return carrier;
  }

  /// The doors that the lever tells of a cut.
  List<Door> doors(List<Door> others) {
    if (door == null) {
      return others;
    }
    List<Door> all = new ArrayList<>(others);
    all.add(door);
    return List.copyOf(all);
  }

  /// A helper that does not answer keeps nobody else out: the door asks it again and again.
  ///
  /// @param arming which leases are live; null where nothing carries tunnels
  void open(@Nullable Arming arming) {
    if (door != null && arming != null) {
      door.open(arming::live);
    }
  }

  String gauges() {
    return door == null ? "" : door.gauges();
  }

  @Override
  public void close() {
    if (door != null) {
      door.close();
    }
  }
}
