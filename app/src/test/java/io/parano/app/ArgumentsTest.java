package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.app.Office.Ran;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is wrong with a command line is said before anybody is asked anything. */
class ArgumentsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "cut # Missing required",
        "cut dog rex --because x # expected person, token, vpn-device, network, zone, session, device or everybody",
        "cut person --because x # expected which person",
        "cut everybody eve --because x # takes nothing",
        "reopen session 1 # expected person, token, network, zone or everybody",
        "reopen person # expected which person",
        "login --server ftp://x # --server: expected https",
        "login --server http://auth.example.com # --server: expected https",
        "login --server https://auth.example.com/x # without path",
        "login --server https://auth.example.com --source here # --source:",
        "policy explain p.yaml --host h --from 192.0.2.1 --person eve # --person asks the server",
        "policy explain --host h --from 192.0.2.1 --group g # --group goes with FILE",
        "policy explain --host h --from here # --from:",
        "audit search --type sing-in # sign-in",
        "audit search --outcome whatever # refused, failed, done",
        "audit search --from yesterday # 2026-11-25",
        "audit search --limit 0 # --limit",
        "act propose enrol-token eve --until soon # 2026-12-31",
        "act propose admit-staff Eve --full-name E --email e@example.test # sign-in name",
        "session cut # Missing required",
        "staff import # Missing required",
      })
  void wrongUse_isToldAndIsTheCodeForIt(String words, String said) {
    Ran ran = with(words.strip().split(" "));
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"act", "act propose", "audit", "passwords", "policy", "session", "staff"})
  void group_withoutItsCommand_tellsWhatThereIs(String words) {
    Installation.Said said = Installation.run(words.split(" ", -1));

    assertThat(said.code()).isEqualTo(ExitCode.DONE);
    assertThat(said.out()).contains("Usage: parano " + words).contains("Commands:");
    assertThat(Installation.run((words + " nonsense").split(" ", -1)).code())
        .isNotEqualTo(ExitCode.DONE);
  }

  @Test
  void login_noServerEverGiven_asksForOne() {
    Ran ran = with("login");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("--server");
  }

  @ParameterizedTest
  @CsvSource({
    "who",
    "session list",
    "staff list",
    "act list",
    "policy show",
    "audit tail",
    "reopen everybody",
  })
  void notSignedIn_isToldAndIsTheCodeForIt(String words) {
    Ran ran = with(words.split(" "));
    assertThat(ran.code()).isEqualTo(ExitCode.LOGIN_NEEDED);
    assertThat(ran.err()).contains("parano login");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void line_forOneCommand_holdsThatOneAndSaysTheSame() {
    for (CommandLine command : Set.copyOf(Main.line().getSubcommands().values())) {
      String name = command.getCommandName();
      if (!name.equals("help")) {
        CommandLine line = ParanoCommand.of(name, "--help");
        assertThat(line.getSubcommands()).containsOnlyKeys(name);
        assertThat(line.getSubcommands().values())
            .extracting(CommandLine::getUsageMessage)
            .containsExactly(command.getUsageMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "help", "nonsense"})
  void line_forNoneInParticular_holdsThemAll(String word) {
    assertThat(ParanoCommand.of(word).getSubcommands().keySet())
        .isEqualTo(Main.line().getSubcommands().keySet());
  }

  @Test
  void completion_knowsEveryCommandForPeopleAndNoOther() {
    String script = Office.run("completion", "bash").out();
    assertThat(script).contains("login", "reopen", "enrol-token", "--because");
    assertThat(script).doesNotContain("train");
  }

  @Test
  void help_everyCommandAndOption_isDescribedInBothLanguages() {
    Set<String> missing = new TreeSet<>();
    describe(Main.line(), missing);
    assertThat(missing).isEmpty();
    Set<String> english = keys("commands");
    assertThat(keys("commands_fr")).isEqualTo(english);
  }

  private static Set<String> keys(String bundle) {
    return new TreeSet<>(
        ResourceBundle.getBundle("io.parano.app." + bundle, java.util.Locale.ROOT).keySet());
  }

  private static void describe(CommandLine line, Set<String> missing) {
    CommandLine.Model.CommandSpec spec = line.getCommandSpec();
    if (spec.usageMessage().hidden() || spec.name().equals("help")) {
      return;
    }
    if (spec.usageMessage().description().length == 0) {
      missing.add(spec.qualifiedName());
    }
    spec.args().stream()
        .filter(argument -> !argument.hidden() && argument.description().length == 0)
        .filter(argument -> !argument.toString().contains("words"))
        .forEach(argument -> missing.add(spec.qualifiedName() + " " + argument));
    line.getSubcommands().values().forEach(under -> describe(under, missing));
  }

  private Ran with(String... words) {
    boolean remote = !words[0].equals("completion");
    String[] all = java.util.Arrays.copyOf(words, words.length + (remote ? 1 : 0));
    if (remote) {
      all[words.length] = "--login=" + folder.resolve("login");
    }
    return Office.run(all);
  }
}
