package io.parano.demo;

import io.parano.kernel.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// What can be tried through the tunnel of a colleague's own device: 2013's own step.
final class LeaseAttacks {
  /// A public key of X25519 is what its encoding ends with (RFC 8410 section 4).
  private static final int KEY = 32;

  private final Cast cast;
  private final TunnelKeeper helper;

  LeaseAttacks(Cast cast, TunnelKeeper helper) {
    this.cast = cast;
    this.helper = helper;
  }

  List<Step> steps() {
    return List.of(colleaguesTunnel());
  }

  /// Mei's tunnel is up, and Hugo's password and key are right: but the tunnel is not his.
  private Step colleaguesTunnel() {
    Employee hugo = cast.employee("hugo.martin");
    Employee mei = cast.employee("mei.tanaka");
    InetAddress inside = Networks.MEIS_TUNNEL;
    return Step.of(
            "vpn-of-colleague",
            Reason.LEASE_OF_OTHER_PERSON,
            inside,
            () -> {
              opened(mei, inside);
              return cast.reachBackOffice(hugo, cast.keyOf(hugo), inside);
            },
            inside,
            () -> cast.reachBackOffice(mei, cast.keyOf(mei), inside))
        .at("vpn");
  }

  /// A device of theirs, enrolled before two officers.
  static void enrol(Cast cast, Employee employee, InetAddress inside) throws IOException {
    String act =
        cast.firstOfficer()
            .propose(
                Json.object(
                    "kind",
                    "enrol-device",
                    "person",
                    employee.name(),
                    "label",
                    "laptop",
                    "device",
                    "wireguard",
                    "key",
                    deviceKey(),
                    "address",
                    inside.getHostAddress()));
    Visitor.good(cast.signFirst(act));
    Visitor.good(cast.signSecond(act));
  }

  /// The tunnel of their enrolled device, opened from home by touch and password.
  void opened(Employee employee, InetAddress inside) throws IOException {
    Json armed =
        cast.at(Networks.HOME)
            .openTunnel(employee.name(), cast.keyOf(employee), employee.password());
    String told = "\nAddress = " + inside.getHostAddress() + "/32\n";
    if (!armed.text("configuration").contains(told) || !helper.stands(inside)) {
      throw new IOException("the tunnel of " + employee.name() + " does not stand");
    }
  }

  boolean stands(InetAddress inside) {
    return helper.stands(inside);
  }

  /// The private half is on the device, which the demo has no use for.
  private static String deviceKey() throws IOException {
    try {
      byte[] encoded =
          KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic().getEncoded();
      return Base64.getEncoder()
          .encodeToString(Arrays.copyOfRange(encoded, encoded.length - KEY, encoded.length));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("there is no X25519 here", e);
    }
  }
}
