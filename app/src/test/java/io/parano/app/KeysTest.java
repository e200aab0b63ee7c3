package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Certifying;
import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.EventType;
import io.parano.audit.NoteKey;
import io.parano.audit.Verdict;
import io.parano.kernel.Secret;
import io.parano.keys.KeyPurpose;
import io.parano.keys.Keyset;
import io.parano.keys.SshSigner;
import io.parano.sshcert.CertificateReading;
import io.parano.sshcert.RevocationList;
import io.parano.sshcert.Signing;
import io.parano.sshcert.SshSignature;
import io.parano.store.Criterion;
import io.parano.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The keys of an installation on disk, listed, renewed and retired through its control socket.
@Tag("slow")
class KeysTest {
  private static final int TRIES = 600;
  @TempDir private Path folder;
  private Installation installation = new Installation(Path.of(""), 0, 0);
  private @Nullable Server server;

  @BeforeEach
  void begin() throws IOException {
    installation = Installation.begun(folder.resolve("parano"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Server serve() throws IOException {
    server = serving(installation.file());
    return server;
  }

  static Server serving(Path file) throws IOException {
    return switch (ConfigurationFile.load(file)) {
      case ConfigurationFile.Loaded.Right(var configuration, var weaknesses) -> {
        Keyset keyset = Preparation.open(configuration, Secrets.ofProcess());
        yield ServerFolder.serving(
            Server.start(
                new ConfiguredPlan(configuration).with(keyset, WitnessPlan.none()),
                (books, random, now) -> ""));
      }
      case ConfigurationFile.Loaded other -> throw new AssertionError(other.toString());
    };
  }

  private Installation.Said keys(String how, String which, String... more) {
    List<String> line = new ArrayList<>(List.of("keys", how, which));
    line.addAll(List.of("--config", installation.file().toString()));
    line.addAll(List.of(more));
    return Installation.run(line.toArray(String[]::new));
  }

  private Json list() throws IOException {
    return Json.read(
        Installation.run(
                "keys",
                "list",
                "--json",
                "--control",
                installation.folder().resolve("run/control").toString())
            .out());
  }

  private List<String> standings(String purpose) throws IOException {
    List<String> found = new ArrayList<>();
    for (Json key : list().list("keys")) {
      if (key.text("purpose").equals(purpose)) {
        found.add(key.number("version") + " " + key.text("standing"));
      }
    }
    return found;
  }

  private List<String> recorded(Server running) {
    return running.log().newest(List.of(new Criterion.Type(EventType.KEYS_CHANGED)), 99).stream()
        .map(entry -> entry.read().resource() + " " + entry.read().facts().get("step"))
        .toList();
  }

  @Test
  void list_freshKeyset_tellsEachKeyAndNoSecret() throws IOException {
    serve();
    Installation.Said said =
        Installation.run(
            "keys", "list", "--control", installation.folder().resolve("run/control").toString());
    assertThat(said.code()).isEqualTo(ExitCode.DONE);
    assertThat(said.out())
        .contains(
            "sealing", "tagging", "log-signing", "ssh-users", "auth.localhost/log+", "ssh-ed");
    assertThat(standings("sealing")).containsExactly("1 in-use");
  }

  @Test
  void rotate_sealing_sealsAnewWhatWasSealedAndGoesOn() throws IOException {
    Server running = serve();
    assertThat(keys("rotate", "sealing").out()).contains("done");
    assertThat(standings("sealing")).containsExactlyInAnyOrder("1 earlier", "2 in-use");
    assertThat(list().number("sealedUnderEarlier")).isZero();
    assertThat(recorded(running)).contains("key:sealing renewed");
    running.close();
    assertThat(recorded(serve())).contains("key:sealing renewed");
  }

  @Test
  void retire_sealingWhileTheConfigurationNeedsIt_refusesAndNamesWhose() throws IOException {
    String secret = sealed(Installation.run("radius", "secret", "vpn-1", "--config", config()));
    Files.writeString(
        installation.file(),
        Files.readString(installation.file())
            + "\nradius: { access: '127.0.0.1:%d', accounting: '127.0.0.1:%d', clients: [{ name: vpn-1, addresses: [127.0.0.1], secret: %s }] }\n"
                .formatted(FreePort.next(), FreePort.next(), secret));
    Server before = serve();
    assertThat(keys("rotate", "sealing").code()).isEqualTo(ExitCode.DONE);
    assertThat(keys("retire", "sealing").err()).contains("radius vpn-1");

    String anew = sealed(Installation.run("keys", "reseal", "--config", config()));
    installation.change(secret, anew);
    before.close();
    serve();
    assertThat(keys("retire", "sealing").err())
        .contains("younger than 15 minutes")
        .doesNotContain("radius vpn-1");
    assertThat(Installation.run("keys", "reseal", "--config", config()).out())
        .contains("nothing in parano.yaml");
  }

  private String config() {
    return installation.file().toString();
  }

  private static String sealed(Installation.Said said) {
    return said.out()
        .lines()
        .filter(line -> line.matches("(secret|radius vpn-1): [A-Za-z0-9_-]+"))
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .findFirst()
        .orElseThrow(() -> new AssertionError(said.toString()));
  }

  @Test
  void retire_sealing_waitsUntilNothingCanBeUnderWay() throws IOException {
    serve();
    assertThat(keys("retire", "sealing").err()).contains("no older key");
    assertThat(keys("rotate", "sealing").code()).isEqualTo(ExitCode.DONE);
    assertThat(keys("retire", "sealing").err()).contains("younger than 15 minutes");
    assertThat(standings("sealing")).hasSize(2);
  }

  @Test
  void rotate_tagging_leavesTheNewerKeyAloneAndTheServerServing() throws IOException {
    Server running = serve();
    assertThat(keys("rotate", "tagging").code()).isEqualTo(ExitCode.DONE);
    assertThat(standings("tagging")).containsExactly("2 in-use");
    assertThat(standings("decoys")).containsExactly("1 in-use");
    running.checkRows();
    running.checkpoint();
    assertThat(running.isOpen()).isTrue();
    assertThat(running.readiness().toString()).doesNotContain("tampered");
    assertThat(recorded(running)).contains("key:tagging renewed", "key:tagging rows-tagged");
    running.close();
    serve();
  }

  /// Whoever has the older key goes on verifying until it is retired, and afterwards what was
  /// signed until then; whoever has the newer one verifies all of it from the first day on.
  @Test
  void rotate_logSigning_keepsVerifiersOfBothKeys() throws IOException {
    Server running = serve();
    NoteKey older = logKey(1);
    assertThat(keys("rotate", "log-signing").out()).contains("both keys sign");
    NoteKey newer = logKey(2);
    assertThat(recorded(running)).contains("key:log-signing renewed");
    running.checkpoint();
    for (String note : running.log().checkpoints()) {
      assertGenuine(note, older);
      assertGenuine(note, newer);
    }
    assertThat(keys("rotate", "log-signing").err()).contains("retire the older one first");
    running.close();

    Server again = serve();
    String both = again.log().checkpoint().orElseThrow();
    assertThat(keys("retire", "log-signing").code()).isEqualTo(ExitCode.DONE);
    assertSignedByNewerAlone(again, older, newer);
    assertGenuine(both, older);
    assertThat(keys("rotate", "log-signing").code()).as("the next one").isEqualTo(ExitCode.DONE);
    again.checkpoint();
    assertGenuine(again.log().checkpoint().orElseThrow(), logKey(3));
    assertThat(keys("retire", "log-signing").code()).isEqualTo(ExitCode.DONE);
    assertSignedByNewerAlone(again, newer, logKey(3));
    NoteKey newest = logKey(3);
    again.close();
    assertSignedByNewerAlone(serve(), newer, newest);
  }

  /// The running server goes on as the log of `newer`, whose past verifies under it.
  private static void assertSignedByNewerAlone(Server running, NoteKey older, NoteKey newer) {
    running.checkpoint();
    assertThat(running.log().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    String note = running.log().checkpoint().orElseThrow();
    assertGenuine(note, newer);
    assertThat(running.log().sizeOf(note)).isEqualTo(running.log().size());
    assertThat(CheckedCheckpoint.open(note, older.name(), older))
        .isInstanceOf(CheckpointOutcome.Refused.class);
    running.log().checkpoints().forEach(kept -> assertGenuine(kept, newer));
    assertThat(running.readiness().toString()).doesNotContain("tampered");
  }

  private static void assertGenuine(String note, NoteKey key) {
    assertThat(CheckedCheckpoint.open(note, key.name(), key))
        .isInstanceOf(CheckpointOutcome.Genuine.class);
  }

  private NoteKey logKey(int version) throws IOException {
    for (Json key : list().list("keys")) {
      if (key.text("purpose").equals("log-signing") && key.number("version") == version) {
        return NoteKey.parse(key.text("publicKey"));
      }
    }
    throw new AssertionError("no log key " + version);
  }

  @Test
  void rotate_sshUsers_standsByUntilTheOlderIsRetired() throws IOException {
    serve();
    assertThat(keys("rotate", "ssh-users").code()).isEqualTo(ExitCode.DONE);
    assertThat(standings("ssh-users")).containsExactlyInAnyOrder("1 in-use", "2 stands-by");
    assertThat(keys("retire", "ssh-users").code()).isEqualTo(ExitCode.DONE);
    assertThat(standings("ssh-users")).containsExactly("2 in-use");
    assertThat(keys("rotate", "ssh").err()).contains("has the keys of both");
  }

  /// Without a restart: what the server certifies, and what it says that its authorities are.
  @Test
  void retire_sshAuthorities_takesEffectAtOnce() throws IOException {
    serve();
    String older = hostAuthority();
    assertThat(keys("rotate", "ssh-hosts").code()).isEqualTo(ExitCode.DONE);
    assertThat(hostAuthority()).as("the newer one stands by").isEqualTo(older);
    assertThat(keys("retire", "ssh-hosts").code()).isEqualTo(ExitCode.DONE);
    assertThat(hostAuthority()).isNotEqualTo(older).isEqualTo(publicKey("ssh-hosts"));

    assertThat(keys("rotate", "ssh-users").code()).isEqualTo(ExitCode.DONE);
    assertThat(keys("retire", "ssh-users").code()).isEqualTo(ExitCode.DONE);
    assertThat(Installation.run("ssh", "authority", "--control", control()).out())
        .contains(publicKey("ssh-users"));
  }

  private String control() {
    return installation.folder().resolve("run/control").toString();
  }

  /// Of the only key there is for it.
  private String publicKey(String purpose) throws IOException {
    List<String> found = new ArrayList<>();
    for (Json key : list().list("keys")) {
      if (key.text("purpose").equals(purpose)) {
        found.add(key.text("publicKey"));
      }
    }
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /// Whose the next certificate of a host is.
  private String hostAuthority() throws IOException {
    Installation.Said said = installation.hostCertificate();
    return switch (CertificateReading.ofLine(said.out().strip())) {
      case CertificateReading.Malformed(var flaw) -> throw new AssertionError(flaw + said.err());
      case CertificateReading.Read(var read) -> {
        assertThat(read.signing()).isEqualTo(Signing.HOLDS);
        yield read.certificate().authority().line("").strip();
      }
    };
  }

  /// A host that has both halves hears the list before and after the older key is retired.
  @Test
  void round_listByEitherAuthority_countsAndByAStrangerNot() throws IOException {
    Keyset before = Keyset.fresh(Instant.EPOCH, new SystemRandomness());
    Keyset after = before.with(KeyPurpose.SSH_USERS, Instant.EPOCH, new SystemRandomness());
    SshSigner older = after.sshUsers();
    SshSigner newer = after.without(KeyPurpose.SSH_USERS).sshUsers();
    SshSigner stranger = Keyset.fresh(Instant.EPOCH, new SystemRandomness()).sshUsers();
    AtomicReference<String> says = new AtomicReference<>("");
    SshHostAgent agent =
        new SshHostAgent(
            says::get,
            List.of(older.publicKey(), newer.publicKey()),
            folder.resolve("host"),
            InstantSource.system(),
            null);
    says.set(published(1, older));
    assertThat(agent.round()).isEqualTo(new SshHostAgent.Round.Applied(1, 0));
    says.set(published(2, newer));
    assertThat(agent.round()).isEqualTo(new SshHostAgent.Round.Applied(2, 0));
    says.set(published(3, stranger));
    assertThat(agent.round()).isInstanceOf(SshHostAgent.Round.Refused.class);
  }

  private static String published(long version, SshSigner by) {
    byte[] list = new RevocationList(version, Instant.now(), "parano", List.of()).write().copy();
    return SshSignature.sign(by, Certifying.REVOCATIONS, list)
        + Base64.getEncoder().encodeToString(list)
        + "\n";
  }

  @Test
  void rotate_passphrase_isTheOnlyOneThatOpens() throws IOException {
    serve();
    Path fresh = folder.resolve("fresh");
    Files.writeString(fresh, "trop court");
    assertThat(keys("rotate", "passphrase", "--new-passphrase", fresh.toString()).err())
        .contains("too short");
    Files.writeString(fresh, "granit velours marmotte quatorze prune");
    assertThat(keys("rotate", "passphrase", "--new-passphrase", fresh.toString()).code())
        .isEqualTo(ExitCode.DONE);
    assertThat(keys("rotate", "decoys").err()).contains("does not open the keyset");
    Files.writeString(
        installation.folder().resolve("passphrase"), "granit velours marmotte quatorze prune");
    assertThat(keys("rotate", "decoys").code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void begin_wrongPassphrase_isRefusedUnrecorded() throws Exception {
    Server running = serve();
    long before = running.log().size();
    begin(running, new KeyChange.Rotate(KeyPurpose.SEALING), "quatre chevaux dans le brouillard");
    assertThat(running.keys().describe().text("refusal")).isEqualTo("passphrase-wrong");
    assertThat(running.log().size()).isEqualTo(before);
    begin(running, new KeyChange.Rotate(KeyPurpose.SEALING), Installation.PASSPHRASE);
    assertThat(running.keys().describe().text("refusal")).isEmpty();
    assertThat(running.log().size()).isGreaterThan(before);
  }

  private static void begin(Server running, KeyChange change, String passphrase)
      throws InterruptedException, IOException {
    running.keys().begin(change, Secret.ofText(passphrase), Secret.of(new byte[0]), "user test");
    for (int tries = 0; tries < TRIES && !running.keys().describe().truth("over"); tries++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(running.keys().describe().truth("over")).isTrue();
  }

  @Test
  void serve_unknownKey_isRefused() throws IOException {
    serve();
    assertThat(keys("rotate", "everything").err()).contains("there is no such key");
    assertThat(keys("retire", "passphrase").err()).contains("there is no such key");
  }
}
