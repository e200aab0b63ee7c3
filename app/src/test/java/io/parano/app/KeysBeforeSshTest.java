package io.parano.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.sshcert.CertificateReading;
import io.parano.sshcert.Signing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server whose keyset was made before there were SSH authorities is given them while it serves.
@Tag("slow")
class KeysBeforeSshTest {
  /// As Parano wrote it then: keys to seal, to tag and to sign the log.
  private static final String KEYSET =
      """
      parano-keyset 1
      argon2id m=65536,t=3,p=1
      salt ZjGmWWNv5p0xXR7VEXZdJA
      check gT4JJgmlZD5HqV7U1SdJ4w
      sealed f57J0enr7o31xoIew9ls_dp2svess-v2g6tSNHg3AR4O3r5IWxesdauZKz6GOqz3YN26bY-0qiVA4gV1kPKMTi3jbVgJhZPcdR3v_iDbXaD8ispb6dJYfPzjW8LR7Ag0r-yTDQJGMmJRYblJbGzNLIWVyzskyM5if69WR1cZyX9XH2-Y_QxFGe4fKJgupMZAM9k8swZ6HRvU9icf4_4Vkxz-dw
      """;

  @TempDir private Path folder;
  private Installation installation;
  private Server server;

  @BeforeEach
  void serve() throws IOException {
    installation = Installation.begunWith(KEYSET, folder.resolve("parano"));
    server = KeysTest.serving(installation.file());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh", "ssh-users ssh-hosts"})
  void rotate_sshWhereThereWasNone_certifiesWithoutARestart(String which) throws Exception {
    assertThat(installation.hostCertificate().err()).contains("no SSH authorities");
    assertThat(get("/ssh/users.pub")).startsWith("HTTP/1.1 404");
    assertThat(told()).as("the lever, with nothing to revoke").contains("ssh-revocations");

    for (String key : which.split(" ", -1)) {
      Installation.Said said =
          Installation.run("keys", "rotate", key, "--config", installation.file().toString());
      assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    }

    assertSigned(installation.hostCertificate());
    assertThat(get("/ssh/users.pub")).startsWith("HTTP/1.1 200").contains(" parano-users");
    assertThat(get("/ssh/revocations")).startsWith("HTTP/1.1 200").contains("SSH SIGNATURE");
    assertThat(told()).contains("ssh-revocations");
    assertThat(Installation.run("ssh", "authority", "--control", control()).code())
        .isEqualTo(ExitCode.DONE);

    String users = get("/ssh/users.pub").lines().toList().getLast();
    server.close();
    server = KeysTest.serving(installation.file());
    assertThat(get("/ssh/users.pub")).as("the same after a restart").contains(users);
    assertSigned(installation.hostCertificate());
  }

  private String control() {
    return installation.folder().resolve("run/control").toString();
  }

  /// The doors that a cut was told to.
  private List<String> told() throws IOException {
    Installation.Said said =
        Installation.run("cut", "network", "203.0.113.0/24", "--control", control());
    return said.out().lines().flatMap(line -> List.of(line.split("[ ,:]+", -1)).stream()).toList();
  }

  private static void assertSigned(Installation.Said said) {
    assertThat(CertificateReading.ofLine(said.out().strip()))
        .as(said.err())
        .isInstanceOfSatisfying(
            CertificateReading.Read.class,
            read -> assertThat(read.certificate().signing()).isEqualTo(Signing.HOLDS));
  }

  private String get(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), installation.door())) {
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: auth.localhost:8080\r\nConnection: close\r\n\r\n")
                  .getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
