package io.parano.app;

import io.parano.demo.Demo;
import io.parano.demo.DemoOptions;
import io.parano.kernel.Language;
import java.io.Console;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano demo`: the whole system on loopback, and the attack of 2013 against it.
@Command(name = "demo", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--once", descriptionKey = "demo.once")
  private boolean once;

  @Option(names = "--report", paramLabel = "FILE", descriptionKey = "demo.report")
  private @Nullable Path report;

  @Option(names = "--port-base", paramLabel = "PORT", descriptionKey = "demo.port-base")
  private @Nullable Integer portBase;

  @Option(names = "--lang", paramLabel = "en|fr", descriptionKey = "demo.lang")
  private @Nullable String language;

  @Option(names = "--data", paramLabel = "FOLDER", descriptionKey = "demo.data")
  private @Nullable Path data;

  @Override
  public Integer call() {
    Language spoken =
        language == null ? Tongues.now() : Language.valueOf(language.toUpperCase(Locale.ROOT));
    DemoOptions options =
        new DemoOptions(
            once,
            report,
            portBase == null ? OptionalInt.empty() : OptionalInt.of(portBase),
            spoken,
            data,
            terminal() && System.getenv("NO_COLOR") == null,
            true);
    return Demo.run(options, DemoServer::start, new SystemRandomness(), System.out);
  }

  private static boolean terminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
