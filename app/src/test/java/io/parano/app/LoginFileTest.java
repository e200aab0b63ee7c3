package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Secret;
import io.parano.web.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFileTest {
  private static final Login LOGIN =
      new Login(
          Site.parse("https://auth.example.com"),
          Path.of("/etc/ssl/company.pem"),
          "192.0.2.7",
          new Login.Held(Secret.ofText("the-bearer"), Instant.parse("2026-11-25T09:00:00Z")));

  @TempDir private Path folder;

  @Test
  void write_whatWasWritten_isReadAgain() throws IOException {
    LoginFile file = new LoginFile(folder.resolve("state/login"));
    assertThat(file.read()).isEmpty();
    file.write(LOGIN);
    Login read = file.read().orElseThrow();
    assertThat(read.server()).isEqualTo(LOGIN.server());
    assertThat(read.authorities()).isEqualTo(LOGIN.authorities());
    assertThat(read.source()).isEqualTo(LOGIN.source());
    Login.Held held = Objects.requireNonNull(read.held());
    assertThat(held.bearer().matches(Secret.ofText("the-bearer"))).isTrue();
    assertThat(held.endsAt()).isEqualTo("2026-11-25T09:00:00Z");
    assertThat(read.toString()).doesNotContain("the-bearer");

    file.write(LOGIN.holding(null));
    assertThat(file.read().orElseThrow().held()).isNull();
    assertThat(Files.readString(file.path())).doesNotContain("the-bearer");
    try (var left = Files.list(folder.resolve("state"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void write_fileAndFolder_areTheOwnersAlone() throws IOException {
    LoginFile file = new LoginFile(folder.resolve("state/login"));
    file.write(LOGIN);
    assertThat(permissions(file.path())).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("state"))).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
  void read_fileOpenToOthers_isRefusedAndTheOwnersAloneIsNot(String permissions)
      throws IOException {
    LoginFile file = new LoginFile(folder.resolve("login"));
    file.write(LOGIN);
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("others");
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-------"));
    assertThat(file.read()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"server\":\"http://auth.example.com\"}",
        "{\"server\":\"https://auth.example.com\",\"bearer\":\"x\",\"endsAt\":\"soon\"}",
      })
  void read_anythingElse_saysWhichFile(String text) throws IOException {
    LoginFile file = new LoginFile(folder.resolve("login"));
    file.write(LOGIN);
    Files.writeString(file.path(), text);
    assertThatThrownBy(file::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.path().toString());
  }

  @Test
  void of_stateHome_countsWhenItIsAbsolute() {
    assertThat(LoginFile.of(Map.of("XDG_STATE_HOME", "/var/me"), "/home/me").path())
        .isEqualTo(Path.of("/var/me/parano/login"));
    assertThat(LoginFile.of(Map.of("XDG_STATE_HOME", "me"), "/home/me").path())
        .isEqualTo(Path.of("/home/me/.local/state/parano/login"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
