package io.parano.app;

import io.parano.kernel.Secret;
import io.parano.web.Site;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `parano init FOLDER`: a configuration, a policy, a proxy's secret and nginx's part, to start
/// from.
@Command(name = "init", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FOLDER", descriptionKey = "init.folder")
  private Path folder = Path.of("");

  @Option(
      names = "--company",
      paramLabel = "NAME",
      descriptionKey = "init.company",
      defaultValue = StartingSet.COMPANY)
  private String company = StartingSet.COMPANY;

  @Option(
      names = "--sign-in",
      paramLabel = "ORIGIN",
      descriptionKey = "init.sign-in",
      defaultValue = StartingSet.SIGN_IN)
  private String signIn = StartingSet.SIGN_IN;

  @Option(
      names = "--app",
      paramLabel = "ORIGIN",
      descriptionKey = "init.app",
      defaultValue = StartingSet.APPLICATION)
  private String application = StartingSet.APPLICATION;

  @Option(
      names = "--office",
      paramLabel = "NETWORK",
      descriptionKey = "init.office",
      defaultValue = StartingSet.OFFICE)
  private String office = StartingSet.OFFICE;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    StartingSet set = set();
    try (Secret secret = Secret.random(32, new SystemRandomness())) {
      for (Path written : set.write(folder, secret)) {
        out.println(written);
      }
    }
    out.println(Texts.say("init.keyset"));
    out.println(Texts.say("init.next", folder.resolve(StartingSet.CONFIGURATION).toString()));
    return ExitCode.DONE;
  }

  private StartingSet set() {
    try {
      return new StartingSet(company, Site.parse(signIn), Site.parse(application), office);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
