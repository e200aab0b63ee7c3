package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `mail review` finds in a mail server's folders, and how it ends. */
class MailReviewCommandTest {
  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Installation.Said review(String... more) {
    String[] all = new String[more.length + 8];
    all[0] = "mail";
    all[1] = "review";
    all[2] = "--sieve";
    all[3] = folder.resolve("sieve").toString();
    all[4] = "--forward";
    all[5] = folder.resolve("home").toString();
    all[6] = "--domain";
    all[7] = "example.com";
    System.arraycopy(more, 0, all, 8, more.length);
    return Installation.run(all);
  }

  @Test
  void review_somethingLeaves_namesWhoWhereToAndWhichRuleAndEndsWithOne() throws IOException {
    write(
        "sieve/alice/sieve/main.sieve",
        "# rule:[Copy home]\nredirect :copy \"alice@home.example\";\n");
    write("sieve/bob/sieve/main.sieve", "# redirect \"bob@home.example\";\nkeep;\n");
    write("home/carol/.forward", "\\carol, carol@example.com\n");
    write("home/dora/.forward", "\"|/bin/send-away\"\n");
    write("aliases", "postmaster: root\nroot: olga@example.com, otto@pager.example\n");

    Installation.Said said = review("--aliases", folder.resolve("aliases").toString());

    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out())
        .contains("alice", "alice@home.example", "main.sieve:2", "Copy home")
        .contains("dora", "|/bin/send-away", "root", "otto@pager.example")
        .doesNotContain("bob", "carol", "olga");

    Json json = Json.read(review("--json").out());
    assertThat(json.list("leaving")).hasSize(2);
    assertThat(json.list("leaving").getFirst().text("to")).isEqualTo("alice@home.example");
  }

  @Test
  void review_nothingLeaves_endsWithZero() throws IOException {
    write("sieve/alice/main.sieve", "redirect \"alice@example.com\";\n");
    write("home/carol/.forward", "carol@example.com\n");
    assertThat(review().code()).isEqualTo(ExitCode.DONE);
    assertThat(review("--json").out()).contains("\"leaving\":[]");
  }

  @Test
  void review_withoutDomainsOrAnythingToLookAt_isWrongUsage() throws IOException {
    write("sieve/alice/main.sieve", "keep;\n");
    assertThat(Installation.run("mail", "review", "--domain", "example.com").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(
            Installation.run(
                    "mail",
                    "review",
                    "--sieve",
                    folder.resolve("sieve").toString(),
                    "--config",
                    folder.resolve("none.yaml").toString())
                .code())
        .isEqualTo(ExitCode.USAGE);
  }
}
