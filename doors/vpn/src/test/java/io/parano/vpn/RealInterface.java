package io.parano.vpn;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real wireguard-go interface in a network of its own, and that network's `nft`. Its name is
/// nobody else's: such sockets lie in one folder for the whole machine.
final class RealInterface implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final long MOST_SECONDS = 30;

  final String name;
  private final String namespace;
  private final Path folder;
  private final Process carrier;

  private RealInterface(Path folder) throws IOException {
    String id =
        Long.toString(ProcessHandle.current().pid(), 36)
            + Integer.toString(NUMBERS.incrementAndGet(), 36);
    this.name = "wt" + id;
    this.namespace = "pwt" + id;
    this.folder = folder;
    var _ = said("ip", "netns", "add", namespace);
    carrier =
        new ProcessBuilder("ip", "netns", "exec", namespace, "wireguard-go", "-f", name)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!listens()) {
      if (System.nanoTime() > end) {
        throw new IOException("wireguard-go did not come up");
      }
      Thread.onSpinWait();
    }
  }

  private boolean listens() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(UapiSocket.of(name)));
    } catch (IOException e) {
      return false;
    }
  }

  static boolean possible() {
    return System.getProperty("user.name").equals("root")
        && Stream.of("ip", "wg", "wireguard-go", "nft")
            .allMatch(program ->
                Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                    .anyMatch(place -> Files.isExecutable(Path.of(place, program))));
  }

  static RealInterface open(Path folder) throws IOException {
    return new RealInterface(folder);
  }

  /// `nft` as it is in the interface's network.
  Program nft() throws IOException {
    Path script = folder.resolve("nft");
    Files.writeString(
        script,
        "#!/bin/sh\nexec %s netns exec %s %s \"$@\"\n"
            .formatted(Program.named("ip").path(), namespace, Program.named("nft").path()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new Program(script);
  }

  String nft(String... arguments) throws IOException {
    String[] command =
        Stream.concat(Stream.of("ip", "netns", "exec", namespace, "nft"), Stream.of(arguments))
            .toArray(String[]::new);
    return said(command);
  }

  private static String said(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    carrier.destroyForcibly().onExit().join();
    Files.deleteIfExists(UapiSocket.of(name));
    var _ = said("ip", "netns", "del", namespace);
  }
}
