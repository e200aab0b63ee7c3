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
  private final @Nullable WireGuardPlace place;
  private final @Nullable WireGuardDoor door;

  /// @param place null where there is no WireGuard
  WireGuardStart(@Nullable WireGuardPlace place, InstantSource clock) {
    this.place = place;
    this.door =
        place == null ? null : new WireGuardDoor(new WireGuardConfig(place.helper()), clock);
  }

  /// What carries the tunnels of enrolled devices; null where nothing does.
  @Nullable Carrier carrier() {
    return door == null || place == null ? null : new Carrier(place.server(), door);
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
  /// @param arming null where nothing carries tunnels
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
