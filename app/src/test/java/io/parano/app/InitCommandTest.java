package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `init` writes is right as it is, closed to others, and never replaces anything. */
class InitCommandTest {
  private static final List<String> FILES =
      List.of("parano.yaml", "policy.yaml", "front.secret", "nginx.conf");

  @TempDir private Path folder;

  @Test
  void init_emptyFolder_writesWhatCheckConfigFindsRight() throws IOException {
    assertThat(Installation.run("init", target()).code()).isEqualTo(ExitCode.DONE);

    for (String name : FILES) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
    assertThat(Installation.run("check-config", file("parano.yaml").toString()).code())
        .isEqualTo(ExitCode.DONE);
    assertThat(Installation.run("policy", "check", file("policy.yaml").toString()).code())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void init_anyFileThere_writesNothing() throws IOException {
    Files.createDirectories(file("x").getParent());
    for (String name : FILES) {
      Files.writeString(file(name), "mine");

      Installation.Said said = Installation.run("init", target());
      assertThat(said.code()).as(name).isEqualTo(ExitCode.FAILED);
      assertThat(said.err()).contains(file(name).toString()).doesNotContain("Exception");
      assertThat(Files.readString(file(name))).isEqualTo("mine");
      assertThat(FILES.stream().filter(other -> Files.exists(file(other)))).containsExactly(name);
      Files.delete(file(name));
    }
  }

  @Test
  void init_twice_makesTwoSecrets() throws IOException {
    Installation.run("init", target());
    Installation.run("init", folder.resolve("other").toString());

    String first = Files.readString(file("front.secret")).strip();
    assertThat(first).hasSize(64);
    assertThat(Files.readString(folder.resolve("other/front.secret")).strip())
        .hasSize(64)
        .isNotEqualTo(first);
    assertThat(Files.readString(file("nginx.conf"))).contains("Parano-Proxy \"" + first + "\"");
  }

  @Test
  void init_httpsOrigins_listensWithTls() throws IOException {
    Installation.run(
        "init",
        target(),
        "--sign-in",
        "https://auth.brume.example",
        "--app",
        "https://b.example:8443");

    assertThat(Files.readString(file("nginx.conf")))
        .contains("listen 443 ssl;", "server_name auth.brume.example;")
        .contains("listen 8443 ssl;", "server_name b.example;")
        .contains("ssl_certificate_key /etc/ssl/private/b.example.key;")
        .doesNotContain("example.com");
  }

  @Test
  void init_loopbackOrigins_listensOnLoopbackAlone() throws IOException {
    Installation.run(
        "init",
        target(),
        "--sign-in",
        "http://auth.localhost:8080",
        "--app",
        "http://b.localhost:8081");

    assertThat(Files.readString(file("nginx.conf")))
        .contains("listen 127.0.0.1:8080;", "listen 127.0.0.1:8081;")
        .doesNotContain("ssl");
  }

  @Test
  void init_whatCannotBeRead_isWrongUsageAndWritesNothing() {
    for (List<String> wrong :
        List.of(
            List.of("--office", "everywhere"),
            List.of("--sign-in", "http://auth.example.com"),
            List.of("--app", "intranet"),
            List.of("--company", " "))) {
      Installation.Said said =
          Installation.run("init", target(), wrong.getFirst(), wrong.getLast());
      assertThat(said.code()).as("%s", wrong).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).contains("expected").doesNotContain("Exception");
      assertThat(file("parano.yaml")).doesNotExist();
    }
  }

  @Test
  void init_companyWithQuotes_isWrittenAsText() {
    String company = "Brume \"& Fils\": \\ #1";
    Installation.run("init", target(), "--company", company);

    assertThat(new Installation(folder.resolve("new"), 0, 0).configuration().company())
        .isEqualTo(company);
  }

  private String target() {
    return folder.resolve("new").toString();
  }

  private Path file(String name) {
    return folder.resolve("new").resolve(name);
  }
}
