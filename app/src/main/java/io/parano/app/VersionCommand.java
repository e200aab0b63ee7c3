package io.parano.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `parano version`.
@Command(name = "version", resourceBundle = "io.parano.app.commands")
final class VersionCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().getOut().println(new Version().getVersion()[0]);
  }
}
