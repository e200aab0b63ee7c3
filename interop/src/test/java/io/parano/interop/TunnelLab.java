package io.parano.interop;

import io.parano.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Two machines in network namespaces, each with a real wireguard-go interface, and a helper of
/// ours beside the first. Interfaces have names that nobody else has: their sockets lie in one
/// folder for the whole machine.
final class TunnelLab implements AutoCloseable {
  static final String SERVER = "10.88.0.1";
  static final String DEVICE = "10.88.0.2";

  /// Of the first machine's interface, as the second reaches it.
  static final String ENDPOINT = "10.77.0.1:51820";

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final List<String> NEEDED =
      List.of("ip", "wg", "wg-quick", "wireguard-go", "nft", "ping");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String server;
  private final String device;
  private final String office;
  private final String home;
  final Path socket;
  final String deviceKey;
  final String serverKey;

  private TunnelLab(Path folder) throws IOException {
    this.folder = folder;
    String id =
        Long.toString(ProcessHandle.current().pid(), 36)
            + Integer.toString(NUMBERS.incrementAndGet(), 36);
    this.server = "ws" + id;
    this.device = "wc" + id;
    this.office = "pws" + id;
    this.home = "pwc" + id;
    this.socket = folder.resolve("helper.sock");
    String veth = "pv" + id;
    run("ip", "netns", "add", office);
    run("ip", "netns", "add", home);
    run(
        "ip", "link", "add", veth, "netns", office, "type", "veth", "peer", "name", veth, "netns",
        home);
    run("ip", "-n", office, "addr", "add", "10.77.0.1/24", "dev", veth);
    run("ip", "-n", home, "addr", "add", "10.77.0.2/24", "dev", veth);
    for (String one : List.of(office, home)) {
      run("ip", "-n", one, "link", "set", "lo", "up");
      run("ip", "-n", one, "link", "set", veth, "up");
    }
    serverKey = key("server");
    deviceKey = key("device");
    carry(office, server);
    carry(home, device);
    run(
        "wg",
        "set",
        server,
        "private-key",
        folder.resolve("server").toString(),
        "listen-port",
        "51820");
    run("wg", "set", device, "private-key", folder.resolve("device").toString());
    run("ip", "-n", office, "addr", "add", SERVER + "/24", "dev", server);
    run("ip", "-n", office, "link", "set", server, "up");
    run("ip", "-n", home, "addr", "add", DEVICE + "/24", "dev", device);
    run("ip", "-n", home, "link", "set", device, "up");
  }

  /// What is missing here; empty when all is there.
  static String missing() {
    if (!System.getProperty("user.name").equals("root")) {
      return "root";
    }
    return String.join(
        " ",
        NEEDED.stream()
            .filter(name ->
                Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                    .noneMatch(place -> Files.isExecutable(Path.of(place, name))))
            .toList());
  }

  static TunnelLab open(Path folder) throws IOException {
    return new TunnelLab(folder);
  }

  private void carry(String namespace, String name) throws IOException {
    start("ip", "netns", "exec", namespace, "wireguard-go", "-f", name);
    await("wireguard-go", () -> listens(uapi(name)));
  }

  private static boolean listens(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }

  private static Path uapi(String name) {
    return Path.of("/var/run/wireguard", name + ".sock");
  }

  private String key(String name) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, said("wg", "genkey"));
    return said("sh", "-c", "wg pubkey < " + file).strip();
  }

  /// A pre-shared key, fresh.
  String secret() throws IOException {
    return said("wg", "genpsk").strip();
  }

  /// The helper's own command, in the first machine's network.
  Process helper(String way) throws IOException {
    Process helper =
        java(
            List.of("ip", "netns", "exec", office),
            "io.parano.app.Main",
            "vpn-helper",
            "--interface",
            server,
            "--network",
            "10.88.0.0/24",
            "--socket",
            socket.toString(),
            "--user",
            "root",
            "--through",
            way);
    await("the helper", () -> listens(socket));
    return helper;
  }

  /// A server with one lease, the device's; returns when its peer was let through.
  Process renewing(long seconds, String... secret) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of(socket.toString(), deviceKey, DEVICE, Long.toString(seconds)));
    arguments.addAll(List.of(secret));
    Process process = java(List.of(), Renewing.class.getName(), arguments.toArray(String[]::new));
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); !"up".equals(line); line = said.readLine()) {
      if (line == null) {
        throw new IOException("the server did not come up: " + all);
      }
      all.append(line).append('\n');
    }
    return process;
  }

  private Process java(List<String> before, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(JavaCommand.of(main, arguments));
    return start(command.toArray(String[]::new));
  }

  /// The device's program, with this pre-shared key and no session of before.
  void dial(String secret) throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, secret);
    run("wg", "set", device, "peer", serverKey, "remove");
    run(
        "wg",
        "set",
        device,
        "peer",
        serverKey,
        "preshared-key",
        file.toString(),
        "endpoint",
        ENDPOINT,
        "allowed-ips",
        "10.88.0.0/24");
  }

  /// The device's program, with a configuration as a person pastes it: all of it, beside the line
  /// of the private key that is there.
  void configure(String text) throws IOException {
    Path file = folder.resolve(device + ".conf");
    String privateKey = "PrivateKey = " + Files.readString(folder.resolve("device")).strip();
    Files.writeString(file, text.replace("[Interface]", "[Interface]\n" + privateKey));
    Path stripped = folder.resolve("stripped");
    Files.writeString(stripped, said("wg-quick", "strip", file.toString()));
    run("wg", "set", device, "peer", serverKey, "remove");
    run("wg", "setconf", device, stripped.toString());
  }

  /// Whether the server answers the device within `seconds`.
  boolean pings(String seconds) {
    return ping(home, SERVER, seconds);
  }

  boolean pingsBack(String seconds) {
    return ping(office, DEVICE, seconds);
  }

  private static boolean ping(String namespace, String address, String seconds) {
    try {
      Process process =
          new ProcessBuilder(
                  "ip", "netns", "exec", namespace, "ping", "-c1", "-W" + seconds, address)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean reaches() {
    return awaited(Duration.ofSeconds(20), () -> pings("1"));
  }

  /// How long after now a ping was sent that was still answered.
  Duration lastAnswer() {
    long begun = System.nanoTime();
    long last = begun;
    for (int missed = 0; missed < 3; ) {
      long sent = System.nanoTime();
      if (pings("0.3")) {
        last = sent;
        missed = 0;
      } else {
        missed++;
      }
      if (sent - begun > TimeUnit.SECONDS.toNanos(15)) {
        return Duration.ofNanos(sent - begun);
      }
    }
    return Duration.ofNanos(last - begun);
  }

  /// Whether the device is a peer of the server's interface.
  boolean isPeer() {
    try {
      return said("wg", "show", server, "peers").contains(deviceKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String interfaceName() {
    return server;
  }

  /// A peer that nobody leased, as root can make one.
  void letByHand(String secret) throws IOException {
    Path file = folder.resolve("by-hand");
    Files.writeString(file, secret);
    run(
        "wg",
        "set",
        server,
        "peer",
        deviceKey,
        "preshared-key",
        file.toString(),
        "allowed-ips",
        DEVICE + "/32");
  }

  void flushRules() throws IOException {
    run("ip", "netns", "exec", office, "nft", "flush", "ruleset");
  }

  String rules() throws IOException {
    return said("ip", "netns", "exec", office, "nft", "list", "ruleset");
  }

  /// Loads a ruleset of a file, as the machine does at its start.
  void load(Path rules) throws IOException {
    run("ip", "netns", "exec", office, "nft", "-f", rules.toString());
  }

  static void kill(Process process) {
    process.destroyForcibly().onExit().join();
  }

  static boolean awaited(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private static void await(String what, BooleanSupplier condition) throws IOException {
    if (!awaited(Duration.ofSeconds(30), condition)) {
      throw new IOException(what + " did not come up");
    }
  }

  private Process start(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                command[command.length - 1].startsWith("w") && command[0].equals("ip")
                    ? ProcessBuilder.Redirect.DISCARD
                    : ProcessBuilder.Redirect.PIPE)
            .start();
    processes.add(process);
    return process;
  }

  private static String said(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + complaint);
    }
    return said;
  }

  private static void run(String... command) throws IOException {
    var _ = said(command);
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.destroyForcibly().onExit().join();
    }
    for (String one : List.of(office, home)) {
      run("ip", "netns", "del", one);
    }
    for (String one : List.of(server, device)) {
      Files.deleteIfExists(uapi(one));
    }
  }
}
