package io.parano.app;

import io.parano.identity.Act;
import io.parano.identity.Device;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import io.parano.vpn.OpenVpnConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole server that drives two OpenVPN servers, one for enrolled devices and one with a pool of
 * addresses, and is asked over RADIUS by a third, in a process of its own, to be stopped and
 * killed. Paul has a token of one-time passwords, and he and Bea have a device each. It says some
 * one-time passwords, serves, and tries from which addresses somebody can sign in.
 */
final class OpenVpnProcess {
  static final String SHARED = "a-secret-of-this-test";
  static final String PASSWORD = Staffed.PASSWORD + "paul";
  static final String DEVICE = "10.78.0.7";
  static final int ACCESS = 1812;
  private static final int PRESSED = 12;
  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.1/32]
        tunnels: { networks: [10.78.0.0/24, 10.79.0.0/24, 10.80.0.0/24], leased: true }
        homes: [10.77.0.0/24]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      vpn:
        - { name: outside, server: vpn-1, groups: [staff], device: enrolled }
        - { name: homes, server: vpn-2, groups: [staff], zones: [homes] }
        - { name: pool, server: vpn-3, groups: [staff], zones: [homes] }
      """;

  private OpenVpnProcess() {}

  /**
   * @param namespace the network that it listens in
   * @param sockets of the server for enrolled devices, of the one with a pool, and of the first
   *     one's helper
   * @param certificates of Paul's device and of Bea's
   */
  static StaffedProcess start(
      String namespace, Path folder, List<Path> sockets, List<String> certificates)
      throws IOException {
    String[] arguments =
        Stream.concat(sockets.stream().map(Path::toString), certificates.stream())
            .toArray(String[]::new);
    return StaffedProcess.within(
        namespace, folder.resolveSibling("parano.log"), folder, OpenVpnProcess.class, arguments);
  }

  public static void main(String[] arguments) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    RadiusClient client =
        new RadiusClient(
            "vpn-2",
            List.of(IpPrefix.parse("127.0.0.1/32")),
            SharedSecret.of(Secret.ofText(SHARED)),
            Demand.NOTHING,
            null);
    Staffed staffed =
        Staffed.withOpenVpn(
            Path.of(arguments[0]),
            POLICY,
            new RadiusConfig(
                new InetSocketAddress(here, ACCESS),
                new InetSocketAddress(here, ACCESS + 1),
                List.of(client),
                Language.EN),
            List.of(
                driven("vpn-1", arguments[1], Path.of(arguments[3])),
                driven("vpn-3", arguments[2], null)));
    enrol(staffed, "paul", arguments[4], DEVICE);
    enrol(staffed, "bea", arguments[5], "10.78.0.8");
    staffed.importToken("paul");
    for (int i = 0; i < PRESSED; i++) {
      System.out.println("otp " + staffed.token.press());
    }
    System.out.println("serving");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", -1);
      System.out.println(
          switch (words[0]) {
            case "sign-in" -> signedIn(staffed, words[1], IpAddress.parse(words[2]));
            case "lease" -> leased(staffed, IpAddress.parse(words[1]));
            case "sessions" -> sessions(staffed, IpAddress.parse(words[1]));
            default -> throw new AssertionError(order);
          });
    }
  }

  private static OpenVpnConfig driven(String name, String socket, @Nullable Path helper) {
    return new OpenVpnConfig(
        name,
        Path.of(socket),
        helper,
        "255.255.255.0",
        Language.EN,
        "https://auth.example.com/vpn/confirm");
  }

  private static void enrol(Staffed staffed, String name, String certificate, String address)
      throws IOException {
    staffed.admit(name);
    var _ =
        staffed.executed(
            new Act.EnrolDevice(
                staffed.server.books().roster().named(name).orElseThrow().id(),
                "laptop",
                Device.Kind.OPENVPN,
                Device.Kind.OPENVPN.read(certificate),
                IpAddress.parse(address)),
            "olga",
            "otto");
  }

  /** With everything that is theirs. */
  private static String signedIn(Staffed staffed, String name, IpAddress from) {
    try {
      staffed.signIn(name, from);
      return "granted";
    } catch (AssertionError e) {
      return "refused";
    }
  }

  /**
   * Whether somebody holds it, or does within five seconds: a client is up before that is recorded.
   */
  private static String leased(Staffed staffed, IpAddress address) {
    try {
      return Boolean.toString(
          staffed
              .server
              .books()
              .await(books -> books.leases().at(address) != null, Duration.ofSeconds(5)));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** How many live from there. */
  private static String sessions(Staffed staffed, IpAddress from) {
    return Integer.toString(
        staffed
            .server
            .books()
            .sessions()
            .where(session -> session.source().first().equals(from))
            .size());
  }
}
