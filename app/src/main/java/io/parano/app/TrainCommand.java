package io.parano.app;

import io.parano.access.Bootstrap;
import io.parano.argon2.Argon2Pool;
import io.parano.authn.Argon2Parameters;
import io.parano.config.Configuration;
import io.parano.config.ConfigurationReading;
import io.parano.identity.Newcomer;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.keys.KeysetFile;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `parano train`: goes the ways of a start and of some questions once, in a folder that is gone
/// afterwards, so that the launcher's AOT cache knows them. Not for people.
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final int QUESTIONS = 2_000;
  private static final String DOCUMENT =
      """
      version: 1
      company: Training
      data: data
      checkpoints: checkpoints
      control: run/control
      keyset: { file: keyset, passphrase: terminal }
      sign-in: { origin: "http://auth.localhost:8080" }
      listen: [{ unix: gate }]
      hosts: [{ origin: "http://app.localhost:8080" }]
      proxies: [{ name: front, unix: gate }]
      """;
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
    Configuration configuration = configuration(folder);
    Server.Start start =
        Server.start(
            new ConfiguredPlan(configuration).with(keyset(configuration), WitnessPlan.none()),
            (books, randomness, now) -> {
              Bootstrap.begin(
                  books, policy(), List.of(officer("one"), officer("two")), randomness, now);
              return "";
            });
    switch (start) {
      case Server.Start.Refused(var why) -> throw new IOException(why);
      case Server.Start.Serving(var server) -> {
        try (server) {
          ask(folder.resolve("gate"));
          server.checkpoint();
        }
      }
    }
  }

  private static Configuration configuration(Path folder) throws IOException {
    return switch (Configuration.read(DOCUMENT, folder)) {
      case ConfigurationReading.Read read -> read.configuration();
      case ConfigurationReading.Mistaken mistaken -> throw new IOException(mistaken.toString());
    };
  }

  /// Written and opened again, as a start does, at the least cost.
  private static Keyset keyset(Configuration configuration) throws IOException {
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1);
        Secret passphrase = Secret.ofText("for training only")) {
      Keyset keyset = Keyset.fresh(Instant.now(), new SystemRandomness());
      var _ =
          new KeysetFile(configuration.keyset().file(), argon2, new SystemRandomness())
              .create(keyset, passphrase, Argon2Parameters.LEAST);
      return keyset;
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
