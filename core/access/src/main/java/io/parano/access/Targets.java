package io.parano.access;

import io.parano.identity.Person;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.SessionId;
import java.util.Optional;

/// Reads what an operator asks to cut.
public final class Targets {
  private Targets() {}

  /// `person:NAME`, `token:ID`, `vpn-device:ID`, `session:ID`, `network:PREFIX` or `everybody`.
  /// Throws [IllegalArgumentException] that says what was expected and what came.
  public static Lever.Target parse(String order, Roster roster) {
    int colon = order.indexOf(':');
    String kind = colon < 0 ? order : order.substring(0, colon);
    String value = colon < 0 ? "" : order.substring(colon + 1);
    return switch (kind) {
      case "everybody" -> new Lever.Target.Everybody();
      case "network" -> new Lever.Target.OneNetwork(IpPrefix.parse(value));
      case "token" -> new Lever.Target.OneToken(known(order, roster, AuthenticatorId.parse(value)));
      case "vpn-device" -> new Lever.Target.OneDevice(known(order, roster, DeviceId.parse(value)));
      case "session" -> new Lever.Target.OneSession(SessionId.parse(value));
      case "person" -> new Lever.Target.OnePerson(named(value, roster).id());
      default ->
          throw new IllegalArgumentException(
              "expected person:NAME, token:ID, vpn-device:ID, session:ID, network:PREFIX or everybody, found \""
                  + order
                  + "\"");
    };
  }

  private static AuthenticatorId known(String order, Roster roster, AuthenticatorId id) {
    if (roster.token(id) == null && roster.otpToken(id) == null) {
      throw new IllegalArgumentException("no token is known as \"" + order + "\"");
    }
    return id;
  }

  private static DeviceId known(String order, Roster roster, DeviceId id) {
    if (roster.device(id) == null) {
      throw new IllegalArgumentException("no device is known as \"" + order + "\"");
    }
    return id;
  }

  private static Person named(String name, Roster roster) {
    Optional<Person> person = roster.named(name);
    return person.orElseThrow(
        () -> new IllegalArgumentException("nobody on the staff is called \"" + name + "\""));
  }
}
