package io.parano.app;

import io.parano.verifier.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `parano audit …`: the audit log.
@Command(
    name = "audit",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditTailCommand.class,
      AuditSearchCommand.class,
      AuditExportCommand.class,
      AuditCommand.Verify.class,
      WitnessCommand.class
    })
final class AuditCommand {
  /// The verifier could not verify; 1, that the log does not hold, is the same for both.
  private static final int NOT_VERIFIED = 2;

  /// `parano audit verify`: the offline verifier, which is also a jar of its own. Its words are its
  /// own, `--help` included.
  @Command(name = "verify", resourceBundle = "io.parano.app.commands")
  static final class Verify implements Callable<Integer> {
    @Unmatched private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
      int status =
          new Verification(System.getenv(), System.out, System.err)
              .run(words.toArray(String[]::new));
      return status == NOT_VERIFIED ? ExitCode.FAILED : status;
    }
  }
}
