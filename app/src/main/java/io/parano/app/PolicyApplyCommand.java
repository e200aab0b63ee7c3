package io.parano.app;

import io.parano.identity.Act;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano policy apply FILE`: shows what would change, and puts it before the officers. Applying
/// the same once more proposes nothing.
@Command(name = "apply", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class PolicyApplyCommand implements Callable<Integer> {
  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Parameters(paramLabel = "FILE", descriptionKey = "policy.file")
  private Path file = Path.of("");

  @Option(names = "--dry-run", descriptionKey = "policy.dry-run")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    return switch (PolicyFile.read(file)) {
      case PolicyReading.Mistaken(var mistakes) -> {
        PolicyFile.lines(file, mistakes).forEach(desk.err()::println);
        yield ExitCode.REFUSED;
      }
      case PolicyReading.Read read -> desk.with(remote -> apply(read, remote));
    };
  }

  private int apply(PolicyReading.Read wanted, Remote remote) throws IOException {
    Json inForce = remote.get("/api/policy");
    Policy present = present(inForce.text("document"));
    if (present.digest().equals(wanted.policy().digest())) {
      desk.out()
          .println(
              desk.json()
                  ? Json.object("changes", List.of())
                  : Texts.say("policy.same-in-force", inForce.text("version")));
      return ExitCode.DONE;
    }
    List<String> changes =
        Policy.difference(present, wanted.policy()).stream()
            .map(difference -> difference.text(Tongues.now()))
            .toList();
    show(changes, wanted);
    if (dryRun) {
      if (desk.json()) {
        desk.out().println(Json.object("changes", changes));
      }
      return ExitCode.DONE;
    }
    return propose(present, wanted.policy(), changes, remote);
  }

  private int propose(Policy present, Policy wanted, List<String> changes, Remote remote)
      throws IOException {
    Act.ApplyPolicy act = new Act.ApplyPolicy(present.digest(), wanted.document());
    Proposing proposing = new Proposing(desk, remote);
    Json more = Json.object("changes", changes);
    Optional<String> open = proposing.already(act.canonical().text());
    return open.isPresent()
        ? proposing.tell(open.get(), act.kind(), "act.proposed-already", more)
        : proposing.propose(
            Json.object(
                "kind",
                act.kind(),
                "replaces",
                act.replaces().hex(),
                "document",
                wanted.document()),
            more);
  }

  private void show(List<String> changes, PolicyReading.Read wanted) {
    if (desk.json()) {
      return;
    }
    PrintWriter out = desk.out();
    changes.forEach(out::println);
    if (changes.isEmpty()) {
      out.println(Texts.say("policy.words-only"));
    }
    wanted
        .weaknesses()
        .forEach(weakness -> out.println(Texts.say("serve.weak", weakness.text(Tongues.now()))));
  }

  private static Policy present(String document) throws IOException {
    return switch (Policy.read(document)) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken mistaken -> throw new IOException(Texts.say("policy.newer"));
    };
  }
}
