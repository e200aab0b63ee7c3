package io.parano.app;

import io.parano.document.Mistake;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A policy in a file.
final class PolicyFile {
  private PolicyFile() {}

  static PolicyReading read(Path file) throws IOException {
    try {
      return Policy.read(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new IOException(Texts.say("config.not-text", file.toString()), e);
    }
  }

  /// Throws [IOException] with every mistake when there is one.
  static Policy right(Path file) throws IOException {
    return switch (read(file)) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken(var mistakes) ->
          throw new IOException(String.join("\n", lines(file, mistakes)));
    };
  }

  /// One line a mistake, in the form that editors jump to.
  static List<String> lines(Path file, List<Mistake> mistakes) {
    return mistakes.stream()
        .map(mistake ->
            "%s:%d:%d: %s"
                .formatted(file, mistake.line(), mistake.column(), mistake.text(Tongues.now())))
        .toList();
  }
}
