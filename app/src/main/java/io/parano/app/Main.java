package io.parano.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    return equipped(ParanoCommand.of(arguments)).execute(arguments);
  }

  /// The whole command line.
  static CommandLine line() {
    return equipped(ParanoCommand.whole());
  }

  private static CommandLine equipped(CommandLine line) {
    line.setExecutionExceptionHandler(Main::tell);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionStrategy(Main::carryOut);
    return line;
  }

  /// A command that only groups others does nothing but tell of them.
  private static int carryOut(CommandLine.ParseResult parsed) {
    CommandLine asked = parsed.asCommandLineList().getLast();
    boolean helps = parsed.asCommandLineList().stream().anyMatch(CommandLine::isUsageHelpRequested);
    boolean tells =
        parsed.asCommandLineList().stream().anyMatch(CommandLine::isVersionHelpRequested);
    Object command = asked.getCommand();
    boolean groups =
        !(command instanceof Runnable
            || command instanceof Callable<?>
            || command instanceof Method);
    if (groups && !helps && !tells) {
      asked.usage(asked.getOut());
      return ExitCode.DONE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /// Users meet a sentence, not a stack trace; `PARANO_TRACE=1` shows the trace to whoever mends
  /// it.
  private static int tell(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr().println("parano: " + sentence(e));
    if (System.getenv("PARANO_TRACE") != null) {
      e.printStackTrace(line.getErr());
    }
    return e instanceof ServerSaidNo refusal ? refusal.exitCode() : ExitCode.FAILED;
  }

  private static String sentence(Exception e) {
    return switch (e) {
      case IOException fault -> Refusal.why(fault);
      case UncheckedIOException fault -> Refusal.why(fault);
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
