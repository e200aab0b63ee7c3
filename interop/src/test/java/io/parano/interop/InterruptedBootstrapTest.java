package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.app.Main;
import io.parano.testkit.FreePort;
import io.parano.testkit.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bootstrap on a real terminal that is killed wherever it can be: there is always a safe way on.
@Tag("interop")
@Tag("slow")
class InterruptedBootstrapTest {
  private static final String PASSPHRASE = "sable orage tilleul horloge brume 47";
  private static final String CTRL_C = "\u0003";
  private static final List<String[]> ANSWERS =
      List.of(
          new String[] {"sign-in name: ", "ana"},
          new String[] {"full name: ", "Ana Moreau"},
          new String[] {"mail address: ", "ana@brume.example"},
          new String[] {"sign-in name: ", "ben"},
          new String[] {"full name: ", "Ben Keller"},
          new String[] {"mail address: ", "ben@brume.example"},
          new String[] {"Passphrase of the keyset: ", PASSPHRASE},
          new String[] {"Once more: ", PASSPHRASE});

  @TempDir private Path folder;

  @BeforeEach
  void init() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script is missing");
    assertThat(
            run("init parano --sign-in http://auth.localhost:8080 --app http://app.localhost:8080"))
        .isZero();
    Path file = folder.resolve("parano/parano.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("127.0.0.1:9091", "127.0.0.1:" + FreePort.next())
            .replace("127.0.0.1:9092", "127.0.0.1:" + FreePort.next()));
  }

  @Test
  void bootstrap_killedAtAnyQuestion_leavesNothingBehind() throws Exception {
    for (int questions : new int[] {0, 3, 6, 7}) {
      try (Pty pty = bootstrap("")) {
        answer(pty, questions);
        pty.await(ANSWERS.get(questions)[0]);
      }
      assertThat(folder.resolve("parano/keyset")).doesNotExist();
      assertThat(folder.resolve("parano/data")).doesNotExist();
    }
    try (Pty pty = bootstrap("")) {
      begun(pty);
    }
  }

  @Test
  void bootstrap_mistypedAnswers_areAskedAgain() throws Exception {
    try (Pty pty = bootstrap("")) {
      answer(pty, 3);
      pty.await("sign-in name: ");
      pty.type("ana\n");
      pty.await("full name: ");
      pty.type("Somebody\n");
      pty.await("mail address: ");
      pty.type("else@brume.example\n");
      pty.await("the second is somebody else");
      for (String[] answer : ANSWERS.subList(3, 6)) {
        pty.await(answer[0]);
        pty.type(answer[1] + "\n");
      }
      pty.await("Passphrase of the keyset: ");
      pty.type("short\n");
      pty.await("too short");
      pty.await("Passphrase of the keyset: ");
      pty.type(PASSPHRASE + "\n");
      pty.await("Once more: ");
      pty.type(PASSPHRASE + "x\n");
      pty.await("differ");
      pty.await("Passphrase of the keyset: ");
      pty.type(PASSPHRASE + "\n");
      pty.await("Once more: ");
      pty.type(PASSPHRASE + "\n");
      assertThat(code(pty, "ana")).isNotBlank();
    }
  }

  @Test
  void bootstrap_killedBeforeTheOfficersEnrolled_isTakenUpWithThePassphraseAlone()
      throws Exception {
    String before;
    try (Pty pty = bootstrap("")) {
      before = begun(pty);
    }
    try (Pty pty = bootstrap("")) {
      pty.await("there is a keyset already");
      pty.await("--resume");
      assertThat(pty.exit()).isEqualTo(1);
    }
    try (Pty pty = bootstrap("--resume")) {
      pty.await("Passphrase of the keyset: ");
      pty.type("not " + PASSPHRASE + "\n");
      pty.await("does not open the keyset");
      assertThat(pty.exit()).isEqualTo(3);
    }
    try (Pty pty = bootstrap("--resume")) {
      pty.await("Passphrase of the keyset: ");
      pty.type(PASSPHRASE + "\n");
      assertThat(code(pty, "ana")).isNotBlank().isNotEqualTo(before);
      pty.type(CTRL_C);
      assertThat(pty.exit()).isEqualTo(1);
    }
  }

  @Test
  void bootstrap_killedBetweenKeysetAndLog_isTakenUp() throws Exception {
    Path keyset = folder.resolve("parano/keyset");
    try (Pty pty = bootstrap("")) {
      begun(pty);
    }
    delete(folder.resolve("parano/data"));
    delete(folder.resolve("parano/checkpoints"));
    assertThat(keyset).exists();

    try (Pty pty = bootstrap("--resume")) {
      answer(pty, 7);
      assertThat(code(pty, "ben")).isNotBlank();
    }
  }

  @Test
  void resume_logRemovedBehindItsCheckpoints_isRefused() throws Exception {
    try (Pty pty = bootstrap("")) {
      begun(pty);
      pty.type(CTRL_C);
      assertThat(pty.exit()).isEqualTo(1);
    }
    delete(folder.resolve("parano/data"));

    try (Pty pty = bootstrap("--resume")) {
      answer(pty, 7);
      pty.await("an older copy was put back, or its end was cut off");
      assertThat(pty.exit()).isEqualTo(1);
    }
  }

  @Test
  void bootstrap_keysetLost_isRefused() throws Exception {
    try (Pty pty = bootstrap("")) {
      begun(pty);
    }
    Path keyset = folder.resolve("parano/keyset");
    Path copy = folder.resolve("copy");
    Files.move(keyset, copy);
    for (String how : List.of("", "--resume")) {
      try (Pty pty = bootstrap(how)) {
        pty.await("put a copy of the keyset in its place");
        assertThat(pty.exit()).isEqualTo(1);
      }
    }
    Files.move(copy, keyset, StandardCopyOption.REPLACE_EXISTING);
    try (Pty pty = bootstrap("--resume")) {
      pty.await("Passphrase of the keyset: ");
      pty.type(PASSPHRASE + "\n");
      assertThat(code(pty, "ana")).isNotBlank();
    }
  }

  /// Answers everything and waits for the codes; ana's.
  private static String begun(Pty pty) throws IOException {
    answer(pty, ANSWERS.size());
    return code(pty, "ana");
  }

  private static void answer(Pty pty, int questions) throws IOException {
    for (String[] answer : ANSWERS.subList(0, questions)) {
      pty.await(answer[0]);
      pty.type(answer[1] + "\n");
    }
  }

  private static String code(Pty pty, String officer) {
    pty.await("The log's public key");
    Matcher line = Pattern.compile("(?m)^  " + officer + " +(\\S+)\\s*$").matcher(pty.all());
    assertThat(line.find()).as(pty.all()).isTrue();
    return line.group(1);
  }

  private Pty bootstrap(String options) throws IOException {
    return Pty.open(
        script("bootstrap --allow-root --config parano/parano.yaml " + options),
        folder,
        Map.of("LC_ALL", "C.UTF-8"));
  }

  private int run(String arguments) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-eu", script(arguments).toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start()
        .waitFor();
  }

  private Path script(String arguments) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "command", ".sh"),
        "exec '%s' %s\n"
            .formatted(String.join("' '", JavaCommand.of(Main.class.getName())), arguments));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
