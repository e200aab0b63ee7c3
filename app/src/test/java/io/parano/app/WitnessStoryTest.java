package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.Checkpoint;
import io.parano.audit.CosignatureKey;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.ExportVerifier;
import io.parano.audit.NoteFile;
import io.parano.audit.Outcome;
import io.parano.audit.SignedNote;
import io.parano.audit.Verdict;
import io.parano.audit.WatchedLog;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.keys.Keyset;
import io.parano.witness.HttpWitness;
import io.parano.witness.Witness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server and a witness in a process of its own, as they are installed: what only the witness can
/// notice.
@Tag("slow")
class WitnessStoryTest {
  @TempDir private Path folder;
  private final Keyset keyset = Keyset.fresh(Instant.now(), new SystemRandomness());
  private CosignatureKey key = new CosignatureKey("unset", Bytes.of(new byte[32]));
  private WitnessProcess process = new WitnessProcess(Path.of(""));

  @BeforeEach
  void install() throws Exception {
    Path home = Files.createDirectories(folder.resolve("witness"));
    Files.writeString(
        home.resolve("witness.yaml"),
        """
        version: 1
        key: witness.key
        state: state
        listen: { tcp: "127.0.0.1:0" }
        logs:
          - { origin: "%s", key: "%s" }
        """
            .formatted(ServerFolder.ORIGIN, log().key().vkey()));
    process = new WitnessProcess(home.resolve("witness.yaml"));
    key = process.makeKey("witness.example");
    process.start();
  }

  @AfterEach
  void stop() throws Exception {
    process.kill();
  }

  @Test
  void start_everythingPutBackOutsideFolderIncluded_isRefusedThanksToTheWitness() throws Exception {
    ServerFolder server = server(folder.resolve("server"));
    server.begin(witnesses(WitnessPlan.WhenSilent.REFUSE)).close();
    Path older = copy(server.folder(), folder.resolve("older"));
    server.serve(witnesses(WitnessPlan.WhenSilent.REFUSE)).close();
    Path newest = copy(server.folder(), folder.resolve("newest"));

    copy(older, server.folder());
    assertThat(server.start(witnesses(WitnessPlan.WhenSilent.REFUSE)))
        .isInstanceOfSatisfying(
            Server.Start.Refused.class,
            refused ->
                assertThat(refused.why())
                    .contains("the witness witness.example has cosigned")
                    .contains("an older copy was put back"));
    // An excuse for silence is none for what was said.
    assertThat(server.start(witnesses(WitnessPlan.WhenSilent.SERVE)))
        .isInstanceOf(Server.Start.Refused.class);

    // Twins: the newest copy is served; and the older one is where no witness is asked, which
    // shows that nothing else would have noticed.
    copy(newest, server.folder());
    server.serve(witnesses(WitnessPlan.WhenSilent.REFUSE)).close();
    copy(older, server.folder());
    server.serve(WitnessPlan.none()).close();
  }

  @Test
  void round_logThatGoesOnFromAnOlderCopy_isForkedAndTheHonestOneCosigned() throws Exception {
    ServerFolder server = server(folder.resolve("server"));
    server.begin(witnesses(WitnessPlan.WhenSilent.REFUSE)).close();
    Path older = copy(server.folder(), folder.resolve("older"));
    server.serve(witnesses(WitnessPlan.WhenSilent.REFUSE)).close();
    Path newest = copy(server.folder(), folder.resolve("newest"));

    // A thief of the key and of an older copy lets it grow beyond what was witnessed.
    copy(older, server.folder());
    for (int i = 0; i < 3; i++) {
      server.serve(WitnessPlan.none()).close();
    }
    assertThat(server.start(witnesses(WitnessPlan.WhenSilent.REFUSE)))
        .isInstanceOfSatisfying(
            Server.Start.Refused.class,
            refused -> assertThat(refused.why()).contains("are not those that the witness"));

    copy(newest, server.folder());
    try (Server honest = server.serve(witnesses(WitnessPlan.WhenSilent.REFUSE))) {
      long before = size(witness());
      honest.checkpoint();
      honest.round();
      assertThat(size(witness())).isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void witness_forkUnderTheLogsOwnKey_isRefusedAfterEveryRestart() throws Exception {
    ServerFolder server = server(folder.resolve("server"));
    server.begin(witnesses(WitnessPlan.WhenSilent.REFUSE)).close();
    long size = size(witness());
    String forged =
        SignedNote.sign(
            new Checkpoint(ServerFolder.ORIGIN, size, Digest.of(new byte[] {1})).text(), log());
    for (int i = 0; i < 2; i++) {
      assertThat(witness().add(watched(), new AddCheckpoint(size, List.of(), forged)))
          .isInstanceOf(Witness.Added.Refused.class);
      assertThat(witness().add(watched(), new AddCheckpoint(0, List.of(), forged)))
          .isEqualTo(new Witness.Added.Elsewhere(size));
      process.kill();
      process.start();
    }
    server.serve(witnesses(WitnessPlan.WhenSilent.REFUSE)).close();
    assertThat(size(witness())).isGreaterThan(size);
  }

  @Test
  void witness_killed_isShownAndCatchesUpWhenItIsBack() throws Exception {
    ServerFolder server = server(folder.resolve("server"));
    try (Server serving = server.begin(witnesses(WitnessPlan.WhenSilent.REFUSE))) {
      long before = size(witness());
      process.kill();
      serving.checkpoint();
      serving.round();
      assertThat(serving.witnessStatus()).contains("witness.example: NOT for ");
      assertThat(metrics(serving))
          .contains("parano_witnessed_entries{witness=\"witness.example\"} ");
      // On the same port: the server knows no other.
      process.start();
      serving.checkpoint();
      serving.round();
      assertThat(serving.witnessStatus()).contains(" entries, ").doesNotContain("NOT");
      assertThat(size(witness())).isGreaterThanOrEqualTo(before);
    }
  }

  /// A checkpoint and a round, each every ten seconds, and nobody who asks for them.
  @Test
  void witness_byTheClockAlone_cosignsWhatWasWritten() throws Exception {
    ServerFolder server = server(folder.resolve("server"));
    try (Server serving = server.begin(witnesses(WitnessPlan.WhenSilent.REFUSE))) {
      long written =
          serving
              .ledger()
              .commit(Event.at(Instant.now(), EventType.PASS, Outcome.DONE), List.of())
              .index();
      long end = System.nanoTime() + Duration.ofSeconds(25).toNanos();
      while (size(witness()) <= written && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(size(witness())).isGreaterThan(written);
    }
  }

  @Test
  void start_witnessSilent_refusesUnlessItMayServe() throws Exception {
    ServerFolder server = server(folder.resolve("server"));
    server.begin(witnesses(WitnessPlan.WhenSilent.REFUSE)).close();
    process.kill();
    assertThat(server.start(witnesses(WitnessPlan.WhenSilent.REFUSE)))
        .isInstanceOfSatisfying(
            Server.Start.Refused.class,
            refused ->
                assertThat(refused.why())
                    .contains("no witness answers", "--without-witness", "witness.example: "));
    WitnessPlan excused = witnesses(WitnessPlan.WhenSilent.REFUSE).excused();
    try (Server serving = server.serve(excused)) {
      assertThat(newest(serving)).contains("\"witnessed-by\":\"nobody: witness.example: ");
    }
    process.start();
    try (Server serving = server.serve(witnesses(WitnessPlan.WhenSilent.REFUSE))) {
      assertThat(newest(serving)).contains("\"witnessed-by\":\"witness.example\"");
    }
  }

  @Test
  void export_isWitnessedUpToTheCheckpointItEndsWith() throws Exception {
    ServerFolder server = server(folder.resolve("server"));
    try (Server serving = server.begin(witnesses(WitnessPlan.WhenSilent.REFUSE))) {
      serving.checkpoint();
      serving.round();
      ExportFolder export = new ExportFolder(folder.resolve("export"));
      serving.log().export(false, export);
      Verdict verdict =
          ExportVerifier.verify(
              export, List.<NoteFile>of(), log().key(), List.of(key), entries -> {});
      assertThat(verdict).isInstanceOf(Verdict.Holds.class);
      Verdict.Summary summary = verdict.summary();
      assertThat(summary.witnessed()).isEqualTo(summary.entries()).isPositive();
      Verdict.Cosigned cosigned = summary.cosigned().getFirst();
      assertThat(cosigned.witness()).isEqualTo(key);
      assertThat(Duration.between(cosigned.at(), Instant.now())).isLessThan(Duration.ofMinutes(1));
      CosignatureKey stranger = new CosignatureKey("w", log().key().publicKey());
      assertThat(
              ExportVerifier.verify(
                  export, List.<NoteFile>of(), log().key(), List.of(stranger), entries -> {}))
          .isInstanceOf(Verdict.Broken.class);
    }
  }

  /// Killed at whatever instant: what it answered is what it knows afterwards.
  @Test
  void witness_killedWhileItCosigns_neverForgetsWhatItAnswered() throws Exception {
    List<Digest> leaves = new ArrayList<>();
    long acknowledged = 0;
    for (int round = 0; round < 8; round++) {
      Thread killer = killedAfter(Duration.ofMillis(40L * (round + 1)));
      try (HttpWitness client = witness()) {
        while (process.alive()) {
          leaves.add(Digest.of(new byte[] {(byte) leaves.size(), (byte) (leaves.size() >> 8)}));
          Growing growing = new Growing(leaves);
          switch (client.add(watched(), growing.request(acknowledged, log()))) {
            case Witness.Added.Cosigned(var checkpoint) ->
                acknowledged = checkpoint.signed().checkpoint().size();
            case Witness.Added.Elsewhere(long size) -> {
              assertThat(size).isGreaterThanOrEqualTo(acknowledged);
              acknowledged = size;
            }
            case Witness.Added.Silent _ -> {}
            case Witness.Added.Refused(var why) -> throw new AssertionError(why);
          }
        }
      }
      killer.join();
      process.start();
      long kept = size(witness());
      assertThat(kept).isGreaterThanOrEqualTo(acknowledged);
      if (kept > 0) {
        String forged =
            SignedNote.sign(
                new Checkpoint(ServerFolder.ORIGIN, kept, Digest.of(new byte[] {9})).text(), log());
        assertThat(witness().add(watched(), new AddCheckpoint(kept, List.of(), forged)))
            .isInstanceOf(Witness.Added.Refused.class);
      }
      acknowledged = kept;
    }
    assertThat(acknowledged).isPositive();
  }

  private Thread killedAfter(Duration time) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            process.kill();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private OriginSigner log() {
    return new OriginSigner(ServerFolder.ORIGIN, keyset.logSigner());
  }

  private WatchedLog watched() {
    return new WatchedLog(ServerFolder.ORIGIN, log().key());
  }

  private ServerFolder server(Path at) {
    return new ServerFolder(at, keyset);
  }

  private HttpWitness witness() {
    return HttpWitness.at(process.url(), key, null);
  }

  private WitnessPlan witnesses(WitnessPlan.WhenSilent whenSilent) {
    return new WitnessPlan(List.of(witness()), whenSilent, Duration.ZERO);
  }

  private long size(Witness witness) {
    return switch (witness.latest(watched())) {
      case Witness.Latest.Cosigned(var checkpoint) -> checkpoint.signed().checkpoint().size();
      case Witness.Latest.Never _ -> 0;
      case Witness.Latest.Silent(var why) -> throw new AssertionError(why);
    };
  }

  private static String newest(Server server) {
    return server.log().newest(List.of(), 50).stream()
        .map(entry -> new String(entry.leaf().copy(), StandardCharsets.UTF_8))
        .filter(entry -> entry.contains("server-started"))
        .findFirst()
        .orElseThrow();
  }

  private static String metrics(Server server) throws IOException, InterruptedException {
    int port = server.door().bound().getLast().port();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /// The files of `from` over those of `to`, and its database where there is one.
  private static Path copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
          Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
        } else if (Files.isRegularFile(file)) {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    TestStore.copy(from, to);
    return to;
  }
}
