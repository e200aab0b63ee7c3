package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.testkit.FreePort;
import io.parano.testkit.JavaCommand;
import io.parano.testkit.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Doors whose authority has fallen silent: stopped, or killed. Each refuses within five seconds,
/// by means of its own; each let through before.
@Tag("slow")
class SilenceTest {
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final int PATIENCE_SECONDS = 60;
  private static final int SIGN_IN = 302;
  private static final int FAULT = 500;

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws IOException, InterruptedException {
    for (Process process : started.reversed()) {
      Signal.send("CONT", process);
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  /// nginx as `init` sets it up, before a server of its own process.
  @Test
  void nginx_serverStoppedAndKilled_refusesInTimeAndComesBack() throws Exception {
    Path nginx = nginx();
    Installation installation = Installation.begun(folder.resolve("parano"));
    Process server =
        started(java("serve", "--allow-root", "--config", installation.file().toString()));
    int port = FreePort.next();
    before(nginx, installation, port);
    assertThat(until(port, SIGN_IN)).isEqualTo(SIGN_IN);

    Signal.send("STOP", server);
    long stopped = System.nanoTime();
    assertThat(ask(port)).isEqualTo(FAULT);
    assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(WITHIN);
    Signal.send("CONT", server);
    assertThat(until(port, SIGN_IN)).isEqualTo(SIGN_IN);

    Signal.send("KILL", server);
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    long killed = System.nanoTime();
    assertThat(ask(port)).isIn(FAULT, 502, 504);
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(WITHIN);
  }

  private static Path nginx() {
    for (String place : List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")) {
      if (Files.isExecutable(Path.of(place))) {
        return Path.of(place);
      }
    }
    assumeTrue(false, "nginx is not installed");
    return Path.of("");
  }

  private void before(Path nginx, Installation installation, int port) throws IOException {
    Path home = installation.folder();
    Path part = home.resolve("nginx.conf");
    Files.writeString(
        part,
        Files.readString(part)
            .replaceAll("listen [^;]*8080;", "listen 127.0.0.1:" + port + ";")
            .replace("127.0.0.1:9091", "127.0.0.1:" + installation.door()));
    Files.createDirectories(home.resolve("tmp"));
    Files.writeString(
        home.resolve("whole.conf"),
        """
        daemon off;
        pid nginx.pid;
        events {}
        http {
          access_log off;
          client_body_temp_path tmp/body;
          proxy_temp_path tmp/proxy;
          fastcgi_temp_path tmp/fastcgi;
          uwsgi_temp_path tmp/uwsgi;
          scgi_temp_path tmp/scgi;
          include nginx.conf;
        }
        """);
    var _ =
        started(
            new ProcessBuilder(
                nginx.toString(), "-p", home + "/", "-e", "error.log", "-c", "whole.conf"));
  }

  /// Asks until the answer is `status`.
  private static int until(int port, int status) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    int answer = ask(port);
    while (answer != status && System.nanoTime() < end) {
      answer = ask(port);
    }
    return answer;
  }

  /// What a browser without session gets of the application; 0 while nobody listens.
  private static int ask(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: app.localhost:8080\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return line == null ? 0 : Integer.parseInt(line.split(" ", 3)[1]);
    } catch (java.net.ConnectException nobodyThere) {
      return 0;
    }
  }

  /// Everything runs through the jump host: while it is stopped nothing flows and nobody comes in.
  @Test
  void jumpHost_serverStopped_nothingFlowsUntilItGoesOn() throws Exception {
    assumeTrue(Bastion.possible(), "no sshd here, or not root");
    Process server =
        TestStore.lend(
                folder,
                new ProcessBuilder(JavaCommand.of(Bastion.class.getName(), folder.toString())))
            .redirectError(folder.resolve("bastion.log").toFile())
            .start();
    started.add(server);
    BufferedReader says = reader(server);
    String ready = String.valueOf(says.readLine());
    assertThat(ready).as(Files.readString(folder.resolve("bastion.log"))).startsWith("ready ");
    long sshd = Long.parseLong(ready.substring(ready.lastIndexOf(' ') + 1));
    try {
      Process open = started(ssh("core1", "cat"));
      assertThat(echoed(open, "before\n")).isEqualTo("before\n");

      Signal.send("STOP", server);
      open.getOutputStream().write("while\n".getBytes(StandardCharsets.US_ASCII));
      open.getOutputStream().flush();
      Process late = started(ssh("-o", "ConnectTimeout=5", "core1", "echo came-in"));
      assertThat(new String(late.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("came-in");
      assertThat(open.getInputStream().available()).as("seconds later").isZero();

      Signal.send("CONT", server);
      assertThat(new String(open.getInputStream().readNBytes(6), StandardCharsets.US_ASCII))
          .isEqualTo("while\n");
      Process again = started(ssh("core1", "echo came-in"));
      assertThat(new String(again.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .endsWith("came-in\n");
    } finally {
      ProcessHandle.of(sshd).ifPresent(ProcessHandle::destroy);
    }
  }

  private ProcessBuilder ssh(String... words) {
    List<String> command =
        new ArrayList<>(List.of("ssh", "-F", folder.resolve("ssh_config").toString()));
    command.addAll(List.of(words));
    return new ProcessBuilder(command);
  }

  private static String echoed(Process open, String line) throws IOException {
    open.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
    open.getOutputStream().flush();
    return new String(open.getInputStream().readNBytes(line.length()), StandardCharsets.US_ASCII);
  }

  /// A host's agent, and what sshd would say of a certificate that was good before.
  @ParameterizedTest
  @ValueSource(strings = {"STOP", "KILL"})
  void sshAgent_serverSilent_revokesEverythingInTime(String signal) throws Exception {
    Process server =
        TestStore.lend(
                folder,
                new ProcessBuilder(JavaCommand.of(SilenceTest.class.getName(), folder.toString())))
            .redirectError(folder.resolve("office.log").toFile())
            .start();
    started.add(server);
    String ready = String.valueOf(reader(server).readLine());
    assertThat(ready).as(Files.readString(folder.resolve("office.log"))).startsWith("ready ");
    Path list = folder.resolve("list");
    Process agent =
        started(
            java(
                "ssh",
                "agent",
                "--server",
                ready.substring("ready ".length()),
                "--authority",
                folder.resolve("users.pub").toString(),
                "--folder",
                list.toString()));
    BufferedReader says = reader(agent);
    assertThat(says.readLine()).startsWith("the list has version");
    assertThat(revoked(list)).isFalse();

    Signal.send(signal, server);
    long silent = System.nanoTime();
    while (!revoked(list)) {
      assertThat(Duration.ofNanos(System.nanoTime() - silent)).isLessThan(WITHIN);
    }
    assertThat(says.readLine()).startsWith("nothing is heard from the server");

    if (signal.equals("STOP")) {
      Signal.send("CONT", server);
      assertThat(says.readLine()).startsWith("the list has version");
      assertThat(revoked(list)).isFalse();
    }
  }

  /// As sshd asks it.
  private boolean revoked(Path list) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(
                "ssh-keygen",
                "-Q",
                "-f",
                list.resolve("revoked").toString(),
                folder.resolve("own-cert.pub").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(asked.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("own-cert.pub");
    return said.contains("REVOKED");
  }

  /// An office with somebody's certificate, in a process of its own.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Office office = new Office(folder)) {
      Process keygen =
          new ProcessBuilder(
                  "ssh-keygen",
                  "-q",
                  "-t",
                  "ed25519",
                  "-N",
                  "",
                  "-f",
                  folder.resolve("own").toString())
              .start();
      var _ = keygen.waitFor();
      office.employ("alice", "operators");
      office.login("alice");
      Office.Ran ran =
          office.as("alice", "ssh", "login", "lab", "--key", folder.resolve("own").toString());
      if (ran.code() != 0) {
        throw new AssertionError(ran.toString());
      }
      Files.writeString(
          folder.resolve("users.pub"), office.sshUsers().publicKey().line("users") + "\n");
      System.out.println("ready " + office.origin());
      System.out.flush();
      var _ = System.in.read();
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static ProcessBuilder java(String... words) {
    ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(Main.class.getName(), words));
    builder.environment().remove("SSH_AUTH_SOCK");
    return builder;
  }

  private Process started(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectErrorStream(true).start();
    started.add(process);
    return process;
  }
}
