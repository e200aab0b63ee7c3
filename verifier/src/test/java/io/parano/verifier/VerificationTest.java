package io.parano.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.NoteSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
  private static final NoteSigner LOG = SampleExport.signer();

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private SampleExport export = new SampleExport(Path.of(""), Path.of(""), LOG);

  @BeforeEach
  void export() {
    export = SampleExport.in(folder, LOG, "home");
  }

  @Test
  void run_untouched_returns0() {
    assertThat(verify()).isZero();
    assertThat(out.toString(UTF_8))
        .contains("The log holds: 300 entries")
        .contains("bear witness to the first 300 entries");
  }

  @Test
  void run_altered_returns1AndNamesTheEntry() {
    export.tamper();
    assertThat(verify()).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("1 finding.\n- entry 3 was altered\n");
  }

  @Test
  void run_inFrench_saysTheSame() {
    assertThat(verify("--lang", "fr")).isZero();
    assertThat(out.toString(UTF_8)).contains("Le journal tient : 300 entrées");
    export.tamper();
    assertThat(
            verification(Map.of("LANG", "fr_FR.UTF-8"), "--checkpoint", export.kept().toString()))
        .isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("- l'entrée 3 a été modifiée\n");
  }

  @Test
  void run_asJson_isOneObject() {
    assertThat(verify("--json")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("{\"findings\":[],\"checkpoints\":2,\"cosigned\":[],\"entries\":300,")
        .endsWith("\"verdict\":\"holds\",\"witnessed\":300}\n");
    out.reset();
    export.tamper();
    assertThat(verify("--json")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .startsWith(
            "{\"findings\":[{\"index\":3,\"kind\":\"altered\",\"text\":\"entry 3 was altered\"}],")
        .contains("\"verdict\":\"broken\"");
  }

  @Test
  void run_anotherHistoryUnderTheSameKey_returns1OnlyForTheCheckpointKeptElsewhere() {
    SampleExport rewritten = SampleExport.in(folder, LOG, "elsewhere");
    String[] without = {rewritten.folder().toString(), "--key", export.vkey()};
    assertThat(new Verification(Map.of(), stream(out), stream(err)).run(without)).isZero();
    assertThat(out.toString(UTF_8)).contains("No checkpoint from elsewhere bears witness");
    String[] with = {
      rewritten.folder().toString(),
      "--key",
      export.vkey(),
      "--checkpoint",
      export.kept().toString()
    };
    assertThat(new Verification(Map.of(), stream(out), stream(err)).run(with)).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains("among entries 0 to 299 was rewritten")
        .contains("the log's key has signed the new history too");
  }

  @Test
  void run_anotherKey_returns1() {
    String other = SampleExport.signer().key().vkey();
    String[] arguments = {
      export.folder().toString(), "--key", other, "--checkpoint", export.kept().toString()
    };
    assertThat(new Verification(Map.of(), stream(out), stream(err)).run(arguments)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("counts for nothing: not signed by the given key");
  }

  @Test
  void run_cosigned_saysUpToWhichEntryAndNeedsNoCheckpointFromElsewhere() {
    NoteSigner witness = SampleExport.signer();
    export.cosignedBy(witness, Instant.parse("2026-11-25T12:00:00Z"));
    String[] arguments = {
      export.folder().toString(),
      "--key",
      export.vkey(),
      "--witness",
      witness.cosignatureKey().vkey()
    };
    assertThat(new Verification(Map.of(), stream(out), stream(err)).run(arguments)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("bear witness to the first 300 entries")
        .contains("cosigned the first 300 entries at 2026-11-25T12:00:00Z: all of them.");
  }

  @Test
  void run_notCosignedByTheWitnessThatIsWanted_returns1() {
    export.cosignedBy(SampleExport.signer(), Instant.parse("2026-11-25T12:00:00Z"));
    String wanted = SampleExport.signer().cosignatureKey().vkey();
    assertThat(verify("--witness", wanted)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("- no checkpoint that holds was cosigned by");
    assertThat(verify()).isZero();
  }

  @Test
  void run_cosignatureTampered_countsForNothing() throws IOException {
    NoteSigner witness = SampleExport.signer();
    export.cosignedBy(witness, Instant.parse("2026-11-25T12:00:00Z"));
    Path note = export.folder().resolve("checkpoint");
    String genuine = Files.readString(note);
    String key = witness.cosignatureKey().vkey();
    assertThat(verify("--witness", key)).isZero();
    // The fourth character of the time: the line still reads as one.
    int at = genuine.lastIndexOf(' ') + 12;
    Files.writeString(
        note,
        genuine.substring(0, at)
            + (genuine.charAt(at) == 'A' ? 'B' : 'A')
            + genuine.substring(at + 1));
    assertThat(verify("--witness", key)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("counts for nothing: not a signed checkpoint");
  }

  @Test
  void run_argumentsThatAreNone_returns2AndSaysWhich() {
    String key = export.vkey();
    String path = export.folder().toString();
    assertUsage("which folder?");
    assertUsage("which folder?", "--key", key);
    assertUsage("public key is missing", path);
    assertUsage("--key needs a value", path, "--key");
    assertUsage("--key: expected a key as name+hash+base64", path, "--key", "nonsense");
    assertUsage("--witness: expected an Ed25519 key", path, "--witness", key);
    assertUsage("unknown: --frobnicate", path, "--frobnicate");
    assertUsage("unknown: second", path, "second");
    assertUsage("--lang takes en or fr", path, "--lang", "de");
    assertUsage("quel dossier ?", "--lang", "fr");
  }

  @Test
  void run_help_returns0() {
    assertThat(new Verification(Map.of(), stream(out), stream(err)).run("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("Usage: java -jar parano-verify.jar");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void run_filesThatAreNotThere_returns2() throws IOException {
    String key = export.vkey();
    String missing = folder.resolve("missing").toString();
    assertUnreadable(missing, "--key", key);
    assertUnreadable(export.folder().toString(), "--key", key, "--checkpoint", missing);
    Path file = Files.createFile(folder.resolve("file"));
    assertUnreadable(file.toString(), "--key", key);
  }

  private void assertUsage(String expected, String... arguments) {
    err.reset();
    assertThat(new Verification(Map.of(), stream(out), stream(err)).run(arguments)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains(expected).contains("parano-verify.jar");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private void assertUnreadable(String... arguments) {
    err.reset();
    assertThat(new Verification(Map.of(), stream(out), stream(err)).run(arguments)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("cannot be read");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private int verify(String... more) {
    String[] arguments = new String[2 + more.length];
    arguments[0] = "--checkpoint";
    arguments[1] = export.kept().toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return verification(Map.of(), arguments);
  }

  private int verification(Map<String, String> environment, String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = export.folder().toString();
    arguments[1] = "--key";
    arguments[2] = export.vkey();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return new Verification(environment, stream(out), stream(err)).run(arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
