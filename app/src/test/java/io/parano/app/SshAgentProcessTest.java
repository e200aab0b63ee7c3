package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.testkit.FreePort;
import io.parano.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `parano ssh agent` as a process, between a real server and a real sshd.
@Tag("slow")
class SshAgentProcessTest {
  private static final String HOST = "127.0.0.1";
  private static final String PRINCIPALS = "parano-ssh-principals";

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();
  private Path installed = Path.of("");
  private int port;

  @BeforeEach
  void needed() throws IOException {
    assumeTrue(Bastion.possible(), "no sshd here, or not root");
    port = FreePort.next();
    // sshd takes no command from below a folder that others may write to.
    installed = Files.createTempDirectory(Path.of("/run"), "parano-ssh-test");
    Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path script = Files.copy(packaged(), installed.resolve(PRINCIPALS));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    for (Process process : processes) {
      process.destroy();
      process.waitFor(5, TimeUnit.SECONDS);
    }
    try (Stream<Path> left = Files.walk(installed)) {
      for (Path path : left.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Path packaged() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path script = at.resolve("packaging/ssh").resolve(PRINCIPALS);
      if (Files.exists(script)) {
        return script;
      }
    }
    throw new IllegalStateException("not started inside the project");
  }

  private Path list() {
    return installed.resolve("list");
  }

  private Process started(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectErrorStream(true).start();
    processes.add(process);
    return process;
  }

  private void run(String... command) throws IOException {
    Process process = started(new ProcessBuilder(command).directory(folder.toFile()));
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
  }

  private void serve(Office office) throws Exception {
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "host");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "own");
    try (HttpClient client = HttpClient.newHttpClient()) {
      Files.writeString(
          folder.resolve("users.pub"),
          client
              .send(
                  HttpRequest.newBuilder(URI.create(office.origin() + "/ssh/users.pub")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    }
    Files.writeString(
        folder.resolve("known_hosts"),
        "[" + HOST + "]:" + port + " " + Files.readString(folder.resolve("host.pub")));
    Files.createDirectories(Path.of("/run/sshd"));
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        Port %2$d
        ListenAddress %3$s
        HostKey %1$s/host
        PidFile %1$s/sshd.pid
        TrustedUserCAKeys %1$s/users.pub
        RevokedKeys %5$s/revoked
        AuthorizedPrincipalsCommand %4$s/%6$s %5$s lab %%u %%s
        AuthorizedPrincipalsCommandUser root
        AuthorizedKeysFile none
        AuthenticationMethods publickey
        PermitRootLogin yes
        StrictModes no
        UsePAM no
        """
            .formatted(folder, port, HOST, installed, list(), PRINCIPALS));
    var _ =
        started(
            new ProcessBuilder(
                "/usr/sbin/sshd", "-D", "-e", "-f", folder.resolve("sshd_config").toString()));
    while (!Bastion.answers(HOST, port)) {
      Thread.onSpinWait();
    }
  }

  /// The command itself; returns what it says, once it says that it took a list.
  private BufferedReader agent(Office office) throws IOException {
    Process process =
        started(
            new ProcessBuilder(
                JavaCommand.of(
                    Main.class.getName(),
                    "ssh",
                    "agent",
                    "--server",
                    office.origin(),
                    "--authority",
                    folder.resolve("users.pub").toString(),
                    "--folder",
                    list().toString(),
                    "--end-after",
                    "5")));
    BufferedReader says =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(says.readLine()).startsWith("the list has version");
    return says;
  }

  private List<String> ssh(String command) {
    return List.of(
        "ssh",
        "-F",
        "none",
        "-p",
        Integer.toString(port),
        "-b",
        Office.DESK,
        "-i",
        folder.resolve("own").toString(),
        "-o",
        "IdentitiesOnly=yes",
        "-o",
        "IdentityAgent=none",
        "-o",
        "BatchMode=yes",
        "-o",
        "UserKnownHostsFile=" + folder.resolve("known_hosts"),
        "root@" + HOST,
        command);
  }

  private Process stay() throws IOException {
    Process process = started(new ProcessBuilder(ssh("echo open; exec sleep 60")));
    assertThat(new String(process.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
        .isEqualTo("open\n");
    return process;
  }

  private String said(String command) throws IOException {
    return new String(
        started(new ProcessBuilder(ssh(command))).getInputStream().readAllBytes(),
        StandardCharsets.UTF_8);
  }

  private void certify(Office office) {
    assertThat(
            office
                .as("alice", "ssh", "login", "lab", "--key", folder.resolve("own").toString())
                .code())
        .isZero();
  }

  @Test
  void agent_personCut_endsTheirConnection() throws Exception {
    try (Office office = office()) {
      BufferedReader says = agent(office);
      Process open = stay();
      office.login("olga");
      assertThat(office.as("olga", "cut", "person", "alice").code()).isZero();
      assertThat(open.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(says.readLine()).contains("1 connections were ended");
      assertThat(said("true")).contains("Permission denied");
    }
  }

  @Test
  void agent_serverGone_refusesAndThenEndsWhatIsOpen() throws Exception {
    Office office = office();
    try (office) {
      BufferedReader says = agent(office);
      Process open = stay();
      assertThat(said("echo came-in")).isEqualTo("came-in\n");
      office.close();
      assertThat(says.readLine()).startsWith("nothing is heard from the server");
      assertThat(open.waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(says.readLine()).contains("1 connections were ended");
      assertThat(said("true")).contains("Permission denied");
    }
  }

  private Office office() throws Exception {
    Office office = new Office(folder, Office.POLICY.replace("[deploy]", "[root]"), null);
    office.employ("alice", "operators");
    office.login("alice");
    serve(office);
    certify(office);
    return office;
  }
}
