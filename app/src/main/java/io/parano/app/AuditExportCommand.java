package io.parano.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano audit export FOLDER`: the log up to its last signed checkpoint, as `audit verify` takes
/// it. The folder is whole, or not there.
@Command(
    name = "export",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class AuditExportCommand implements Callable<Integer> {
  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Parameters(paramLabel = "FOLDER", descriptionKey = "export.folder")
  private Path folder = Path.of("");

  @Option(names = "--personal", descriptionKey = "export.personal")
  private boolean personal;

  @Override
  public Integer call() throws IOException {
    return desk.with(remote -> {
      boolean shown = Terminal.console().isPresent() && !desk.json();
      PrintWriter err = desk.err();
      long entries =
          new LogCopy(remote, folder, personal)
              .make((at, of) -> {
                if (shown) {
                  err.print("\r" + Texts.say("export.at", Long.toString(at), Long.toString(of)));
                  err.flush();
                }
              });
      if (shown) {
        err.println();
      }
      desk.out()
          .println(
              desk.json()
                  ? Json.object("folder", folder.toString(), "entries", entries)
                  : Texts.say("export.done", Long.toString(entries), folder.toString()));
      return ExitCode.DONE;
    });
  }
}
