package io.parano.app;

import io.parano.access.Lever;
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
import java.util.ArrayList;
import java.util.List;

/**
 * A whole server that drives one OpenVPN server and is asked over RADIUS by another, in a process
 * of its own, to be stopped and killed. Paul has a token of one-time passwords, and he and Bea have
 * a device each. It says some one-time passwords, serves, and cuts whom it is told.
 */
record OpenVpnProcess(Process process, BufferedReader said, List<String> otps)
    implements AutoCloseable {
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
        tunnels: { networks: [10.78.0.0/24, 10.79.0.0/24], leased: true }
        homes: [10.77.0.0/24]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      vpn:
        - { name: outside, server: vpn-1, groups: [staff], device: enrolled }
        - { name: homes, server: vpn-2, groups: [staff], zones: [homes] }
      """;

  /**
   * @param namespace the network that it listens in
   * @param certificates of Paul's device and of Bea's
   */
  static OpenVpnProcess start(
      String namespace, Path folder, Path socket, Path helper, List<String> certificates)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ip",
                "netns",
                "exec",
                namespace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                OpenVpnProcess.class.getName(),
                folder.toString(),
                socket.toString(),
                helper.toString()));
    command.addAll(certificates);
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolveSibling("parano.log").toFile())
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> otps = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals("serving")) {
        return new OpenVpnProcess(process, said, otps);
      }
      if (line.startsWith("otp ")) {
        otps.add(line.substring(4));
      }
    }
    throw new IOException("the server ended");
  }

  String otp() {
    return otps.removeFirst();
  }

  /** What each door said of it. */
  String cut(String name) throws IOException {
    process.getOutputStream().write((name + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return String.valueOf(said.readLine());
  }

  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + name);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
            new OpenVpnConfig(
                "vpn-1",
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                "255.255.255.0",
                Language.EN,
                "https://auth.example.com/vpn/confirm"));
    List<String> people = List.of("paul", "bea");
    for (int i = 0; i < people.size(); i++) {
      staffed.admit(people.get(i));
      var _ =
          staffed.executed(
              new Act.EnrolDevice(
                  staffed.server.books().roster().named(people.get(i)).orElseThrow().id(),
                  "laptop",
                  Device.Kind.OPENVPN,
                  Device.Kind.OPENVPN.read(arguments[3 + i]),
                  IpAddress.parse("10.78.0." + (7 + i))),
              "olga",
              "otto");
    }
    staffed.importToken("paul");
    for (int i = 0; i < PRESSED; i++) {
      System.out.println("otp " + staffed.token.press());
    }
    System.out.println("serving");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = orders.readLine(); name != null; name = orders.readLine()) {
      var person = staffed.server.books().roster().named(name).orElseThrow();
      System.out.println(
          staffed
              .server
              .gate()
              .lever()
              .cut(
                  new Lever.Target.OnePerson(person.id()),
                  "drill",
                  new Lever.By(null, "control", "test"))
              .doors());
    }
  }
}
