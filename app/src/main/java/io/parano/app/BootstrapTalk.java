package io.parano.app;

import io.parano.config.Configuration;
import io.parano.identity.Newcomer;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/// What a bootstrap asks, and what it shows, on the terminal of whoever sits there.
record BootstrapTalk(Console console, Configuration configuration) {
  static final int OFFICERS = 2;

  List<Newcomer> officers() throws IOException {
    List<Newcomer> officers = new ArrayList<>();
    while (officers.size() < OFFICERS) {
      Newcomer next = officer(officers.size() + 1);
      if (officers.stream().anyMatch(known -> known.name().equals(next.name()))) {
        console.printf("%s%n", Texts.say("bootstrap.same-name", next.name()));
      } else {
        officers.add(next);
      }
    }
    return officers;
  }

  /// Makes the keyset file under a passphrase that is asked for.
  Keyset keyset() throws IOException {
    console.printf("%n%s%n", Texts.say("bootstrap.keyset"));
    Secrets secrets = Secrets.ofProcess();
    try (Secret passphrase = passphrase(secrets)) {
      return Preparation.create(
          configuration, passphrase, Keyset.fresh(Instant.now(), new SystemRandomness()));
    }
  }

  /// A module's PIN is there already.
  private Secret passphrase(Secrets secrets) throws IOException {
    return configuration.keyset().pkcs11() == null
        ? secrets.newPassphrase(configuration.keyset().passphrase())
        : secrets.passphrase(configuration.keyset().passphrase());
  }

  /// @param logKey the log's public key, as the verifier wants it
  void tell(Map<String, Secret> codes, String logKey) {
    console.printf("%n%s%n", Texts.say("bootstrap.enrol", configuration.signIn() + "/enrol"));
    codes.forEach((name, code) -> {
      byte[] bytes = code.copy();
      console.printf("  %-20s %s%n", name, new String(bytes, StandardCharsets.UTF_8));
    });
    console.printf("%n%s%n  %s%n", Texts.say("bootstrap.log-key"), logKey);
    console.flush();
  }

  void say(String sentence) {
    console.printf("%s%n", sentence);
    console.flush();
  }

  private Newcomer officer(int number) throws IOException {
    console.printf("%n%s%n", Texts.say("bootstrap.officer", Integer.toString(number)));
    String name = asked("bootstrap.name").toLowerCase(Locale.ROOT);
    String displayName = asked("bootstrap.display-name");
    String email = asked("bootstrap.email");
    try {
      return new Newcomer(name, displayName, email, new TreeSet<>(), configuration.language());
    } catch (IllegalArgumentException e) {
      console.printf("%s%n", String.valueOf(e.getMessage()));
      return officer(number);
    }
  }

  private String asked(String key) throws IOException {
    String answer = console.readLine("  %s ", Texts.say(key));
    if (answer == null) {
      throw new IOException(Texts.say("bootstrap.given-up"));
    }
    return answer.isBlank() ? asked(key) : answer.strip();
  }
}
