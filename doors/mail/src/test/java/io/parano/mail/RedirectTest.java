package io.parano.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.mail.Redirect.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What leads mail on, as people and their programs write it. What is a comment or a mere text has
/// its twin that is a command.
class RedirectTest {
  private static final CompanyDomains COMPANY =
      new CompanyDomains(Set.of("example.com", "Example.NET."));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redirect \"a@b.example\";",
        "REDIRECT \"a@b.example\";",
        "redirect :copy \"a@b.example\";",
        "redirect :copy :notify \"FAILURE\" :ret \"HDRS\" \"a@b.example\";",
        "require [\"copy\"]; if header :is \"x\" \"y\" { redirect \"a@b.example\"; stop; }",
        "if true{redirect\"a@b.example\";}",
        "redirect text:\r\na@b.example\r\n.\r\n;",
        "redirect text: # where\na@b.example\n.\n;",
        "redirect /* to */ \"a@b.example\" # me\n;",
        "keep; # quiet\nredirect \"a@b.example\"",
        "redirect \"a\\@b.example\";",
        "addheader \"a\" \"/* b\"; redirect \"a@b.example\";"
      })
  void redirect_ofACommand_isFound(String script) {
    assertThat(SieveScript.redirects(script))
        .extracting(Redirect::kind, Redirect::to)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.REDIRECT, "a@b.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# redirect \"a@b.example\";\nkeep;",
        "/* redirect \"a@b.example\"; */ keep;",
        "fileinto \"redirect \\\"a@b.example\\\";\";",
        "vacation text:\nredirect \"a@b.example\";\n.\n;",
        "vacation \"I am away; redirect \\\"a@b.example\\\";\";",
        "if header :contains \"subject\" \"redirect\" { discard; }",
        "redirected \"a@b.example\";",
        ""
      })
  void redirect_inACommentOrText_isNone(String script) {
    assertThat(SieveScript.redirects(script)).isEmpty();
  }

  @Test
  void redirect_severalInAScript_haveTheirLinesAndRules() {
    String script =
        """
        require ["copy", "enotify"];
        # rule:[To my own]
        if true
        {
          redirect :copy "me@elsewhere.example";
        }
        # rule:[Pager]
        if header :contains "subject" "x" {
          notify :message "hi" "mailto:pager@elsewhere.example?subject=x";
        }
        vacation :days 7 :addresses ["me@example.com", "me@elsewhere.example"] :from "x@y.example" "away";
        """;
    assertThat(SieveScript.redirects(script))
        .containsExactly(
            new Redirect(Kind.REDIRECT, "me@elsewhere.example", 5, "To my own"),
            new Redirect(Kind.REPLY, "pager@elsewhere.example", 9, "Pager"),
            new Redirect(Kind.REPLY, "me@example.com", 11, "Pager"),
            new Redirect(Kind.REPLY, "me@elsewhere.example", 11, "Pager"),
            new Redirect(Kind.REPLY, "x@y.example", 11, "Pager"));
  }

  @Test
  void redirect_toWhatIsMadeUpWhenItRuns_isToldAsSuch() {
    assertThat(SieveScript.redirects("set \"to\" \"a\"; redirect \"${to}@example.com\";"))
        .containsExactly(new Redirect(Kind.COMPUTED, "${to}@example.com", 1, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect \"a@b", "keep; /* never ends", "vacation text:\nhello\n"})
  void redirect_scriptThatNeverEnds_isUnreadable(String script) {
    assertThat(SieveScript.redirects(script)).extracting(Redirect::kind).contains(Kind.UNREADABLE);
  }

  @Test
  void forward_everyKindOfDestination_isTakenForWhatItIs() {
    String file =
        """
        # a comment@b.example
        \\alice, copy@b.example
        "|/usr/bin/vacation alice", /var/mail/alice
        :include:/home/alice/list
        "odd,name"@b.example
        bob
        """;
    assertThat(AliasFile.redirects(file, AliasFile.Style.FORWARD))
        .containsExactly(
            new Redirect(Kind.FORWARD, "copy@b.example", 2, ""),
            new Redirect(Kind.COMMAND, "|/usr/bin/vacation alice", 3, ""),
            new Redirect(Kind.INCLUDE, ":include:/home/alice/list", 4, ""),
            new Redirect(Kind.FORWARD, "\"odd,name\"@b.example", 5, ""));
  }

  @Test
  void aliases_linesThatGoOn_belongToTheirName() {
    String file =
        """
        # postmaster: nobody@b.example
        postmaster: root
        root:   olga@example.com,
                otto@b.example
        "sales team": sales@c.example
        """;
    assertThat(AliasFile.redirects(file, AliasFile.Style.ALIASES))
        .containsExactly(
            new Redirect(Kind.FORWARD, "olga@example.com", 3, "root"),
            new Redirect(Kind.FORWARD, "otto@b.example", 3, "root"),
            new Redirect(Kind.FORWARD, "sales@c.example", 5, "sales team"));
  }

  @Test
  void virtual_leftSide_isTheNameAndNoDestination() {
    assertThat(
            AliasFile.redirects(
                "info@example.com  a@b.example, carol\n@example.com\tcatchall\n",
                AliasFile.Style.VIRTUAL))
        .containsExactly(new Redirect(Kind.FORWARD, "a@b.example", 1, "info@example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "a@example.com, false",
    "a@EXAMPLE.com., false",
    "a@example.net, false",
    "Me <a@example.com>, false",
    "a, false",
    "a@sub.example.com, true",
    "a@example.com.evil.example, true",
    "a@notexample.com, true",
    "a@example.com <a@evil.example>, true",
    "a@example.com@evil.example, true"
  })
  void leaves_byTheDomainAlone(String address, boolean leaves) {
    assertThat(COMPANY.leaves(new Redirect(Kind.REDIRECT, address, 1, ""))).isEqualTo(leaves);
  }

  @Test
  void leaves_whatNobodyCanKnow_mayLeave() {
    for (Kind kind : List.of(Kind.COMPUTED, Kind.COMMAND, Kind.INCLUDE, Kind.UNREADABLE)) {
      assertThat(COMPANY.leaves(new Redirect(kind, "a@example.com", 1, "")))
          .as("%s", kind)
          .isTrue();
    }
  }
}
