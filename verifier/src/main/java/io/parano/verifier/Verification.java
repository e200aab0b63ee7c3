package io.parano.verifier;

import io.parano.audit.ExportVerifier;
import io.parano.audit.Finding;
import io.parano.audit.NoteFile;
import io.parano.audit.Verdict;
import io.parano.kernel.Bytes;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command: reads its arguments, verifies, and tells the verdict on `out` and everything else
/// on `err`.
public final class Verification {
  private static final int HOLDS = 0;
  private static final int BROKEN = 1;
  private static final int NOT_VERIFIED = 2;

  /// A sign of life every few seconds.
  private static final long STEP = 1 << 20;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  public Verification(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /// The exit status: 0 the log holds, 1 it does not, 2 it could not be verified.
  public int run(String... arguments) {
    Arguments parsed = Arguments.parse(arguments, environment);
    Wording wording = Wording.of(parsed.language());
    return switch (parsed) {
      case Arguments.Help _ -> {
        out.print(wording.usage());
        yield HOLDS;
      }
      case Arguments.Wrong wrong -> {
        err.println("parano-verify: " + wrong.what());
        err.println();
        err.print(wording.usage());
        yield NOT_VERIFIED;
      }
      case Arguments.Verify verify -> {
        try {
          yield tell(verdict(verify, wording), verify, wording);
        } catch (IOException | UncheckedIOException e) {
          err.println("parano-verify: " + wording.unreadable(String.valueOf(e.getMessage())));
          yield NOT_VERIFIED;
        }
      }
    };
  }

  private Verdict verdict(Arguments.Verify verify, Wording wording) throws IOException {
    if (!Files.isDirectory(verify.folder())) {
      throw new IOException(verify.folder().toString());
    }
    List<NoteFile> elsewhere = new ArrayList<>();
    for (Path file : verify.checkpoints()) {
      elsewhere.add(new NoteFile(file.toString(), Bytes.of(ExportFolder.bytes(file))));
    }
    return ExportVerifier.verify(
        new ExportFolder(verify.folder()),
        elsewhere,
        verify.key(),
        verify.witnesses(),
        entries -> {
          if (entries > 0 && entries % STEP == 0) {
            err.println(wording.progress(entries));
          }
        });
  }

  private int tell(Verdict verdict, Arguments.Verify verify, Wording wording) {
    if (verify.json()) {
      out.println(VerdictJson.of(verdict, verify.language()));
    } else {
      switch (verdict) {
        case Verdict.Holds(Verdict.Summary summary) -> out.println(wording.holds(summary));
        case Verdict.Broken(List<Finding> findings, long more, Verdict.Summary _) -> {
          out.println(wording.broken(findings.size() + more));
          findings.forEach(found -> out.println("- " + FindingText.of(found, verify.language())));
          if (more > 0) {
            out.println("- " + wording.notListed(more));
          }
        }
      }
      wording.details(verdict.summary()).forEach(out::println);
    }
    return switch (verdict) {
      case Verdict.Holds _ -> HOLDS;
      case Verdict.Broken _ -> BROKEN;
    };
  }
}
