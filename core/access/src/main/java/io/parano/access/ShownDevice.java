package io.parano.access;

import io.parano.identity.Device;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.policy.VpnDecision;
import org.jspecify.annotations.Nullable;

/// The device that showed itself to a VPN server by its client certificate: enrolled for that very
/// person, it stands for the place, wherever it is. The server has verified that whoever is there
/// has the certificate's key, and that it is not out of date.
final class ShownDevice {
  private ShownDevice() {}

  /// The first level of a login to a VPN server.
  static FirstLevel firstLevel(Books books, Admitting.Asked asked) {
    return (person, source, now) -> {
      Reason bySource = Sources.refusal(books, source);
      if (person == null || bySource == Reason.SOURCE_CUT) {
        return bySource;
      }
      Reason byDevice = refusal(books, asked, person.id());
      if (byDevice != null) {
        return byDevice;
      }
      if (of(books, asked, person.id()) == null) {
        return bySource == Reason.SOURCE_UNLISTED && asked.certificate() != null
            ? Reason.DEVICE_UNKNOWN
            : bySource;
      }
      return switch (books
          .policy()
          .policy()
          .decideDevice(asked.server(), person.groups(), source)) {
        case VpnDecision.Refused(var reason, var rule) -> reason;
        case VpnDecision.Allowed allowed -> null;
      };
    };
  }

  /// The one that is enrolled for `person` and counts; null when there is none.
  static @Nullable Device of(Books books, Admitting.Asked asked, PersonId person) {
    Device device = known(books, asked);
    return device != null && refusal(device, person) == null ? device : null;
  }

  /// One that was cut, or is somebody else's, lets nobody in from anywhere: it has changed hands.
  private static @Nullable Reason refusal(Books books, Admitting.Asked asked, PersonId person) {
    Device device = known(books, asked);
    return device == null ? null : refusal(device, person);
  }

  private static @Nullable Reason refusal(Device device, PersonId person) {
    if (!device.active()) {
      return Reason.DEVICE_CUT;
    }
    return device.person().equals(person) ? null : Reason.DEVICE_OF_OTHER_PERSON;
  }

  private static @Nullable Device known(Books books, Admitting.Asked asked) {
    Bytes certificate = asked.certificate();
    return certificate == null
        ? null
        : books
            .roster()
            .deviceWith(certificate)
            .filter(device -> device.kind() == Device.Kind.OPENVPN)
            .orElse(null);
  }
}
