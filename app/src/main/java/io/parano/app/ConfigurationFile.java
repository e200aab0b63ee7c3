package io.parano.app;

import io.parano.config.Configuration;
import io.parano.config.ConfigurationReading;
import io.parano.config.Weakness;
import io.parano.document.Mistake;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a configuration file and looks at what it mentions.
final class ConfigurationFile {
  private ConfigurationFile() {}

  /// What became of it, from the most refusing to the most allowing.
  sealed interface Loaded {
    /// @param why for the operator
    record Unreadable(String why) implements Loaded {}

    record Mistaken(Path file, List<Mistake> mistakes) implements Loaded {
      /// One line a mistake, in the form that editors jump to.
      List<String> lines() {
        return mistakes.stream()
            .map(mistake ->
                "%s:%d:%d: %s"
                    .formatted(file, mistake.line(), mistake.column(), mistake.text(Tongues.now())))
            .toList();
      }
    }

    record Right(Configuration configuration, List<Weakness> weaknesses) implements Loaded {}
  }

  static Loaded load(Path file) {
    return load(file, Role.Part.ALL);
  }

  /// @param part whose files must be there
  static Loaded load(Path file, Role.Part part) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return new Loaded.Unreadable(Texts.say("config.missing", file.toString()));
    }
    try {
      return switch (Configuration.read(Files.readString(file), folder)) {
        case ConfigurationReading.Mistaken(var mistakes) -> new Loaded.Mistaken(file, mistakes);
        case ConfigurationReading.Read read -> looked(file, read, part);
      };
    } catch (CharacterCodingException e) {
      return new Loaded.Unreadable(Texts.say("config.not-text", file.toString()));
    } catch (IOException e) {
      return new Loaded.Unreadable(Texts.say("config.missing", file.toString()));
    }
  }

  private static Loaded looked(Path file, ConfigurationReading.Read read, Role.Part part) {
    List<Mistake> mistakes = MentionedFiles.mistakes(read.mentions(), part);
    if (!mistakes.isEmpty()) {
      return new Loaded.Mistaken(file, mistakes);
    }
    List<Weakness> weaknesses = new ArrayList<>(read.weaknesses());
    if (part != Role.Part.DOOR && onSameDisk(read.configuration())) {
      weaknesses.add(
          Weakness.of(
              Weakness.Kind.CHECKPOINTS_ON_SAME_DISK,
              read.configuration().checkpoints().toString()));
    }
    return new Loaded.Right(read.configuration(), weaknesses);
  }

  private static boolean onSameDisk(Configuration configuration) {
    try {
      FileStore data = Files.getFileStore(existing(configuration.data()));
      return data.equals(Files.getFileStore(existing(configuration.checkpoints())));
    } catch (IOException e) {
      return true;
    }
  }

  /// The path itself, or the nearest folder above it that is there already.
  private static Path existing(Path path) {
    Path found = path;
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }

  /// A configuration without mistakes; throws [IOException] with what they are.
  static Configuration right(Path file) throws IOException {
    return switch (load(file)) {
      case Loaded.Unreadable(var why) -> throw new IOException(why);
      case Loaded.Mistaken mistaken -> throw new IOException(String.join("\n", mistaken.lines()));
      case Loaded.Right(var configuration, var weaknesses) -> configuration;
    };
  }
}
