package io.parano.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Wrong code, written and compiled on the spot, so that a rule can be seen to notice it.
final class Planted {
  private final Path folder;
  private final List<Path> sources = new ArrayList<>();

  Planted(Path folder) {
    this.folder = folder;
  }

  /// One source file of the package `io.parano.<room>`.
  Planted add(String room, String name, String source) {
    Path file = folder.resolve("src/main/java/io/parano/" + room + "/" + name + ".java");
    sources.add(text(file, "package io.parano." + room + ";\n" + source));
    return this;
  }

  JavaClasses classes() {
    Path out = folder.resolve("target/classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Files.createDirectories(out);
      List<String> options = List.of("-proc:none", "-d", out.toString());
      boolean compiled =
          compiler
              .getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new IllegalStateException("a planted source does not compile");
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return new ClassFileImporter().importPath(out);
  }

  static Path text(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
