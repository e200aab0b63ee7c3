package io.parano.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {
  private static final Path FILE = Product.folder().resolve("app/target/parano.cdx.json");
  private static final Path RECORDS = Product.folder().resolve("docs/adr");

  @TempDir Path folder;

  @Test
  void product_shipsUnderAllowedLicencesOnly() {
    BillOfMaterials bill = ofProduct();
    assertThat(bill.size()).isGreaterThan(20);
    assertThat(bill.licences()).isEmpty();
  }

  @Test
  void product_everyLibraryWasDecidedUpon() {
    assertThat(ofProduct().undecided(RECORDS)).isEmpty();
  }

  @Test
  void licences_strictOrMissing_areNoticed() {
    String bill =
        """
        {"components": [
          {"name": "good", "licenses": [{"license": {"id": "MIT"}}]},
          {"name": "either", "licenses": [{"license": {"id": "LGPL-2.1-only"}}, {"license": {"id": "EPL-2.0"}}]},
          {"name": "strict", "licenses": [{"license": {"id": "AGPL-3.0-only"}}]},
          {"name": "silent"}]}
        """;
    assertThat(new BillOfMaterials(bill).licences())
        .containsExactly("strict comes under [AGPL-3.0-only]", "silent comes under []");
  }

  @Test
  void undecided_libraryWithoutRecord_isNoticed() {
    Planted.text(folder.resolve("0001-keep-a.md"), "# 0001. Keep lib-a");
    String bill =
        """
        {"dependencies": [
          {"ref": "pkg:maven/io.parano/parano-app@1?type=jar",
           "dependsOn": ["pkg:maven/org.a/lib-a@1?type=jar", "pkg:maven/org.b/lib-b@1?type=jar"]},
          {"ref": "pkg:maven/org.b/lib-b@1?type=jar", "dependsOn": ["pkg:maven/org.c/lib-c@1?type=jar"]}]}
        """;
    assertThat(new BillOfMaterials(bill).undecided(folder))
        .containsExactly("no decision record speaks of lib-b");
  }

  private static BillOfMaterials ofProduct() {
    assumeThat(Files.exists(FILE)).as("a bill of materials, which an offline build lacks").isTrue();
    return new BillOfMaterials(Product.text(FILE));
  }
}
