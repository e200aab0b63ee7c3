package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.testkit.JavaCommand;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The quick start, in both languages, does what it says. The story itself is [QuickStartStory].
@Tag("interop")
@Tag("slow")
class QuickStartTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String NOBODY = "65534";

  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void quickStart_playedAsWritten_protectsAnApplication(String language, @TempDir Path folder)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(Chromium.find().isPresent(), "Chromium is not installed");
    for (String program : List.of("nginx", "script", "curl", "unshare", "setpriv", "ip")) {
      Assumptions.assumeTrue(installed(program), program + " is not installed");
    }
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"),
        "the quick start's fixed ports want a network namespace, and that root");
    Path clone = clone(folder);
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command(language, clone))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s", Files.readString(said)).isTrue();
      assertThat(Files.readString(said)).contains("played to the end");
      assertThat(process.exitValue()).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void blocks_bothLanguages_areTheSame() throws IOException {
    assertThat(shell("fr")).isNotEmpty().isEqualTo(shell("en"));
  }

  @Test
  void blocks_beforeInEarnest_areAllPlayed() throws IOException {
    for (String language : List.of("en", "fr")) {
      assertThat(document(language).blocks())
          .filteredOn(block -> block.section() > 0 && block.language().equals("sh"))
          .hasSizeGreaterThan(8)
          .allSatisfy(block -> assertThat(block.how()).isIn("run", "terminal"));
    }
  }

  /// What is printed in bold before the part in earnest is what the pages say, word by word.
  @Test
  void words_inBold_areOnThePages() throws IOException {
    for (String language : List.of("en", "fr")) {
      Properties words = new Properties();
      String file = "/io/parano/web/words_" + language + ".properties";
      try (var in = io.parano.web.WebDoor.class.getResourceAsStream(file)) {
        words.load(
            new java.io.InputStreamReader(
                java.util.Objects.requireNonNull(in), java.nio.charset.StandardCharsets.UTF_8));
      }
      List<String> bold =
          Stream.of(4, 6, 7, 8)
              .flatMap(section -> bold(language, section).stream())
              .filter(word -> !word.endsWith(":"))
              .toList();
      assertThat(bold).hasSizeGreaterThan(8);
      assertThat(words.values().stream().map(Object::toString).toList()).containsAll(bold);
    }
  }

  private static List<String> bold(String language, int section) {
    try {
      return document(language).bold(section);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Everything but transcripts, which are in the reader's language.
  private static List<QuickStartDocument.Block> shell(String language) throws IOException {
    return document(language).blocks().stream()
        .filter(block -> !block.language().equals("text"))
        .toList();
  }

  private static QuickStartDocument document(String language) throws IOException {
    return QuickStartDocument.read(file(language), Locale.of(language));
  }

  private static Path file(String language) {
    return DOCS.resolve(language.equals("en") ? "quick-start.md" : "quick-start.fr.md");
  }

  /// Nobody's, with a network of its own: the ports of the document are free there.
  private static List<String> command(String language, Path clone) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path document = Files.copy(file(language), clone.resolve("quick-start." + language + ".md"));
    return List.of(
        "unshare",
        "--net",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "bash",
        "-c",
        "ip link set lo up && exec setpriv --reuid="
            + NOBODY
            + " --regid="
            + NOBODY
            + " --clear-groups \"$@\"",
        "bash",
        java,
        "-XX:TieredStopAtLevel=1",
        "-cp",
        path(clone),
        QuickStartStory.class.getName(),
        document.toString(),
        language,
        clone.toString());
  }

  /// A folder that nobody may use, with this build's classes and a `parano` that starts them.
  private static Path clone(Path folder) throws IOException, InterruptedException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Path clone = Files.createDirectory(folder.resolve("clone"));
    Path library = Files.createDirectory(clone.resolve("lib"));
    List<String> entries = classPath();
    for (int i = 0; i < entries.size(); i++) {
      Path entry = Path.of(entries.get(i));
      Path copy = library.resolve("%03d-%s".formatted(i, entry.getFileName()));
      if (Files.isDirectory(entry)) {
        copy(entry, copy);
      } else if (Files.exists(entry)) {
        Files.copy(entry, copy);
      }
    }
    Path parano = clone.resolve("parano");
    Files.writeString(
        parano,
        """
        #!/bin/bash
        [ "$1" != build ] || exit 0
        exec '%s' -XX:TieredStopAtLevel=1 -Dstdout.encoding=UTF-8 -Dstdin.encoding=UTF-8 \\
          --enable-native-access=ALL-UNNAMED -cp '%s' io.parano.app.Main "$@"
        """
            .formatted(Path.of(System.getProperty("java.home"), "bin", "java"), path(clone)));
    Files.setPosixFilePermissions(parano, PosixFilePermissions.fromString("rwxr-xr-x"));
    run("chown", "-R", NOBODY + ":" + NOBODY, clone.toString());
    return clone;
  }

  private static String path(Path clone) throws IOException {
    try (Stream<Path> entries = Files.list(clone.resolve("lib"))) {
      return String.join(":", entries.map(Path::toString).sorted().toList());
    }
  }

  private static List<String> classPath() {
    return new ArrayList<>(List.of(JavaCommand.classPath().split(":", -1)));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean installed(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
