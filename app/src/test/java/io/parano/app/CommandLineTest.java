package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Lever;
import io.parano.app.Office.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line against a real server: signing in, each command's answer, and who is refused.
 */
@Tag("slow")
class CommandLineTest {
  @TempDir private Path folder;
  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = new Office(folder.resolve("office"));
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void login_confirmedInTheBrowser_keepsASessionThatNobodyElseCanRead() throws IOException {
    Ran login = office.login("olga");

    assertThat(login.code()).as(login.err()).isZero();
    assertThat(login.out()).contains(office.origin() + "/command?code=", "olga (olga), officer");
    Path file = office.loginFile("olga");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String bearer = Json.read(Files.readString(file)).text("bearer");
    assertThat(login.out() + login.err()).doesNotContain(bearer);
    assertThat(Json.read(office.as("olga", "who", "--json").out()).members())
        .containsEntry("name", "olga")
        .containsEntry("officer", "true")
        .containsEntry("server", office.origin());
  }

  @Test
  void login_fromOutside_isRefusedAndFromTheOfficeIsNot() {
    Ran outside =
        office.login(
            "olga",
            Office.OUTSIDE,
            code -> office.browser("olga").call("/api/command/confirm", code));
    assertThat(outside.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(office.loginFile("olga")).doesNotExist();
    assertThat(office.login("olga").code()).isZero();
  }

  @Test
  void propose_clientsAndOtpTokens_isShownWithWhatChanges(@TempDir Path files) throws IOException {
    office.login("olga");
    Ran client =
        office.as(
            "olga",
            "act",
            "propose",
            "admit-client",
            "7",
            "192.0.2.10",
            "--label",
            "gate",
            "--json");
    assertThat(client.code()).as(client.err()).isZero();
    assertThat(office.as("olga", "act", "show", Json.read(client.out()).text("id")).out())
        .contains("admit-client", "192.0.2.10");

    Path keys = Files.writeString(files.resolve("keys.csv"), "no token at all\n");
    Ran mistaken =
        office.as("olga", "act", "propose", "enrol-otp", "otto", keys.toString(), "--label", "Y");
    assertThat(mistaken.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(mistaken.err()).contains("1: ");

    Ran groups = office.as("olga", "act", "propose", "change-groups", "otto", "sysadmin", "--json");
    assertThat(office.as("olga", "act", "show", Json.read(groups.out()).text("id")).out())
        .contains("+ sysadmin");
    Ran reset = office.as("olga", "act", "propose", "reset-password", "otto");
    assertThat(reset.out()).contains("reset-password", "one-time code");
  }

  @Test
  void propose_device_isShownWithKeyAndAddressAndRefusedOutsideTheLeasedZones() throws IOException {
    String key = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    office.login("olga");
    String[] elsewhere = {
      "act", "propose", "enrol-device", "otto", key, "192.0.2.7", "--label", "laptop"
    };
    Ran refused = office.as("olga", elsewhere);
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("leased zone");

    Ran proposed =
        office.as(
            "olga",
            "act",
            "propose",
            "enrol-device",
            "otto",
            key,
            "10.66.0.7",
            "--label",
            "laptop",
            "--json");
    assertThat(proposed.code()).as(proposed.err()).isZero();
    assertThat(office.as("olga", "act", "show", Json.read(proposed.out()).text("id")).out())
        .contains("enrol-device", key, "10.66.0.7");
    String unknown = "01900000-0000-7001-8000-000000000001";
    assertThat(office.as("olga", "cut", "vpn-device", unknown).code()).isNotZero();
  }

  @Test
  void who_bearerFileStolenToAnotherAddress_isRefusedAndAtItsOwnIsNot() throws IOException {
    office.login("olga");
    Path stolen = office.loginFile("thief");
    String text = Files.readString(office.loginFile("olga"));
    Files.createFile(
        stolen, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(stolen, text.replace(Office.DESK, Office.OTHER_DESK));

    assertThat(office.as("thief", "who").code()).isEqualTo(ExitCode.LOGIN_NEEDED);
    assertThat(office.as("olga", "who").code()).isZero();
  }

  @Test
  void who_personCut_isOverAndAnothersSessionLives() {
    office.login("olga");
    office.login("otto");
    assertThat(office.as("olga", "cut", "person", "otto").code()).isZero();

    assertThat(office.as("otto", "who").code()).isEqualTo(ExitCode.LOGIN_NEEDED);
    assertThat(office.as("olga", "who").code()).isZero();
  }

  @Test
  void logout_endsTheSessionAndForgetsItsSecret() throws IOException {
    office.login("olga");
    String before = Files.readString(office.loginFile("olga"));
    assertThat(office.as("olga", "logout").code()).isZero();
    assertThat(Files.readString(office.loginFile("olga"))).doesNotContain("bearer");
    assertThat(office.as("olga", "who").code()).isEqualTo(ExitCode.LOGIN_NEEDED);
    assertThat(office.as("olga", "logout").out()).contains("Nobody was signed in");

    Files.writeString(office.loginFile("olga"), before);
    assertThat(office.as("olga", "who").code()).isEqualTo(ExitCode.LOGIN_NEEDED);
  }

  @Test
  void officersCommands_notAnOfficer_areRefusedAndToAnOfficerGranted() throws IOException {
    office.employ("alice", "accounting");
    office.login("alice");
    office.login("olga");
    Path copy = folder.resolve("copy");
    office.server.checkpoint();
    for (String[] command :
        List.of(
            new String[] {"staff", "list"},
            new String[] {"act", "list"},
            new String[] {"policy", "show"},
            new String[] {"audit", "tail"},
            new String[] {"audit", "search", "--type", "sign-in"},
            new String[] {"audit", "export", copy.toString()})) {
      assertThat(office.as("alice", command).code())
          .as(String.join(" ", command))
          .isEqualTo(ExitCode.REFUSED);
      assertThat(copy).doesNotExist();
      Ran officers = office.as("olga", command);
      assertThat(officers.code()).as(String.join(" ", command) + officers.err()).isZero();
    }
    assertThat(office.as("alice", "session", "list").out())
        .contains("alice")
        .doesNotContain("olga");
  }

  @Test
  void sessionCut_bySomebodyElse_isRefusedAndByItsOwnerDone() throws IOException {
    office.employ("alice");
    office.login("alice");
    office.login("olga");
    String olgas = sessionOf("olga");
    String alices = sessionOf("alice");

    assertThat(office.as("alice", "session", "cut", olgas, "--because", "spite").code())
        .isEqualTo(ExitCode.REFUSED);
    Ran own = office.as("alice", "session", "cut", alices, "--because", "done");
    assertThat(own.code()).isZero();
    assertThat(own.out()).contains("sessions ended: 1", "ms");
    assertThat(office.as("olga", "who").code()).isZero();
    assertThat(office.as("alice", "who").code()).isEqualTo(ExitCode.LOGIN_NEEDED);
  }

  private String sessionOf(String name) throws IOException {
    return Json.read(office.as(name, "who", "--json").out()).text("session");
  }

  @Test
  void cut_throughTheControlSocketAndOverTheSession_answerAlike() throws IOException {
    office.login("olga");
    Ran here =
        Office.run(
            "cut",
            "network",
            "192.0.2.0/24",
            "--because",
            "odd traffic",
            "--control",
            office.control().toString(),
            "--json");
    Ran there =
        office.as("olga", "cut", "network", "198.51.100.0/24", "--because", "odd too", "--json");

    assertThat(here.code()).as(here.err()).isZero();
    assertThat(there.code()).as(there.err()).isZero();
    for (Ran ran : List.of(here, there)) {
      Json report = Json.read(ran.out());
      assertThat(report.number("sessionsEnded")).isZero();
      assertThat(report.list("doors")).isNotEmpty();
      assertThat(report.list("doors").getFirst().members()).containsKeys("door", "micros", "ended");
    }
    assertThat(
            Office.run(
                    "cut",
                    "person",
                    "nobody",
                    "--because",
                    "x",
                    "--control",
                    office.control().toString())
                .code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(office.as("olga", "cut", "person", "nobody", "--because", "x").code())
        .isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void reopen_signedByTwoOfficers_letsTheNetworkInAgain() throws IOException {
    office.login("olga");
    office.as("olga", "cut", "network", "192.0.2.0/24", "--because", "odd");
    Json proposed =
        Json.read(office.as("olga", "reopen", "network", "192.0.2.0/24", "--json").out());
    assertThat(proposed.number("needed")).isEqualTo(2);
    assertThat(office.as("olga", "act", "show", proposed.text("id")).out())
        .contains("192.0.2.0/24", office.origin() + "/acts");
    office.browser("olga").sign(proposed.text("id"));
    assertThat(office.server.books().closures().networks()).hasSize(1);
    office.browser("otto").sign(proposed.text("id"));
    assertThat(office.server.books().closures().networks()).isEmpty();

    assertThat(office.as("olga", "reopen", "network", "192.0.2.0/24").code())
        .isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void cutAndReopenZone_byItsName_takesTwoOfficers() throws IOException {
    office.login("olga");
    assertThat(office.as("olga", "cut", "zone", "brunch").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(office.as("olga", "cut", "zone").code()).isEqualTo(ExitCode.USAGE);
    assertThat(office.as("olga", "cut", "zone", "annex", "--because", "odd").code()).isZero();
    assertThat(office.server.books().closures().zones()).containsOnlyKeys("annex");
    assertThat(Office.run("status", "--control", office.control().toString(), "--json").out())
        .contains("\"zonesCut\":[\"annex\"]");

    Json proposed = Json.read(office.as("olga", "reopen", "zone", "annex", "--json").out());
    assertThat(proposed.number("needed")).isEqualTo(2);
    office.browser("olga").sign(proposed.text("id"));
    assertThat(office.server.books().closures().zones()).hasSize(1);
    office.browser("otto").sign(proposed.text("id"));
    assertThat(office.server.books().closures().zones()).isEmpty();
  }

  @Test
  void actReject_openAct_isGoneAndCannotBeRejectedTwice() throws IOException {
    office.login("olga");
    Json proposed =
        Json.read(office.as("olga", "act", "propose", "dismiss-officer", "otto", "--json").out());
    // Two officers are the least there may be.
    assertThat(proposed.find("id")).isEmpty();

    office.employ("alice");
    String id =
        Json.read(office.as("olga", "act", "propose", "appoint-officer", "alice", "--json").out())
            .text("id");
    assertThat(office.as("olga", "act", "list").out()).contains(id, "appoint-officer", "0/2");
    assertThat(office.as("olga", "act", "reject", id).code()).isZero();
    assertThat(office.as("olga", "act", "reject", id).code()).isEqualTo(ExitCode.REFUSED);
    assertThat(office.as("olga", "act", "list").out()).doesNotContain(id);
  }

  @Test
  void staffImport_twice_proposesOnceAndSaysWhatComesNext() throws IOException {
    office.login("olga");
    Path file = folder.resolve("staff.csv");
    Files.writeString(
        file,
        """
        name,displayName,email,groups,language
        lea,"Léa, Fontaine",lea@example.test,accounting billing,fr
        tom,Tom Baker,tom@example.test,,
        """);
    Ran first = office.as("olga", "staff", "import", file.toString());
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).contains("admit-staff", "enrol-token NAME", office.origin() + "/acts");
    String id =
        Json.read(office.as("olga", "act", "list", "--json").out())
            .list("acts")
            .getFirst()
            .text("id");
    office.browser("otto").sign(id);

    assertThat(office.as("olga", "staff", "list").out()).contains("Léa, Fontaine", "invited");
    Ran again = office.as("olga", "staff", "import", file.toString());
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("nothing to propose");

    Files.writeString(file, "name,displayName,email\nlea,Lea Other,lea@example.test\n");
    Ran other = office.as("olga", "staff", "import", file.toString());
    assertThat(other.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(other.err()).contains(file + ":2:", "Léa, Fontaine");
  }

  @Test
  void staffImport_withOldHashes_countsWhatIsLeft() throws IOException {
    office.login("olga");
    Path file = folder.resolve("old.csv");
    String head = "name,displayName,email,hash\n";
    Files.writeString(file, head + "lea,Lea,lea@example.test,$1$abc$def\n");
    Ran wrong = office.as("olga", "staff", "import", file.toString());
    assertThat(wrong.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(wrong.err()).contains(file + ":2:", "$6$").doesNotContain("$1$abc");

    Files.writeString(
        file,
        head
            + "lea,Lea,lea@example.test,$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5\n"
            + "tom,Tom,tom@example.test,\n");
    Ran right = office.as("olga", "staff", "import", file.toString());
    assertThat(right.code()).as(right.err()).isZero();
    assertThat(right.out()).contains("admit-staff", "Delete " + file);
    String id =
        Json.read(office.as("olga", "act", "list", "--json").out())
            .list("acts")
            .getFirst()
            .text("id");
    office.browser("otto").sign(id);
    assertThat(office.server.books().roster().named("tom")).isPresent();
    assertThat(office.server.gate().oldHashes().left()).isEqualTo(1);
  }

  @Test
  void staffImport_asManyAsAnActAdmits_isOneAct() throws IOException {
    office.login("olga");
    StringBuilder everybody = new StringBuilder("name,displayName,email,groups\n");
    for (int i = 0; i < StaffFile.MOST; i++) {
      everybody.append(
          "person-%d,Person Number %d,person-%d@staff.example.test,support billing\n"
              .formatted(i, i, i));
    }
    Path file = Files.writeString(folder.resolve("everybody.csv"), everybody);
    Ran proposed = office.as("olga", "staff", "import", file.toString(), "--json");
    assertThat(proposed.code()).as(proposed.err()).isZero();
    assertThat(Json.read(proposed.out()).number("newcomers")).isEqualTo(StaffFile.MOST);
    office.browser("otto").sign(Json.read(proposed.out()).text("id"));
    assertThat(office.server.books().roster().named("person-999")).isPresent();
  }

  @Test
  void policyApply_changed_showsTheDifferenceAndProposesItOnce() throws IOException {
    office.login("olga");
    Path file = folder.resolve("policy.yaml");
    Files.writeString(file, Office.POLICY);
    assertThat(office.as("olga", "policy", "apply", file.toString()).out())
        .contains("nothing changes");
    assertThat(office.server.books().docket().proposals()).isEmpty();

    Files.writeString(file, Office.POLICY.replace("[accounting]", "[accounting, billing]"));
    Ran dry = office.as("olga", "policy", "apply", file.toString(), "--dry-run");
    assertThat(dry.out()).contains("billing");
    assertThat(office.server.books().docket().proposals()).isEmpty();
    Json proposed =
        Json.read(office.as("olga", "policy", "apply", file.toString(), "--json").out());
    Json again = Json.read(office.as("olga", "policy", "apply", file.toString(), "--json").out());
    assertThat(again.text("id")).isEqualTo(proposed.text("id"));
    assertThat(again.texts("changes")).anyMatch(change -> change.contains("billing"));
    assertThat(office.server.books().docket().proposals()).hasSize(1);

    office.browser("olga").sign(proposed.text("id"));
    office.browser("otto").sign(proposed.text("id"));
    assertThat(office.as("olga", "policy", "show").out()).contains("[accounting, billing]");
    assertThat(office.as("olga", "policy", "apply", file.toString()).out())
        .contains("nothing changes");

    Files.writeString(file, "version: 1\nzoness: {}\n");
    Ran mistaken = office.as("olga", "policy", "apply", file.toString());
    assertThat(mistaken.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(mistaken.err()).contains(file + ":2:", "zones");
  }

  @Test
  void policyExplain_forAPerson_saysWhatTheirGroupsGive() throws IOException {
    office.employ("alice", "accounting");
    office.login("olga");
    String[] question = {
      "policy", "explain", "--host", "wages.parano.localhost", "--from", "127.0.10.9", "--person"
    };
    assertThat(office.as("olga", with(question, "alice")).out()).contains("allowed");
    assertThat(office.as("olga", with(question, "otto")).out()).contains("group-missing");
    assertThat(office.as("olga", with(question, "nobody")).code()).isEqualTo(ExitCode.REFUSED);
  }

  private static String[] with(String[] words, String last) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = last;
    return all;
  }

  @Test
  void auditTail_tellsNamesAndIsRecordedItself() {
    office.login("olga");
    Ran tail = office.as("olga", "audit", "tail", "-n", "50");
    assertThat(tail.code()).isZero();
    assertThat(tail.out()).contains("sign-in done", "by olga", "kind=COMMAND", "log-read done");
  }

  @Test
  void auditTail_followed_showsWhatComesAndEndsWhenItIsStopped() throws InterruptedException {
    office.login("olga");
    Office.Running tail = office.start("olga", "audit", "tail", "-f", "-n", "1");
    tail.until("log-read done");
    office.as("olga", "cut", "network", "192.0.2.0/24", "--because", "odd");
    tail.until("cut done");
    tail.stop();
  }

  @Test
  void auditSearch_meetsAllThatIsAsked() throws IOException {
    office.login("olga");
    office.as("olga", "cut", "network", "192.0.2.0/24", "--because", "odd");
    Ran found = office.as("olga", "audit", "search", "--type", "cut", "--actor", "olga", "--json");
    assertThat(found.out().lines()).hasSize(1);
    assertThat(Json.read(found.out()).at("entry").text("type")).isEqualTo("cut");
    assertThat(office.as("olga", "audit", "search", "--type", "cut", "--actor", "otto").out())
        .contains("nothing");
    assertThat(office.as("olga", "audit", "search", "--actor", "nobody").code())
        .isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void auditExport_isTakenByTheVerifierAndAnAlteredOneIsNot() throws IOException {
    office.login("olga");
    office.server.checkpoint();
    Path copy = folder.resolve("copy");
    Path unfinished = Files.createDirectories(folder.resolve("copy.unfinished/tile"));
    Files.writeString(unfinished.resolve("left"), "by a stopped one");
    Ran export = office.as("olga", "audit", "export", copy.toString(), "--personal", "--json");
    assertThat(export.code()).as(export.err()).isZero();
    assertThat(folder.resolve("copy.unfinished")).doesNotExist();

    String kept = keptOutside();
    String[] verify = {
      "audit", "verify", copy.toString(), "--key", office.logKey(), "--checkpoint", kept
    };
    assertThat(Office.run(verify).code()).isZero();
    try (var runs = Files.walk(copy.resolve("tile/entries"))) {
      Path run = runs.filter(Files::isRegularFile).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(run);
      bytes[bytes.length / 2] ^= 1;
      Files.write(run, bytes);
    }
    assertThat(Office.run(verify).code()).isEqualTo(ExitCode.REFUSED);

    Ran there = office.as("olga", "audit", "export", copy.toString());
    assertThat(there.code()).isEqualTo(ExitCode.FAILED);
    assertThat(there.err()).contains("is there already");
  }

  private String keptOutside() throws IOException {
    try (var kept = Files.walk(folder.resolve("office/outside"))) {
      return kept.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("history"))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }

  @Test
  void everybodyCut_endsTheCommandLineToo() {
    office.login("olga");
    office
        .server
        .gate()
        .lever()
        .cut(new Lever.Target.Everybody(), "drill", new Lever.By(null, "control", "user test"));
    assertThat(office.as("olga", "who").code()).isEqualTo(ExitCode.LOGIN_NEEDED);
  }

  @Test
  void everything_serverGone_saysWhereItAsked() {
    office.login("olga");
    office.server.close();
    Ran who = office.as("olga", "who");
    assertThat(who.code()).isEqualTo(ExitCode.FAILED);
    assertThat(who.err()).contains("no answer from " + office.origin());
    Ran logout = office.as("olga", "logout");
    assertThat(logout.code()).isEqualTo(ExitCode.FAILED);
    assertThat(office.as("olga", "who").code()).isEqualTo(ExitCode.LOGIN_NEEDED);
  }
}
