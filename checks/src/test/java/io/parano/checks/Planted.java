package io.parano.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Wrong code, compiled on the spot, so that a rule can be seen to notice it.
final class Planted {
  private Planted() {}

  /// The classes of one source file `io.parano.<room>.Planted…`, beside the product's own.
  static JavaClasses classes(Path folder, String room, String name, String source) {
    Path file = source(folder, room, name, source);
    Path out = folder.resolve("classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Files.createDirectories(out);
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-d",
                      out.toString(),
                      "-sourcepath",
                      folder.resolve("src/main/java").toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      if (!compiled) {
        throw new IllegalArgumentException("the planted source does not compile: " + source);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return new ClassFileImporter().importPath(out);
  }

  static Path source(Path folder, String room, String name, String source) {
    Path file = folder.resolve("src/main/java/io/parano/" + room + "/" + name + ".java");
    return text(file, "package io.parano." + room + ";\n" + source);
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
