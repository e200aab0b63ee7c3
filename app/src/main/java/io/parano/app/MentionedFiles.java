package io.parano.app;

import io.parano.config.ConfigurationMistake;
import io.parano.config.ConfigurationReading.Holder;
import io.parano.config.ConfigurationReading.Mention;
import io.parano.document.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Looks at the files that a configuration mentions: they must be there, and secrets must be their
/// owner's alone.
final class MentionedFiles {
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private MentionedFiles() {}

  /// @param part which part of the program is to use them
  static List<Mistake> mistakes(List<Mention> mentions, Role.Part part) {
    return mentions.stream()
        .filter(mention -> isFor(mention.holder(), part))
        .flatMap(MentionedFiles::mistake)
        .toList();
  }

  private static boolean isFor(Holder holder, Role.Part part) {
    return switch (part) {
      case DOOR -> holder == Holder.DOOR;
      case AUTHORITY -> holder == Holder.AUTHORITY;
      case ALL -> true;
    };
  }

  private static Stream<Mistake> mistake(Mention mention) {
    Path file = mention.file();
    if (!Files.isRegularFile(file)) {
      return told(mention, ConfigurationMistake.FILE_MISSING, file.toString());
    }
    if (!Files.isReadable(file)) {
      return told(
          mention,
          ConfigurationMistake.FILE_UNREADABLE,
          file.toString(),
          System.getProperty("user.name"));
    }
    return switch (mention.wanted()) {
      case PUBLIC -> Stream.empty();
      case SECRET -> exposed(mention);
    };
  }

  private static Stream<Mistake> exposed(Mention mention) {
    try {
      Set<PosixFilePermission> found = Files.getPosixFilePermissions(mention.file());
      return found.stream().noneMatch(OTHERS::contains)
          ? Stream.empty()
          : told(
              mention,
              ConfigurationMistake.FILE_OPEN_TO_OTHERS,
              mention.file().toString(),
              PosixFilePermissions.toString(found));
    } catch (IOException | UnsupportedOperationException e) {
      return told(
          mention, ConfigurationMistake.FILE_OPEN_TO_OTHERS, mention.file().toString(), "?");
    }
  }

  private static Stream<Mistake> told(Mention at, ConfigurationMistake kind, String... arguments) {
    return Stream.of(new Mistake(at.line(), at.column(), kind, List.of(arguments), null));
  }
}
