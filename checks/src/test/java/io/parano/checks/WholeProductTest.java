package io.parano.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rules are worth nothing where they do not look: these show that they saw everything.
class WholeProductTest {
  @Test
  void everyClassOnDisk_isAmongTheJudged() {
    long onDisk =
        Product.modules().stream()
            .map(Product::classFolder)
            .map(folder -> Product.files(folder, ".class"))
            .flatMap(List::stream)
            .filter(file -> !file.endsWith("module-info.class"))
            .filter(file -> !file.toString().contains(Product.GENERATED))
            .count();
    assertThat(Product.classes().stream().count()).isEqualTo(onDisk).isPositive();
  }

  @Test
  void everyModuleWithSources_hasJudgedClasses() {
    assertThat(Product.modules())
        .allSatisfy(module -> {
          Path sources = Product.folder().resolve(module).resolve("src/main/java");
          if (!Product.files(sources, ".java").isEmpty()) {
            assertThat(Product.files(Product.classFolder(module), ".class")).isNotEmpty();
          }
        });
  }
}
