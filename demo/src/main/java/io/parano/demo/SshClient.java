package io.parano.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The machine's own `ssh`, with somebody's key and certificates in a folder of theirs.
public final class SshClient {
  private static final String HOST_BANNER = "SSH-2.0-";
  private static final int PATIENCE_SECONDS = 10;

  private final Path folder;
  private final Way way;

  private SshClient(Path folder, Way way) {
    this.folder = folder;
    this.way = way;
  }

  /// @param jump the jump host
  /// @param name under which it is certified
  /// @param host behind it
  public record Way(InetSocketAddress jump, String name, InetSocketAddress host) {}

  public static boolean isInstalled() {
    String path = System.getenv("PATH");
    List<String> folders = path == null ? List.of() : Arrays.asList(path.split(":", -1));
    return List.of("ssh", "ssh-keygen").stream()
        .allMatch(program ->
            folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
  }

  /// With a key made now, and the authority of hosts as Parano tells it.
  public static SshClient of(Path folder, Way way, String hostAuthority) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("known_hosts"), "@cert-authority " + way.name() + " " + hostAuthority);
    run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key");
    return new SshClient(folder, way);
  }

  public String publicKey() throws IOException {
    return Files.readString(folder.resolve("key.pub")).strip();
  }

  /// Keeps the certificate for the jump host under a name.
  public void keep(Json certified, String name) throws IOException {
    for (Json one : certified.list("certificates")) {
      if (one.text("for").equals("jump")) {
        Files.writeString(folder.resolve(name), one.text("certificate") + "\n");
        return;
      }
    }
    throw new IOException("no certificate for the jump host came");
  }

  /// A connection to the host behind the jump host; it stays until it is ended.
  public Connection connect(String certificate, InetAddress from) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                "ssh",
                "-F",
                "none",
                "-p",
                Integer.toString(way.jump().getPort()),
                "-l",
                "parano-jump",
                "-b",
                from.getHostAddress(),
                "-i",
                folder.resolve("key").toString(),
                "-o",
                "CertificateFile=" + folder.resolve(certificate),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "IdentityAgent=none",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                "-o",
                "GlobalKnownHostsFile=/dev/null",
                "-o",
                "HostKeyAlias=" + way.name(),
                "-o",
                "StrictHostKeyChecking=yes",
                "-W",
                way.host().getAddress().getHostAddress() + ":" + way.host().getPort(),
                way.jump().getAddress().getHostAddress())
            .redirectError(folder.resolve("ssh.log").toFile())
            .start();
    String first =
        new String(
            process.getInputStream().readNBytes(HOST_BANNER.length()), StandardCharsets.US_ASCII);
    boolean open = first.equals(HOST_BANNER);
    if (!open) {
      process.destroy();
    }
    return new Connection(process, Verdict.of(open, Cast.since(start)));
  }

  /// @param verdict granted when the host was heard
  public record Connection(Process process, Verdict verdict) implements AutoCloseable {
    public boolean isOpen() {
      return process.isAlive();
    }

    public boolean endsWithin(Duration patience) throws IOException {
      try {
        return process.waitFor(patience);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  private static void run(Path folder, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            command[0] + ": " + Files.readString(folder.resolve("output.log")).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
