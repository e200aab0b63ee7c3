package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.identity.Act;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProposeCommandTest {
  /// What has words of its own: `policy apply` and `reopen`.
  private static final Set<String> ELSEWHERE =
      Set.of(
          "apply-policy",
          "note-glass",
          "reopen-person",
          "reopen-token",
          "reopen-network",
          "reopen-zone",
          "reopen-everybody");

  private static CommandLine sub(CommandLine line, String name) {
    return Objects.requireNonNull(line.getSubcommands().get(name), name);
  }

  /// Acts about one person stand below an interface of their own.
  private static Stream<Class<?>> kinds(Class<?> kind) {
    return kind.isSealed()
        ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(ProposeCommandTest::kinds)
        : Stream.of(kind);
  }

  @Test
  void propose_everyKindOfAct_hasACommand() {
    CommandLine propose = sub(sub(Main.line(), "act"), "propose");
    Set<String> commands = new TreeSet<>(ELSEWHERE);
    commands.addAll(propose.getSubcommands().keySet());

    assertThat(commands)
        .isEqualTo(
            kinds(Act.class)
                .map(Class::getSimpleName)
                .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
