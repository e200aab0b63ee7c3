package io.parano.app;

import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.policy.Asker;
import io.parano.policy.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `parano policy explain [FILE]`: of a file, without a server; without a file, of the policy in
/// force, and then for a person.
@Command(
    name = "explain",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Parameters(arity = "0..1", paramLabel = "FILE", descriptionKey = "policy.file-or-server")
  private @Nullable Path file;

  @Option(names = "--host", required = true, paramLabel = "HOST", descriptionKey = "policy.host")
  private String host = "";

  @Option(names = "--from", required = true, paramLabel = "ADDRESS", descriptionKey = "policy.from")
  private String from = "";

  @Option(names = "--path", defaultValue = "/", paramLabel = "PATH", descriptionKey = "policy.path")
  private String path = "/";

  @Option(
      names = "--method",
      defaultValue = "GET",
      paramLabel = "METHOD",
      descriptionKey = "policy.method")
  private String method = "GET";

  @Option(names = "--group", paramLabel = "GROUP", descriptionKey = "policy.group")
  private @Nullable Set<String> groups;

  @Option(names = "--person", paramLabel = "NAME", descriptionKey = "policy.person")
  private @Nullable String person;

  @Option(names = "--otp", descriptionKey = "policy.otp")
  private boolean otp;

  @Override
  public Integer call() throws IOException {
    if (file != null && person != null) {
      throw wrong(Texts.say("policy.person-needs-server"), null);
    }
    if (file == null && groups != null) {
      throw wrong(Texts.say("policy.group-needs-file"), null);
    }
    if (otp && person == null && groups == null) {
      throw wrong(Texts.say("policy.otp-needs-somebody"), null);
    }
    IpAddress source = address();
    return file == null
        ? desk.with(remote -> ofServer(source, remote))
        : ofFile(PolicyFile.right(file).explain(question(source)).lines(Tongues.now()));
  }

  private int ofFile(List<String> lines) {
    if (desk.json()) {
      desk.out().println(Json.object("lines", lines));
    } else {
      lines.forEach(desk.out()::println);
    }
    return ExitCode.DONE;
  }

  private Question question(IpAddress source) {
    Instant now = Instant.now();
    Asker asker =
        groups == null
            ? new Asker.Outsider()
            : new Asker.Holder(new TreeSet<>(groups), otp ? Factor.OTP : Factor.TOUCH, now, false);
    return new Question(host.toLowerCase(Locale.ROOT), path, method, false, source, asker, now);
  }

  private int ofServer(IpAddress source, Remote remote) throws IOException {
    Json question =
        Json.object(
            "host",
            host.toLowerCase(Locale.ROOT),
            "path",
            path,
            "method",
            method,
            "from",
            source.toString());
    Json whose = person == null ? question : question.with("person", person);
    Json answer = remote.post("/api/explain", otp ? whose.with("factor", "otp") : whose);
    if (desk.json()) {
      desk.out().println(answer);
    } else {
      answer.texts("lines").forEach(line -> desk.out().println(Plain.of(line)));
    }
    return ExitCode.DONE;
  }

  private IpAddress address() {
    try {
      return IpAddress.parse(from);
    } catch (IllegalArgumentException e) {
      throw wrong("--from: " + e.getMessage(), e);
    }
  }

  private ParameterException wrong(String message, @Nullable Throwable cause) {
    return new ParameterException(spec.commandLine(), message, cause);
  }
}
