package io.parano.app;

import io.parano.audit.CosignatureKey;
import io.parano.witness.WitnessProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano audit witness`: cosigns the checkpoints of logs on other machines, until it is told to
/// stop. It needs no other part of Parano.
@Command(
    name = "witness",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class WitnessCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "witness.config",
      defaultValue = "witness.yaml")
  private Path file = Path.of("witness.yaml");

  @Option(names = "--make-key", paramLabel = "NAME", descriptionKey = "witness.make-key")
  private @Nullable String name;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (name != null) {
      CosignatureKey key = WitnessProgram.makeKey(file, name);
      out.println(Texts.say("witness.key", key.vkey()));
      return ExitCode.DONE;
    }
    WitnessProgram program = WitnessProgram.open(file, InstantSource.system());
    out.println(Texts.say("witness.witnessing", place(program), program.key().vkey()));
    out.flush();
    untilStopped(program);
    return ExitCode.DONE;
  }

  /// Told to stop (SIGTERM, Ctrl-C), it ends in order; the virtual machine alone would end with 143.
  private static void untilStopped(WitnessProgram program) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  program.close();
                  Runtime.getRuntime().halt(ExitCode.DONE);
                }));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String place(WitnessProgram program) {
    String host = program.address().getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + program.address().getPort();
  }
}
