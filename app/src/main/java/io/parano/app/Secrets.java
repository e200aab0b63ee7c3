package io.parano.app;

import io.parano.config.Configuration.PassphraseSource;
import io.parano.kernel.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Fetches secrets from where they are kept: a terminal, a credential of the service, a file.
/// Everything throws [IOException] with a sentence for the operator.
final class Secrets {
  /// No secret that people or proxies use is longer.
  private static final int MOST_BYTES = 1024;

  /// Six random words (docs/keys.md) are hardly ever shorter.
  static final int SHORTEST_PASSPHRASE = 20;

  private static final int ATTEMPTS = 3;

  private final Map<String, String> environment;
  private final Optional<Console> terminal;

  Secrets(Map<String, String> environment, Optional<Console> terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  static Secrets ofProcess() {
    return new Secrets(System.getenv(), Terminal.console());
  }

  /// The passphrase of a keyset that exists.
  Secret passphrase(PassphraseSource source) throws IOException {
    return switch (source) {
      case PassphraseSource.Terminal _ -> typed(Texts.say("passphrase.prompt"));
      case PassphraseSource.SystemdCredential(var name) -> credential(name);
      case PassphraseSource.File(var path) -> firstLine(path);
    };
  }

  /// The passphrase of a keyset to be made: long enough, and what is typed is asked for twice.
  Secret newPassphrase(PassphraseSource source) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Secret first = passphrase(source);
      String objection = objection(first, source);
      if (objection.isEmpty()) {
        return first;
      }
      first.close();
      if (!(source instanceof PassphraseSource.Terminal) || attempt == ATTEMPTS) {
        throw new IOException(objection);
      }
      terminal.ifPresent(console -> console.printf("%s%n", objection));
    }
  }

  private String objection(Secret first, PassphraseSource source) throws IOException {
    if (first.length() < SHORTEST_PASSPHRASE) {
      return Texts.say("passphrase.short", Integer.toString(SHORTEST_PASSPHRASE));
    }
    if (!(source instanceof PassphraseSource.Terminal)) {
      return "";
    }
    try (Secret second = typed(Texts.say("passphrase.again"))) {
      return first.matches(second) ? "" : Texts.say("passphrase.differ");
    }
  }

  private Secret typed(String prompt) throws IOException {
    char[] typed = terminal.isPresent() ? terminal.get().readPassword("%s ", prompt) : null;
    if (typed == null) {
      throw new IOException(Texts.say("passphrase.no-terminal"));
    }
    Secret secret = Secret.ofText(CharBuffer.wrap(typed));
    Arrays.fill(typed, '\0');
    return secret;
  }

  private Secret credential(String name) throws IOException {
    String folder = environment.get("CREDENTIALS_DIRECTORY");
    if (folder == null) {
      throw new IOException(Texts.say("passphrase.no-credentials", name));
    }
    return firstLine(Path.of(folder).resolve(name));
  }

  /// The first line of a file, without what ends it.
  static Secret firstLine(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES);
    }
    int length = 0;
    while (length < bytes.length && bytes[length] != '\n' && bytes[length] != '\r') {
      length++;
    }
    byte[] line = Arrays.copyOf(bytes, length);
    Arrays.fill(bytes, (byte) 0);
    Secret secret = Secret.of(line);
    Arrays.fill(line, (byte) 0);
    if (secret.length() == 0) {
      throw new IOException(Texts.say("secret.empty", file.toString()));
    }
    return secret;
  }
}
