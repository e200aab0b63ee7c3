package io.parano.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.audit.CosignatureKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client against the real program, over HTTP and TLS.
class HttpWitnessTest implements WitnessContract {
  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @Override
  public Witness witness() {
    return asked(new WitnessOnDisk(folder, LOG));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private HttpWitness asked(WitnessOnDisk disk) {
    WitnessProgram program = started(disk);
    return client(WitnessOnDisk.url(program, "http"), disk.key);
  }

  private WitnessProgram started(WitnessOnDisk disk) {
    WitnessProgram program = disk.start(() -> NOW);
    open.add(program);
    return program;
  }

  private HttpWitness client(URI url, CosignatureKey key) {
    HttpWitness client = HttpWitness.at(url, key, null);
    open.add(client);
    return client;
  }

  @Test
  void restarted_witness_remembers() {
    WitnessOnDisk disk = new WitnessOnDisk(folder, LOG);
    TestLog log = new TestLog(LOG).grow(30, "honest");
    WitnessProgram first = disk.start(() -> NOW);
    try (HttpWitness client = HttpWitness.at(WitnessOnDisk.url(first, "http"), disk.key, null)) {
      assertThat(client.add(log.log(), log.request(0, 20)))
          .isInstanceOf(Witness.Added.Cosigned.class);
    }
    first.close();
    HttpWitness client = asked(disk);
    assertThat(client.add(log.log(), log.request(0, 30)))
        .isEqualTo(new Witness.Added.Elsewhere(20));
    assertThat(client.add(log.log(), log.copyOf(5).grow(25, "forged").request(20, 30)))
        .isInstanceOf(Witness.Added.Refused.class);
    assertThat(client.add(log.log(), log.request(20, 30)))
        .isInstanceOf(Witness.Added.Cosigned.class);
  }

  @Test
  void open_stateThatIsNoCosignedCheckpoint_isRefused() throws IOException {
    WitnessOnDisk disk = new WitnessOnDisk(folder, LOG);
    TestLog log = new TestLog(LOG).grow(30, "honest");
    WitnessProgram first = disk.start(() -> NOW);
    try (HttpWitness client = HttpWitness.at(WitnessOnDisk.url(first, "http"), disk.key, null)) {
      assertThat(client.add(log.log(), log.request(0, 20)))
          .isInstanceOf(Witness.Added.Cosigned.class);
    }
    first.close();
    Path file;
    try (var files = Files.list(disk.state())) {
      file = files.filter(one -> one.toString().endsWith(".checkpoint")).findFirst().orElseThrow();
    }
    String kept = Files.readString(file);
    for (String broken : List.of("", kept.substring(0, 60), log.note(20), kept + "x")) {
      Files.writeString(file, broken);
      assertThatThrownBy(() -> WitnessProgram.open(disk.configuration, () -> NOW))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not a checkpoint that this witness cosigned");
    }
    Files.writeString(file, kept);
    started(disk);
  }

  @Test
  void open_secondProcessOverTheSameState_isRefused() {
    WitnessOnDisk disk = new WitnessOnDisk(folder, LOG);
    started(disk);
    assertThatThrownBy(() -> WitnessProgram.open(disk.configuration, () -> NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another witness works with");
  }

  @Test
  void open_keyOpenToOthers_isRefused() throws IOException {
    WitnessOnDisk disk = new WitnessOnDisk(folder, LOG);
    Path key = disk.configuration.resolveSibling("witness.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> WitnessProgram.open(disk.configuration, () -> NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    started(disk);
  }

  @Test
  void open_keyOfTwoHalves_isRefused() throws IOException {
    WitnessOnDisk disk = new WitnessOnDisk(folder, LOG);
    Path key = disk.configuration.resolveSibling("witness.key");
    List<String> lines = Files.readAllLines(key);
    Files.writeString(
        key,
        lines.getFirst() + "\n" + TestKey.of("witness.example").cosignatureKey().vkey() + "\n");
    assertThatThrownBy(() -> WitnessProgram.open(disk.configuration, () -> NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no witness's key")
        .hasMessageNotContaining(lines.getFirst().substring("PRIVATE+KEY+".length()));
    assertThatThrownBy(() -> WitnessProgram.makeKey(disk.configuration, "witness.example"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void add_answerUnderAnotherKey_countsForNothing() {
    WitnessOnDisk disk = new WitnessOnDisk(folder, LOG);
    WitnessProgram program = started(disk);
    TestLog log = new TestLog(LOG).grow(5, "honest");
    HttpWitness deceived =
        client(WitnessOnDisk.url(program, "http"), TestKey.of("witness.example").cosignatureKey());
    assertThat(deceived.add(log.log(), log.request(0, 5)))
        .isEqualTo(new Witness.Added.Silent("its answer is not signed by its key"));
    assertThat(deceived.latest(log.log())).isInstanceOf(Witness.Latest.Silent.class);
    assertThat(client(WitnessOnDisk.url(program, "http"), disk.key).latest(log.log()))
        .isInstanceOf(Witness.Latest.Cosigned.class);
  }

  @Test
  void ask_nobodyThere_isSilent() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    HttpWitness client =
        client(URI.create("http://127.0.0.1:" + port), TestKey.of("w.example").cosignatureKey());
    TestLog log = new TestLog(LOG).grow(5, "honest");
    assertThat(client.latest(log.log())).isInstanceOf(Witness.Latest.Silent.class);
    assertThat(client.add(log.log(), log.request(0, 5))).isInstanceOf(Witness.Added.Silent.class);
  }

  @Test
  void tls_pinnedCertificate_isBelievedAndNoOther() throws Exception {
    TestCertificate certificate = TestCertificate.in(folder, "tls");
    TestCertificate other = TestCertificate.in(folder, "other");
    WitnessOnDisk disk =
        new WitnessOnDisk(
            folder.resolve("witness"),
            LOG,
            ", tls: { certificate: \"%s\", key: \"%s\" }"
                .formatted(certificate.chain(), certificate.key()));
    URI url = WitnessOnDisk.url(started(disk), "https");
    TestLog log = new TestLog(LOG).grow(5, "honest");
    try (HttpWitness believed = HttpWitness.at(url, disk.key, certificate.sha256());
        HttpWitness stranger = HttpWitness.at(url, disk.key, other.sha256())) {
      assertThat(believed.add(log.log(), log.request(0, 5)))
          .isInstanceOf(Witness.Added.Cosigned.class);
      assertThat(stranger.latest(log.log()))
          .isInstanceOfSatisfying(
              Witness.Latest.Silent.class,
              silent -> assertThat(silent.why()).contains("its certificate has the SHA-256"));
    }
  }
}
