package io.parano.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Finding;
import io.parano.audit.Frontier;
import io.parano.audit.Verdict;
import io.parano.kernel.Language;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FindingTextTest {
  private static final List<Finding> ALL =
      List.of(
          new Finding.Altered(5),
          new Finding.Removed(5, 5),
          new Finding.Removed(5, 9),
          new Finding.Inserted(5),
          new Finding.Duplicated(5, 7),
          new Finding.Reordered(5, 7),
          new Finding.Truncated(5, 9, "kept"),
          new Finding.Rewritten(5, 9, "kept", false),
          new Finding.Rewritten(5, 9, "kept", true),
          new Finding.PersonalAltered(5),
          new Finding.HashAltered(5),
          new Finding.TileAltered(1, 5),
          new Finding.Unreadable(5, "why"),
          new Finding.FileMissing("tile/0/005"),
          new Finding.FileBroken("tile/0/005", "why"),
          new Finding.CheckpointRefused("kept 5", "why"),
          new Finding.NotCosigned("w5"),
          new Finding.Unproven(5, 9));

  @Test
  void of_everyFinding_isOneLineOfItsOwnInEachLanguage() {
    assertThat(ALL.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Finding.class.getPermittedSubclasses());
    for (Language language : Language.values()) {
      List<String> texts = ALL.stream().map(f -> FindingText.of(f, language)).toList();
      assertThat(texts).doesNotHaveDuplicates().allMatch(text -> text.contains("5"));
      assertThat(texts).noneMatch(text -> text.contains("\n"));
    }
  }

  @Test
  void json_everyFinding_hasItsKind() {
    Verdict.Summary summary = new Verdict.Summary(9, Frontier.empty().root(), 0, 0, 0, 0);
    String json = VerdictJson.of(new Verdict.Broken(ALL, 3, summary), Language.EN);
    for (Class<?> kind : Finding.class.getPermittedSubclasses()) {
      String code =
          kind.getSimpleName().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      assertThat(json).contains("\"kind\":\"" + code + "\"");
    }
    assertThat(json).contains("\"more\":3");
  }
}
