package io.parano.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The product as it lies on the disk: the modules that the root pom names, their compiled classes,
/// their sources. Read from the folders, not from the class path, so that a module that nobody
/// depends on is judged too.

final class Product {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  /// What JMH writes around the measured code.
  static final String GENERATED = "/jmh_generated/";

  private static final Path ROOT = root();
  private static final List<String> MODULES =
      MODULE
          .matcher(text(ROOT.resolve("pom.xml")).replaceAll("(?s)<!--.*?-->", ""))
          .results()
          .map((MatchResult found) -> found.group(1))
          .toList();
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains(GENERATED))
          .importPaths(
              MODULES.stream()
                  .map(Product::classFolder)
                  .filter(Files::isDirectory)
                  .toArray(Path[]::new));

  private Product() {}

  /// The folder of every module, relative to the root, in the root pom's order.
  static List<String> modules() {
    return MODULES;
  }

  static Path folder() {
    return ROOT;
  }

  static Path classFolder(String module) {
    return ROOT.resolve(module).resolve("target/classes");
  }

  /// Every class of the product's own, tests left out.
  static JavaClasses classes() {
    return CLASSES;
  }

  /// The Java files under `folder`; none when it does not exist.
  static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("parano"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not started inside the project");
      }
    }
    return folder;
  }
}
