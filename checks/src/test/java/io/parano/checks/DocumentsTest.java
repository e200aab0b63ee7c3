package io.parano.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
  private static final Documents PRODUCT = new Documents(Product.folder());
  private static final List<String> IN_BOTH_LANGUAGES =
      List.of(
          "README.md",
          "docs/quick-start.md",
          "docs/backup.md",
          "docs/keys.md",
          "docs/ssh.md",
          "docs/radius.md",
          "docs/mail.md",
          "docs/wireguard.md",
          "docs/openvpn.md",
          "docs/pam.md",
          "docs/proxies/README.md",
          "docs/proxies/nginx.md",
          "docs/proxies/haproxy.md",
          "docs/proxies/caddy.md",
          "docs/proxies/traefik.md",
          "docs/proxies/envoy.md");

  @TempDir Path folder;

  @Test
  void product_decisionRecordsAreWellNamed() {
    assertThat(PRODUCT.decisionRecords()).isEmpty();
  }

  @Test
  void product_testsThatThreatsNames_exist() {
    assertThat(PRODUCT.promisedTests()).isEmpty();
  }

  @Test
  void product_frenchTwinsHaveTheSameHeadings() {
    assertThat(PRODUCT.frenchTwins(IN_BOTH_LANGUAGES)).isEmpty();
  }

  @Test
  void product_linksLeadSomewhere() {
    assertThat(PRODUCT.deadLinks()).isEmpty();
  }

  @Test
  void product_sentencesExistInBothLanguages() {
    List<Path> folders =
        Product.modules().stream()
            .map(module -> Product.folder().resolve(module).resolve("src/main/resources"))
            .toList();
    assertThat(PRODUCT.sentences(folders)).isEmpty();
  }

  @Test
  void decisionRecords_misnamedDoubleOrUntitled_areNoticed() {
    write("docs/adr/0001-use-maven.md", "# 0001. Use Maven");
    write("docs/adr/0001-use-other.md", "# 0001. Use something");
    write("docs/adr/0002-use-picocli.md", "# Use picocli");
    write("docs/adr/1-maven.md", "# 1");
    assertThat(new Documents(folder).decisionRecords()).hasSize(3);
  }

  @Test
  void promisedTests_oneThatDoesNotExist_isNoticed() {
    write("THREATS.md", "`GateTest.pass_noToken_refuses` and `GateTest.pass_gone_refuses`");
    write("core/src/test/java/GateTest.java", "void pass_noToken_refuses() {}");
    assertThat(new Documents(folder).promisedTests())
        .singleElement()
        .asString()
        .contains("pass_gone");
  }

  @Test
  void frenchTwins_missingOrOtherHeadings_areNoticed() {
    write("README.md", "# Parano\n```\n# no heading\n```\n## Try it\n");
    write("README.fr.md", "# Parano\n### Essayer\n");
    write("a.md", "# A\n");
    write("b.md", "# B\n");
    write("b.fr.md", "# Bé\n");
    assertThat(new Documents(folder).frenchTwins(List.of("README.md", "a.md", "b.md"))).hasSize(2);
  }

  @Test
  void deadLinks_fileThatIsNotThere_isNoticed() {
    write("docs/words.md", "[up](../README.md) [gone](gone.md#part) [web](https://example.com)");
    write("README.md", "[words](docs/words.md)");
    assertThat(new Documents(folder).deadLinks()).containsExactly("words.md links to gone.md");
  }

  @Test
  void sentences_missingOrDifferent_areNoticed() {
    write("one/messages_en.properties", "a=A {0}\nb=B\nc=C\n");
    write("one/messages_fr.properties", "a=A {1}\nb=Bé\nd=D\n");
    write("two/messages_en.properties", "a=A\n");
    assertThat(new Documents(folder).sentences(List.of(folder))).hasSize(4);
  }

  private void write(String name, String text) {
    Planted.text(folder.resolve(name), text);
  }
}
