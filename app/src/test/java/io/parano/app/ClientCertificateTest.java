package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an officer names, as openssl makes it.
class ClientCertificateTest {
  @TempDir private Path folder;

  @Test
  void digest_certificateInPemOrDer_isWhatOpenVpnSaysOfIt() throws Exception {
    String said =
        shell(
            """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=device -keyout key -out pem
            openssl x509 -in pem -outform DER -out der
            sha256sum der | cut -c1-64
            """);
    assertThat(digest("pem", Instant.now())).isEqualTo(said);
    assertThat(digest("der", Instant.now())).isEqualTo(said);
    assertThat(ClientCertificate.digest(said, Instant.now())).isEqualTo(said);
    Instant late = Instant.now().plus(3, ChronoUnit.DAYS);
    assertThatThrownBy(() -> digest("pem", late)).isInstanceOf(ClientCertificate.Unusable.class);
  }

  @Test
  void digest_noFileOrNoCertificate_isSaid() throws Exception {
    Files.writeString(folder.resolve("text"), "not a certificate");
    for (String wrong : new String[] {"text", "missing", "."}) {
      assertThatThrownBy(() -> digest(wrong, Instant.now()))
          .isInstanceOf(ClientCertificate.Unusable.class);
    }
  }

  private String digest(String file, Instant now) throws ClientCertificate.Unusable {
    return ClientCertificate.digest(folder.resolve(file).toString(), now);
  }

  private String shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }
}
