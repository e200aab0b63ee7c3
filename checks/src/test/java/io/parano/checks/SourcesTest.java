package io.parano.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final Sources PRODUCT = Sources.ofProduct();

  @TempDir Path folder;

  @Test
  void product_filesFitASitting() {
    assertThat(PRODUCT.tooLong()).isEmpty();
  }

  @Test
  void product_packagesExplainThemselves() {
    assertThat(PRODUCT.unexplained()).isEmpty();
  }

  @Test
  void product_switchesOverOurKindsHaveNoDefault() {
    assertThat(PRODUCT.defaults()).isEmpty();
  }

  @Test
  void tooLong_fileOverTheLimit_isNoticed() {
    assertThat(new Sources(List.of(file("Long", "\n".repeat(401)))).tooLong()).hasSize(1);
  }

  @Test
  void unexplained_packageWithoutInfo_isNoticed() {
    assertThat(new Sources(List.of(file("Alone", "class Alone {}"))).unexplained()).hasSize(1);
  }

  @Test
  void unexplained_infoThatSaysNothing_isNoticed() {
    Path info = folder.resolve("package-info.java");
    Planted.text(info, "/// Things.\npackage io.parano.web;\n");
    assertThat(new Sources(List.of(info)).unexplained()).hasSize(1);
  }

  @Test
  void defaults_overASealedTypeOfOurs_isNoticed() {
    assertThat(defaults("switch (seen) { case Seen.Good good -> 1; default -> 0; }")).hasSize(1);
    assertThat(defaults("switch (seen) { case Seen.Good() -> 1; default -> 0; }")).hasSize(1);
  }

  @Test
  void defaults_overAnEnumOfOurs_isNoticed() {
    assertThat(defaults("switch (way) { case IN -> 1; default -> 0; }")).hasSize(1);
  }

  @Test
  void defaults_overAnythingElse_isFine() {
    assertThat(defaults("switch (text) { case \"IN\" -> 1; default -> 0; }")).isEmpty();
    assertThat(defaults("switch (any) { case String s -> 1; default -> 0; }")).isEmpty();
    assertThat(defaults("switch (seen) { case Seen.Good good -> 1; case Seen.Bad bad -> 0; }"))
        .isEmpty();
  }

  private List<String> defaults(String expression) {
    String source =
        """
        sealed interface Seen { record Good() implements Seen {} record Bad() implements Seen {} }
        enum Way { IN, OUT }
        class Asker { int ask(Seen seen, Way way, String text, Object any) { return %s; } }
        """
            .formatted(expression);
    return new Sources(List.of(file("Seen", source))).defaults();
  }

  private Path file(String name, String source) {
    return Planted.text(folder.resolve(name + ".java"), source);
  }
}
