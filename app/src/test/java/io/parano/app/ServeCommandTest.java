package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.demo.DemoStamp;
import io.parano.kernel.Bytes;
import io.parano.testkit.AttestationAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Base64;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything on which `serve` refuses, each beside a twin that serves. */
@Tag("slow")
class ServeCommandTest {
  private Installation installation = new Installation(Path.of(""), 0, 0);

  @BeforeEach
  void begin(@TempDir Path folder) throws IOException {
    installation = Installation.begunInFile(folder.resolve("parano"));
  }

  @Test
  void serve_asBootstrapLeftIt_isLiveReadyAndMeasured() throws Exception {
    assertThat(installation.served("/health/live").statusCode()).isEqualTo(200);
    assertThat(installation.served("/health/ready").body()).isEqualTo("ready\n");
    assertThat(installation.served("/metrics").body()).contains("parano_log_entries");
    assertThat(installation.served("/elsewhere").statusCode()).isEqualTo(404);
  }

  @Test
  void serve_root_isRefusedUnlessAllowed() throws Exception {
    Assumptions.assumeThat(System.getProperty("user.name")).isEqualTo("root");
    Installation.Said said = Installation.run("serve", "--config", installation.file().toString());

    assertThat(said.code()).isEqualTo(ExitCode.FAILED);
    assertThat(said.err()).contains("--allow-root");
    serves();
  }

  @Test
  void serve_wrongPassphrase_isRefused() throws Exception {
    Files.writeString(installation.folder().resolve("passphrase"), Installation.PASSPHRASE + "x");
    refused(ExitCode.FAILED, "does not open the keyset");

    Files.writeString(installation.folder().resolve("passphrase"), Installation.PASSPHRASE + "\n");
    serves();
  }

  @Test
  void serve_keysetOpenToOthers_isRefused() throws Exception {
    installation.permit("keyset", "rw-r--r--");
    refused(ExitCode.FAILED, "chmod 600");

    installation.permit("keyset", "rw-------");
    serves();
  }

  @Test
  void serve_keysetAlteredOrMissing_isRefused() throws Exception {
    Path keyset = installation.folder().resolve("keyset");
    byte[] right = Files.readAllBytes(keyset);
    byte[] altered = right.clone();
    altered[altered.length - 5] ^= 1;
    Files.write(keyset, altered);
    refused(ExitCode.FAILED, "keyset");
    Files.delete(keyset);
    refused(ExitCode.FAILED, "parano bootstrap");

    Files.write(keyset, right);
    installation.permit("keyset", "rw-------");
    serves();
  }

  @Test
  void serve_emptyLog_isRefused(@TempDir Path other) throws Exception {
    Installation empty = Installation.in(other.resolve("parano"));
    Files.copy(
        installation.folder().resolve("keyset"),
        empty.folder().resolve("keyset"),
        StandardCopyOption.COPY_ATTRIBUTES);

    Installation.Said said = empty.refusedServe();
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.err()).contains("run parano bootstrap");
    serves();
  }

  @Test
  void serve_stampOfADemo_isRefused() throws Exception {
    Path stamp = Files.createFile(installation.folder().resolve("data").resolve(DemoStamp.FILE));
    refused(ExitCode.FAILED, "demo");

    Files.delete(stamp);
    serves();
  }

  @Test
  void serve_rootOfADemo_isRefused() throws Exception {
    Bytes root =
        AttestationAuthority.make("Software keys", Instant.now(), new SystemRandomness()).root();
    Files.writeString(
        installation.folder().resolve("root.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(root.copy())
            + "\n-----END CERTIFICATE-----\n");
    Files.writeString(
        installation.folder().resolve("models.txt"),
        "0a0a0a0a-0000-4000-8000-000000000001 Software key\n");
    String maker =
        "  makers: [{ name: Soft, roots: root.pem, models: models.txt }]\n  yubico: true";
    installation.change("  yubico: true", maker);
    refused(ExitCode.FAILED, "demo");

    installation.change(maker, "  yubico: true");
    serves();
  }

  @Test
  void serve_portTaken_isRefusedWithItsName() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(installation.door(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
      refused(ExitCode.REFUSED, "127.0.0.1:" + taken.getLocalPort());
    }
    serves();
  }

  @Test
  void serve_adminPortTaken_isRefusedWithItsName() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(installation.admin(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
      refused(ExitCode.REFUSED, "127.0.0.1:" + taken.getLocalPort());
    }
    serves();
  }

  @Test
  void serve_controlSocketInTheWay_isRefusedWithItsName() throws Exception {
    Path socket = installation.folder().resolve("run/control");
    Files.createDirectories(socket);
    Path inside = Files.createFile(socket.resolve("full"));
    refused(ExitCode.REFUSED, socket.toString());

    Files.delete(inside);
    Files.delete(socket);
    serves();
  }

  @Test
  void serve_dataFolderOpenToOthers_isRefused() throws Exception {
    installation.permit("data", "rwxrwxrwx");
    refused(ExitCode.REFUSED, "chmod 700");

    installation.permit("data", "rwx------");
    serves();
  }

  @Test
  void serve_dataIsAFile_isRefused() throws Exception {
    Path data = installation.folder().resolve("data");
    Path aside = installation.folder().resolve("aside");
    Files.move(data, aside);
    Files.createFile(data);
    refused(ExitCode.REFUSED, "is not a folder");

    Files.delete(data);
    Files.move(aside, data);
    serves();
  }

  @Test
  void serve_olderCopyPutBack_isRefused(@TempDir Path elsewhere) throws Exception {
    Path database = installation.folder().resolve("data/parano.db");
    Path older = Files.copy(database, elsewhere.resolve("older.db"));
    serves();
    Path newer = Files.copy(database, elsewhere.resolve("newer.db"));
    Files.copy(older, database, StandardCopyOption.REPLACE_EXISTING);
    refused(ExitCode.REFUSED, "an older copy was put back");

    Files.copy(newer, database, StandardCopyOption.REPLACE_EXISTING);
    serves();
  }

  @Test
  void serve_checkpointsGone_isRefused(@TempDir Path elsewhere) throws Exception {
    Path kept = installation.folder().resolve("checkpoints/checkpoint");
    Path aside = Files.move(kept, elsewhere.resolve("checkpoint"));
    refused(ExitCode.REFUSED, "no checkpoint is kept outside");

    Files.move(aside, kept);
    serves();
  }

  /** Behind the last checkpoint the whole log is read while the doors are open. */
  @Test
  void serve_entryEdited_closesItsDoors() throws Exception {
    edit("bootstrap", "bootstrop");
    assertThat(installation.settledReadiness()).contains("tampered");

    edit("bootstrop", "bootstrap");
    assertThat(installation.settledReadiness()).isEqualTo("ready");
  }

  @Test
  void serve_databaseTruncated_isRefused(@TempDir Path elsewhere) throws Exception {
    Path database = installation.folder().resolve("data/parano.db");
    Path whole = Files.copy(database, elsewhere.resolve("whole.db"));
    try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE)) {
      file.truncate(Files.size(database) / 2);
    }
    refused(ExitCode.REFUSED, "");

    Files.copy(whole, database, StandardCopyOption.REPLACE_EXISTING);
    serves();
  }

  /** Tunnels are told apart by their server's name: what one ends would be the other's as well. */
  @Test
  void serve_vpnServersOfOneName_isRefusedAndCheckConfigSaysWhere() throws Exception {
    String same =
        """
        logs: info
        openvpn: [{ name: vpn-1, socket: run/openvpn }]
        wireguard:
          server: vpn-1
          helper: run/helper
          interface: wg0
          networks: [10.88.0.0/24]
          endpoint: "vpn.example.com:51820"
          public-key: "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
        """
            .strip();
    installation.change("logs: info", same);
    int line = 1 + Files.readAllLines(installation.file()).indexOf(same.lines().toList().get(1));
    String where = installation.file() + ":" + line + ":";
    refused(ExitCode.FAILED, where);
    Installation.Said said = installation.checkConfig();
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out()).contains(where, "vpn-1", "choose another name");

    installation.change("name: vpn-1", "name: vpn-2");
    assertThat(installation.checkConfig().code()).isEqualTo(ExitCode.DONE);
    serves();
  }

  private void edit(String before, String after) throws SQLException {
    Path database = installation.folder().resolve("data/parano.db");
    String sql =
        "UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), '%s', '%s') AS BLOB)"
            .formatted(before, after);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private void refused(int code, String why) throws Exception {
    Installation.Said said = installation.refusedServe();
    assertThat(said.code()).as(said.err()).isEqualTo(code);
    assertThat(said.err()).contains(why).doesNotContain("Exception").isNotBlank();
  }

  private void serves() throws Exception {
    assertThat(installation.served("/health/ready").statusCode()).isEqualTo(200);
  }
}
