package io.parano.app;

import io.parano.access.Bootstrap;
import io.parano.config.Configuration;
import io.parano.identity.Newcomer;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.testkit.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;

/** An installation on disk, as `init` and `bootstrap` leave it, on ports that are free. */
record Installation(Path folder, int door, int admin) {
  static final String PASSPHRASE = "sable orage tilleul horloge brume";
  private static final int TRIES = 600;
  private static final String HOST_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFOG6kY7Rf4UtCFvPwKgo/BztXck2xC4a2WyA34XtIwZ web";
  private static final Map<String, Installation> ORIGINALS = new HashMap<>();

  /** Looks, after the first answer, in which a log of ten entries is read. */
  private static final int READING = 60;

  /** What a command said. */
  record Said(int code, String out, String err) {}

  /** What `init` writes, with the passphrase in a file. */
  static Installation in(Path folder) throws IOException {
    Installation made = new Installation(folder, FreePort.next(), FreePort.next());
    Said said =
        run(
            "init",
            folder.toString(),
            "--sign-in",
            "http://auth.localhost:8080",
            "--app",
            "http://app.localhost:8080",
            "--office",
            "127.0.0.0/8");
    if (said.code() != ExitCode.DONE) {
      throw new AssertionError(said.toString());
    }
    Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
    made.permit("passphrase", "rw-------");
    made.change("127.0.0.1:9091", "127.0.0.1:" + made.door());
    made.change("127.0.0.1:9092", "127.0.0.1:" + made.admin());
    made.change("passphrase: terminal", "passphrase: { file: passphrase }");
    return made;
  }

  /** With keyset, log and two invited officers. */
  static Installation begun(Path folder) throws IOException {
    return TestStore.isPostgres() ? begunInPostgres(folder) : begunInFile(folder);
  }

  /** With the log in a file of the folder, whatever this run's store is. */
  static Installation begunInFile(Path folder) throws IOException {
    return original("file", false).copyTo(folder);
  }

  /** With the log in a database, whatever this run's store is. */
  static Installation begunInPostgres(Path folder) throws IOException {
    return original("postgresql", true).copyTo(folder);
  }

  /** Begun once, since that takes a keyset, two passphrases' hashes and a server: for copies. */
  private static synchronized Installation original(String name, boolean postgres)
      throws IOException {
    Installation known = ORIGINALS.get(name);
    if (known == null) {
      known = begun(in(Originals.FOLDER.resolve(name)), postgres);
      ORIGINALS.put(name, known);
    }
    return known;
  }

  /**
   * What is here, once more in a folder that is not there yet, on ports of its own. Nothing of it
   * runs; a database is copied too.
   */
  Installation copyTo(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(folder.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Installation made = new Installation(to, FreePort.next(), FreePort.next());
    made.change("127.0.0.1:" + door, "127.0.0.1:" + made.door());
    made.change("127.0.0.1:" + admin, "127.0.0.1:" + made.admin());
    TestStore.copyConfigured(folder, to);
    return made;
  }

  /** Of this process, and gone with it. */
  private static final class Originals {
    static final Path FOLDER = made();

    private Originals() {}

    private static Path made() {
      try {
        Path folder = Files.createTempDirectory("parano-originals");
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(folder)));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void remove(Path folder) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** With this keyset, sealed under [#PASSPHRASE]. */
  static Installation begunWith(String keyset, Path folder) throws IOException {
    Installation made = in(folder);
    Files.writeString(folder.resolve("keyset"), keyset);
    made.permit("keyset", "rw-------");
    return begun(made, TestStore.isPostgres());
  }

  private static Installation begun(Installation made, boolean postgres) throws IOException {
    Path folder = made.folder();
    if (postgres) {
      TestStore.configure(folder);
    }
    Configuration configuration = made.configuration();
    try (Secret passphrase = Secret.ofText(PASSPHRASE)) {
      Keyset keyset =
          Files.exists(configuration.keyset().file())
              ? Preparation.open(configuration, Secrets.ofProcess())
              : Preparation.create(
                  configuration, passphrase, Keyset.fresh(Instant.now(), new SystemRandomness()));
      Server.Start start =
          Server.start(
              new ConfiguredPlan(configuration).with(keyset, WitnessPlan.none()),
              (books, randomness, now) -> {
                var codes =
                    Bootstrap.begin(
                        books,
                        policy(folder),
                        List.of(officer("olga"), officer("otto")),
                        randomness,
                        now);
                return codes.size() == 2 ? "" : "no codes";
              });
      switch (start) {
        case Server.Start.Refused(var why) -> throw new AssertionError(why);
        case Server.Start.Serving(var server) -> server.close();
      }
    }
    return made;
  }

  Path file() {
    return folder.resolve("parano.yaml");
  }

  Configuration configuration() {
    return switch (ConfigurationFile.load(file())) {
      case ConfigurationFile.Loaded.Right(var configuration, var weaknesses) -> configuration;
      case ConfigurationFile.Loaded other -> throw new AssertionError(other.toString());
    };
  }

  /** Changes the configuration; what is to be changed must be there. */
  void change(String before, String after) throws IOException {
    String text = Files.readString(file());
    if (!text.contains(before)) {
      throw new AssertionError("no \"" + before + "\" in " + text);
    }
    Files.writeString(file(), text.replace(before, after));
  }

  void permit(String name, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve(name), PosixFilePermissions.fromString(permissions));
  }

  Said checkConfig() {
    return run("check-config", file().toString());
  }

  /** A `serve` that refuses; one that serves is stopped and is an error. */
  Said refusedServe() throws Exception {
    FutureTask<Said> serve = new FutureTask<>(this::serve);
    Thread thread = Thread.ofPlatform().start(serve);
    try {
      return serve.get(60, TimeUnit.SECONDS);
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  /** A `serve` that serves until its admin listener has answered `path`; what it answered. */
  HttpResponse<String> served(String path) throws Exception {
    FutureTask<Said> serve = new FutureTask<>(this::serve);
    Thread thread = Thread.ofPlatform().start(serve);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int tries = 0; tries < TRIES && !serve.isDone(); tries++) {
        try {
          return client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path)).build(),
              HttpResponse.BodyHandlers.ofString());
        } catch (IOException notYet) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
      }
      throw new AssertionError("it does not serve: " + (serve.isDone() ? serve.get() : "too late"));
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  /** What a server says of itself once it has read its whole log. */
  String settledReadiness() throws Exception {
    FutureTask<Said> serve = new FutureTask<>(this::serve);
    Thread thread = Thread.ofPlatform().start(serve);
    try {
      ControlClient control = new ControlClient(folder.resolve("run/control"));
      String readiness = "";
      int left = TRIES;
      while (left-- > 0 && !readiness.contains("tampered")) {
        TimeUnit.MILLISECONDS.sleep(50);
        if (Files.exists(folder.resolve("run/control"))) {
          left = readiness.isEmpty() ? READING : left;
          readiness = control.ask("status").members().getOrDefault("readiness", "");
        }
      }
      return readiness;
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  private Said serve() {
    return run("serve", "--config", file().toString(), "--allow-root");
  }

  /** What the command says that certifies a host's key, to the server that runs with this. */
  Said hostCertificate() throws IOException {
    Path key = Files.writeString(folder.resolve("host.pub"), HOST_KEY + "\n");
    return run(
        "ssh",
        "host-certificate",
        key.toString(),
        "--name",
        "web.example.test",
        "--control",
        folder.resolve("run/control").toString());
  }

  static Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.line();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Said(line.execute(arguments), out.toString(), err.toString());
  }

  static Newcomer officer(String name) {
    return new Newcomer(name, name, name + "@example.test", new TreeSet<>(), Language.EN);
  }

  private static Policy policy(Path folder) {
    try {
      return switch (Policy.read(Files.readString(folder.resolve("policy.yaml")))) {
        case PolicyReading.Read read -> read.policy();
        case PolicyReading.Mistaken mistaken -> throw new AssertionError(mistaken.toString());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
