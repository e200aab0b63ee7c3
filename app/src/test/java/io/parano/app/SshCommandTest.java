package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Certifying;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.CertificateReading;
import io.parano.sshcert.KeyReading;
import io.parano.sshcert.RevocationList;
import io.parano.sshcert.RevocationReading;
import io.parano.sshcert.Signing;
import io.parano.sshcert.SshKey;
import io.parano.sshcert.SshSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `parano ssh` against a server of its own, and what anybody may ask of that about SSH.
@Tag("slow")
class SshCommandTest {
  /// OpenSSH's fixture ed25519_1.
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFOG6kY7Rf4UtCFvPwKgo/BztXck2xC4a2WyA34XtIwZ alice";

  private static final String END = "-----END SSH SIGNATURE-----\n";

  @TempDir Path folder;
  private Office office;
  private Path key;

  @BeforeEach
  void open() throws IOException {
    office = new Office(folder);
    office.employ("alice", "operators");
    office.login("alice");
    key = folder.resolve("own");
    Files.writeString(folder.resolve("own.pub"), KEY + "\n");
  }

  @AfterEach
  void close() {
    office.close();
  }

  private Office.Ran login(String name, String hosts) {
    return office.as(name, "ssh", "login", hosts, "--key", key.toString());
  }

  private Certificate certificate() throws IOException {
    return switch (CertificateReading.ofLine(Files.readString(folder.resolve("own-cert.pub")))) {
      case CertificateReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case CertificateReading.Read(var read) -> {
        assertThat(read.signing()).isEqualTo(Signing.HOLDS);
        yield read.certificate();
      }
    };
  }

  private String ask(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(office.origin() + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private SshKey authority(String path) throws IOException, InterruptedException {
    return switch (KeyReading.ofLine(ask(path))) {
      case KeyReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case KeyReading.Read(var read) -> read;
    };
  }

  @Test
  void login_asThePolicyHasIt_leavesACertificateForThisAddress() throws Exception {
    Office.Ran ran = login("alice", "lab");
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    assertThat(certificate().principals()).containsExactly("deploy@lab");
    assertThat(certificate().option(Certificate.SOURCE_ADDRESS)).contains(Office.DESK + "/32");
    assertThat(certificate().authority()).isEqualTo(authority("/ssh/users.pub"));
  }

  @Test
  void login_otherHostsOrSomebodyElse_isRefused() {
    assertThat(login("alice", "web").code()).isEqualTo(ExitCode.REFUSED);
    office.login("otto");
    assertThat(login("otto", "lab").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(folder.resolve("own-cert.pub")).doesNotExist();
  }

  private RevocationList.Listing listing() throws IOException, InterruptedException {
    SshKey users = authority("/ssh/users.pub");
    String published = ask("/ssh/revocations");
    int end = published.indexOf(END) + END.length();
    byte[] list = Base64.getDecoder().decode(published.substring(end).strip());
    assertThat(SshSignature.check(users, Certifying.REVOCATIONS, list, published.substring(0, end)))
        .isEqualTo(Signing.HOLDS);
    return switch (RevocationReading.of(list)) {
      case RevocationReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case RevocationReading.Read(var read) -> read.of(users, certificate().serial());
    };
  }

  @Test
  void revocations_afterACut_listTheCertificate() throws Exception {
    assertThat(login("alice", "lab").code()).isZero();
    assertThat(listing()).isEqualTo(RevocationList.Listing.NOT_LISTED);
    office.login("olga");
    Office.Ran cut = office.as("olga", "cut", "person", "alice");
    assertThat(cut.out()).contains("ssh-revocations");
    assertThat(listing()).isEqualTo(RevocationList.Listing.REVOKED);
    assertThat(login("alice", "lab").code()).isEqualTo(ExitCode.LOGIN_NEEDED);
  }

  @Test
  void authority_onTheServersHost_saysWhatTheServerPublishes() throws Exception {
    Office.Ran users = Office.run("ssh", "authority", "--control", office.control().toString());
    assertThat(users.out()).isEqualTo(ask("/ssh/users.pub"));
    Office.Ran hosts =
        Office.run("ssh", "authority", "--hosts", "--control", office.control().toString());
    assertThat(hosts.out()).isEqualTo(ask("/ssh/hosts.pub")).isNotEqualTo(users.out());
  }

  @Test
  void hostCertificate_onTheServersHost_isSignedByTheOtherAuthority() throws Exception {
    Office.Ran ran =
        Office.run(
            "ssh",
            "host-certificate",
            folder.resolve("own.pub").toString(),
            "--name",
            "web1.example.test",
            "--name",
            "192.0.2.80",
            "--control",
            office.control().toString());
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    Files.writeString(folder.resolve("own-cert.pub"), ran.out());
    assertThat(certificate().kind()).isEqualTo(Certificate.Kind.HOST);
    assertThat(certificate().principals()).containsExactly("web1.example.test", "192.0.2.80");
    assertThat(certificate().authority()).isEqualTo(authority("/ssh/hosts.pub"));
    assertThat(
            Office.run(
                    "ssh",
                    "host-certificate",
                    folder.resolve("own.pub").toString(),
                    "--name",
                    "*",
                    "--control",
                    office.control().toString())
                .code())
        .isEqualTo(ExitCode.REFUSED);
  }
}
