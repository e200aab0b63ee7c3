package io.parano.app;

import io.parano.access.Bootstrap;
import io.parano.argon2.Argon2Pool;
import io.parano.authn.Argon2Parameters;
import io.parano.config.Configuration;
import io.parano.identity.Newcomer;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.keys.KeysetFile;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `parano train`: goes the ways of two starts, as `serve` does it from files, and of some
/// questions, in a folder that is gone afterwards, so that the launcher's AOT cache knows them.
/// What the second start reads, the first has written. Not for people.
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final int QUESTIONS = 2_000;
  private static final String PASSPHRASE = "for training only";
  private static final String POLICY =
      """
      version: 1
      zones: { office: [127.0.0.0/8] }
      rules: [{ name: all, hosts: [app.localhost], zones: [office] }]
      """;
  private static final String QUESTION =
      """
      GET /api/authz/auth-request HTTP/1.1\r
      Host: gate\r
      X-Forwarded-For: 127.0.0.1\r
      X-Original-Method: GET\r
      X-Original-URL: http://app.localhost:8080/\r
      Cookie: __Host-parano=0123456789abcdefghijklmnopqrstuvwxyzABCDEFG\r
      \r
      """;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("parano-train");
    try {
      train(folder);
    } finally {
      delete(folder);
    }
    return ExitCode.DONE;
  }

  private static void train(Path folder) throws IOException {
    Path passphrase =
        Files.createFile(
            folder.resolve("passphrase"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passphrase, PASSPHRASE + "\n");
    Path file = Files.writeString(folder.resolve("parano.yaml"), document());
    Configuration configuration = configuration(file);
    makeKeyset(configuration);
    serve(
        configuration,
        folder,
        (books, randomness, now) -> {
          Bootstrap.begin(
              books, policy(), List.of(officer("one"), officer("two")), randomness, now);
          return "";
        });
    serve(configuration(file), folder, (books, randomness, now) -> "");
  }

  private static void serve(Configuration configuration, Path folder, Server.Beginning beginning)
      throws IOException {
    LogLevels.set(configuration.logs());
    Keyset keyset = Preparation.open(configuration, Secrets.ofProcess());
    ConfiguredPlan plan = new ConfiguredPlan(configuration);
    switch (Server.start(plan.with(keyset, plan.witnesses()), beginning)) {
      case Server.Start.Refused(var why) -> throw new IOException(why);
      case Server.Start.Serving(var server) -> {
        try (server) {
          ask(folder.resolve("gate"));
          server.checkpoint();
        }
      }
    }
  }

  private static Configuration configuration(Path file) throws IOException {
    return switch (Preparation.prepare(file, Preparation.Root.ALLOWED)) {
      case Preparation.Prepared.Ready(var configuration, var weaknesses) -> configuration;
      case Preparation.Prepared.Refused(var lines) -> throw new IOException(lines.toString());
    };
  }

  /// At the least cost.
  private static void makeKeyset(Configuration configuration) {
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1);
        Secret passphrase = Secret.ofText(PASSPHRASE)) {
      Keyset keyset = Keyset.fresh(Instant.now(), new SystemRandomness());
      var _ =
          new KeysetFile(configuration.keyset().file(), argon2, new SystemRandomness())
              .create(keyset, passphrase, Argon2Parameters.LEAST);
    }
  }

  private static Policy policy() {
    return switch (Policy.read(POLICY)) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken mistaken -> throw new IllegalStateException(mistaken.toString());
    };
  }

  private static Newcomer officer(String name) {
    return new Newcomer(name, name, name + "@example.com", new TreeSet<>(), Language.EN);
  }

  private static String document() throws IOException {
    return """
    version: 1
    company: Training
    data: data
    checkpoints: checkpoints
    control: run/control
    keyset: { file: keyset, passphrase: { file: passphrase } }
    sign-in: { origin: "http://auth.localhost:8080" }
    listen: [{ unix: gate }, { tcp: "127.0.0.1:%d" }]
    admin: { tcp: "127.0.0.1:%d" }
    hosts: [{ origin: "http://app.localhost:8080" }]
    proxies: [{ name: front, unix: gate }]
    """
        .formatted(freePort(), freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void ask(Path gate) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(gate))) {
      for (int i = 0; i < QUESTIONS; i++) {
        connection.write(ByteBuffer.wrap(QUESTION.getBytes(StandardCharsets.US_ASCII)));
        if (connection.read(answer.clear()) < 0) {
          return;
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
