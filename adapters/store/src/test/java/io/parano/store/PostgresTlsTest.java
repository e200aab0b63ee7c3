package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database server that is not at an address of this machine by number must prove itself, by a
/// real certificate over real TLS, and is never told the password.
@Tag("slow")
class PostgresTlsTest {
  private static final String PASSWORD = "a password of the test's own";

  @TempDir static Path certificates;
  private static Optional<PostgresServer> server = Optional.empty();

  @TempDir Path folder;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
    if (server.isEmpty()) {
      return;
    }
    authority("right");
    authority("wrong");
    certify("localhost");
    certify("db.example");
    PostgresServer present = server.get();
    present.permit(
        "hostssl all scram all scram-sha-256",
        "hostnossl all scram all scram-sha-256",
        "hostssl all clear all password");
    PostgresServer.edit(
        present.database(),
        "CREATE ROLE scram LOGIN SUPERUSER PASSWORD '%s'".formatted(PASSWORD.replace("'", "''")),
        "CREATE ROLE clear LOGIN SUPERUSER PASSWORD '%s'".formatted(PASSWORD.replace("'", "''")));
    show("localhost");
  }

  @AfterAll
  static void endServer() throws Exception {
    if (server.isPresent()) {
      server.get().end();
    }
  }

  private static void authority(String name) throws Exception {
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=%1$s"
                .formatted(name)
            + " -keyout %1$s.key -out %1$s.pem".formatted(name));
  }

  /// By the right authority.
  private static void certify(String host) throws Exception {
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%1$s".formatted(host)
            + " -addext subjectAltName=DNS:%1$s -keyout %1$s.key -out %1$s.csr".formatted(host));
    openssl(
        "x509 -req -in %1$s.csr -CA right.pem -CAkey right.key -days 2 -copy_extensions copy"
                .formatted(host)
            + " -out %1$s.pem".formatted(host));
  }

  private static void openssl(String arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(("openssl " + arguments).split(" ", -1))
            .directory(certificates.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /// Has the server show the certificate for that name from now on.
  private static void show(String host) throws Exception {
    server
        .orElseThrow()
        .certificate(certificates.resolve(host + ".pem"), certificates.resolve(host + ".key"));
  }

  private PostgresAddress address(String user, String authority) throws Exception {
    assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    return new PostgresAddress(
        server.orElseThrow().database().url().replace("127.0.0.1", "localhost"),
        user,
        Secret.ofText(PASSWORD),
        certificates.resolve(authority + ".pem"));
  }

  private Opening opened(PostgresAddress address) throws IOException {
    Path own = Files.createTempDirectory(folder, "log");
    Opening opening = new LogInPostgres(own, address).tryOpen();
    if (opening instanceof Opening.NewLog(var ledger, _, _)) {
      ledger.close();
    }
    return opening;
  }

  @Test
  void open_certificateOfTheRightAuthorityForItsName_opensAndNoOther() throws Exception {
    assertThat(opened(address("scram", "right"))).isInstanceOf(Opening.NewLog.class);
    assertThat(opened(address("scram", "wrong"))).isInstanceOf(Opening.Failed.class);
    show("db.example");
    assertThat(opened(address("scram", "right")))
        .as("for another name")
        .isInstanceOf(Opening.Failed.class);
    show("localhost");
    assertThat(opened(address("scram", "right"))).isInstanceOf(Opening.NewLog.class);
  }

  @Test
  void open_serverWithoutTls_isRefusedAndWithItNot() throws Exception {
    PostgresAddress address = address("scram", "right");
    PostgresServer.edit(server.orElseThrow().database(), "ALTER SYSTEM SET ssl = off");
    server.orElseThrow().again();
    assertThat(opened(address)).isInstanceOf(Opening.Failed.class);
    show("localhost");
    assertThat(opened(address)).isInstanceOf(Opening.NewLog.class);
  }

  @Test
  void open_serverThatAsksForThePasswordItself_isNotToldIt() throws Exception {
    assertThat(opened(address("clear", "right")))
        .isInstanceOfSatisfying(
            Opening.Failed.class,
            failed -> assertThat(failed.why()).containsIgnoringCase("authentication"));
    assertThat(opened(address("scram", "right"))).isInstanceOf(Opening.NewLog.class);
  }

  @Test
  void begun_serverThatCannotBeBelieved_isUnknown() throws Exception {
    PostgresAddress address = address("scram", "right");
    assertThat(new StorePlace.Postgres(address).begun()).isEqualTo(new StorePlace.Begun.No());
    assertThat(opened(address)).isInstanceOf(Opening.NewLog.class);
    assertThat(new StorePlace.Postgres(address).begun()).isEqualTo(new StorePlace.Begun.Yes());
    PostgresAddress unproven =
        new PostgresAddress(
            address.url(), "scram", Secret.ofText(PASSWORD), certificates.resolve("wrong.pem"));
    assertThat(new StorePlace.Postgres(unproven).begun())
        .isInstanceOf(StorePlace.Begun.Unknown.class);
  }
}
