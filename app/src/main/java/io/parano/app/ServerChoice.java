package io.parano.app;

import io.parano.kernel.IpAddress;
import io.parano.web.Site;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which server, whom to trust that it is that one, and from where.
final class ServerChoice {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(names = "--server", paramLabel = "ORIGIN", descriptionKey = "login.server")
  private @Nullable String server;

  @Option(names = "--ca", paramLabel = "FILE", descriptionKey = "login.ca")
  private @Nullable Path authorities;

  @Option(names = "--source", paramLabel = "ADDRESS", descriptionKey = "login.source")
  private @Nullable String source;

  /// What the options say; where they say nothing, what the last login said. Holds no session.
  Login wanted(Optional<Login> last) {
    if (server == null && last.isEmpty()) {
      throw wrong(Texts.say("login.which-server"));
    }
    Site site = server == null ? last.orElseThrow().server() : site(server);
    Optional<Login> same = last.filter(login -> login.server().equals(site));
    return new Login(
        site,
        authorities == null
            ? same.map(Login::authorities).orElse(null)
            : authorities.toAbsolutePath(),
        source == null ? same.map(Login::source).orElse(null) : address(source),
        null);
  }

  private Site site(String origin) {
    try {
      return Site.parse(origin);
    } catch (IllegalArgumentException e) {
      throw wrong("--server: " + e.getMessage());
    }
  }

  private String address(String text) {
    try {
      return IpAddress.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw wrong("--source: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
