package io.parano.app;

import io.parano.web.AuthorityPlace;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Which part of the program `serve` is in this process, as the command line says it.
final class Role {
  /// From the one that can do least to the one that can do all.
  enum Part {
    DOOR,
    AUTHORITY,
    ALL
  }

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(names = "--role", paramLabel = "ROLE", descriptionKey = "serve.role")
  private @Nullable String role;

  @Option(names = "--between", paramLabel = "SOCKET", descriptionKey = "serve.between")
  private @Nullable Path socket;

  @Option(names = "--peer", paramLabel = "USER", descriptionKey = "serve.peer")
  private @Nullable String peer;

  /// Throws [CommandLine.ParameterException] when it is said in no way that can be meant.
  Part part() {
    Part part = part(role);
    boolean alone = part == Part.ALL;
    if (alone == (socket != null) || alone == (peer != null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), Texts.say("serve.role-incomplete"));
    }
    return part;
  }

  /// Where door and authority meet; null for a process that is both.
  @Nullable AuthorityPlace place() {
    return socket == null || peer == null
        ? null
        : new AuthorityPlace(socket.toAbsolutePath(), peer);
  }

  private Part part(@Nullable String said) {
    return switch (said == null ? "all" : said.toLowerCase(Locale.ROOT)) {
      case "door" -> Part.DOOR;
      case "authority" -> Part.AUTHORITY;
      case "all" -> Part.ALL;
      default ->
          throw new CommandLine.ParameterException(
              spec.commandLine(), Texts.say("serve.role-unknown", String.valueOf(said)));
    };
  }
}
