package io.parano.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `parano policy show`: the policy in force, as it was applied. What it prints can be edited and
/// applied.
@Command(name = "show", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class PolicyShowCommand implements Callable<Integer> {
  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Override
  public Integer call() throws IOException {
    return desk.with(remote -> {
      Json policy = remote.get("/api/policy");
      if (desk.json()) {
        desk.out().println(policy);
      } else {
        desk.err()
            .println(Texts.say("policy.in-force", policy.text("version"), policy.text("digest")));
        desk.out().println(Plain.lines(policy.text("document")));
      }
      return ExitCode.DONE;
    });
  }
}
