package io.parano.app;

import io.parano.web.AuthorityPlace;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// Which part of the program `serve` is in this process, as the command line says it.
final class Role {
  /// `HOST:PORT`; what has a slash, or no port, is a path.
  private static final Pattern NETWORK =
      Pattern.compile("(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):(?<port>[0-9]{1,5})");

  private static final int LAST_PORT = 65_535;

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

  @Option(names = "--between", paramLabel = "SOCKET|HOST:PORT", descriptionKey = "serve.between")
  private @Nullable String between;

  @Option(names = "--peer", paramLabel = "USER|NAME", descriptionKey = "serve.peer")
  private @Nullable String peer;

  @Option(names = "--certificate", paramLabel = "FILE", descriptionKey = "serve.certificate")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", descriptionKey = "serve.key")
  private @Nullable Path key;

  @Option(names = "--ca", paramLabel = "FILE", descriptionKey = "serve.ca")
  private @Nullable Path authority;

  /// Throws [CommandLine.ParameterException] when it is said in no way that can be meant.
  Part part() {
    Part part = part(role);
    boolean alone = part == Part.ALL;
    if (alone == (between != null) || alone == (peer != null)) {
      throw refused("serve.role-incomplete");
    }
    long papers = Stream.of(certificate, key, authority).filter(file -> file != null).count();
    if (papers != (between != null && NETWORK.matcher(between).matches() ? 3 : 0)) {
      throw refused("serve.role-papers");
    }
    return part;
  }

  /// Where door and authority meet; null for a process that is both.
  @Nullable AuthorityPlace place() {
    if (between == null || peer == null) {
      return null;
    }
    Matcher network = NETWORK.matcher(between);
    if (!network.matches() || certificate == null || key == null || authority == null) {
      return new AuthorityPlace.Socket(Path.of(between).toAbsolutePath(), peer);
    }
    int port = Integer.parseInt(network.group("port"));
    if (port < 1 || port > LAST_PORT) {
      throw refused("serve.role-port", between);
    }
    return new AuthorityPlace.Network(
        network.group("host").replaceAll("[\\[\\]]", ""),
        port,
        new AuthorityPlace.Papers(
            certificate.toAbsolutePath(), key.toAbsolutePath(), authority.toAbsolutePath()),
        peer);
  }

  private Part part(@Nullable String said) {
    return switch (said == null ? "all" : said.toLowerCase(Locale.ROOT)) {
      case "door" -> Part.DOOR;
      case "authority" -> Part.AUTHORITY;
      case "all" -> Part.ALL;
      default -> throw refused("serve.role-unknown", String.valueOf(said));
    };
  }

  private CommandLine.ParameterException refused(String said, String... arguments) {
    return new CommandLine.ParameterException(spec.commandLine(), Texts.say(said, arguments));
  }
}
