package io.parano.access;

import io.parano.kernel.DeviceId;
import io.parano.kernel.Digest;
import io.parano.kernel.PersonId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The passwords of devices in memory, found by their digest. Changed only by [Books].
public final class DevicePasswords {
  private final Map<DeviceId, DevicePassword> byId = new ConcurrentHashMap<>();
  private final Map<Digest, DevicePassword> byDigest = new ConcurrentHashMap<>();

  DevicePasswords() {}

  public @Nullable DevicePassword with(DeviceId id) {
    return byId.get(id);
  }

  @Nullable DevicePassword with(Digest digest) {
    return byDigest.get(digest);
  }

  Collection<DevicePassword> all() {
    return byId.values();
  }

  /// In the order in which they were made.
  List<DevicePassword> of(PersonId person) {
    return byId.values().stream()
        .filter(device -> device.person().equals(person))
        .sorted(Comparator.comparing(DevicePassword::madeAt))
        .toList();
  }

  /// What takes all of somebody's away.
  List<Change> drops(PersonId person) {
    return of(person).stream()
        .<Change>map(device -> new Change.DropDevicePassword(device.id()))
        .toList();
  }

  void put(DevicePassword device) {
    byId.put(device.id(), device);
    byDigest.put(device.digest(), device);
  }

  void drop(DeviceId id) {
    DevicePassword gone = byId.remove(id);
    if (gone != null) {
      byDigest.remove(gone.digest());
    }
  }
}
