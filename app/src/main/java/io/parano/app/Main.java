package io.parano.app;

import java.util.Locale;
import picocli.CommandLine;

/// Where every command begins.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /// Runs one command and returns its exit code.
  private static int run(String... arguments) {
    Locale.setDefault(Tongues.ofEnvironment(System.getenv()));
    return line().execute(arguments);
  }

  /// The whole command line.
  static CommandLine line() {
    CommandLine line = new CommandLine(new ParanoCommand());
    line.setExecutionExceptionHandler(Main::tell);
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  /// Users meet a sentence, not a stack trace; `PARANO_TRACE=1` shows the trace to whoever mends
  /// it.
  private static int tell(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    String message = e.getMessage();
    line.getErr().println("parano: " + (message == null ? e.toString() : message));
    if (System.getenv("PARANO_TRACE") != null) {
      e.printStackTrace(line.getErr());
    }
    return e instanceof ServerSaidNo refusal ? refusal.exitCode() : ExitCode.FAILED;
  }
}
