package io.parano.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallsCanFailTest {
  private static final Rooms ROOMS =
      Rooms.read(
          """
          | `core/kernel` | a | b | nothing |
          | `core/session` | a | b | `kernel` |
          | `doors/web` | a | b | `core` |
          | `doors/mail` | a | b | `core` |
          | `app` | a | b | `all` |
          """);

  private static final List<String> OPENING =
      List.of(
          "new java.io.FileInputStream(\"f\")",
          "java.nio.file.Path.of(\"f\")",
          "new java.net.Socket()",
          "java.net.http.HttpClient.newHttpClient()",
          "java.net.InetAddress.getByName(\"example.com\")",
          "java.sql.DriverManager.getConnection(\"\")",
          "Thread.ofVirtual()",
          "java.util.concurrent.Executors.newSingleThreadExecutor()",
          "System.getenv(\"HOME\")",
          "System.currentTimeMillis()",
          "System.nanoTime()",
          "System.out",
          "java.time.Instant.now()",
          "java.time.LocalDate.now()",
          "java.time.Clock.systemUTC()",
          "java.time.InstantSource.system()",
          "new java.util.Random()",
          "new java.security.SecureRandom()",
          "java.util.UUID.randomUUID()",
          "Math.random()",
          "new ProcessBuilder()",
          "System.getLogger(\"x\")",
          "java.lang.reflect.Array.newInstance(String.class, 1)");

  private static final List<String> NOT_OPENING =
      List.of(
          "new java.io.ByteArrayInputStream(new byte[0])",
          "new java.io.IOException()",
          "java.net.URI.create(\"https://auth.example\")",
          "new java.util.concurrent.ConcurrentHashMap<String, String>()",
          "java.time.Instant.EPOCH",
          "java.time.Duration.ofSeconds(1)");

  @TempDir Path folder;

  @Test
  void directions_unlistedUses_areNoticed() {
    JavaClasses classes =
        new Planted(folder)
            .add("kernel", "Reason", "public class Reason { io.parano.session.Session upwards; }")
            .add("session", "Session", "public class Session { io.parano.web.WebDoor door; }")
            .add("web", "WebDoor", "public class WebDoor { io.parano.mail.MailDoor other; }")
            .add("mail", "MailDoor", "public class MailDoor { io.parano.app.Main main; }")
            .add("app", "Main", "public class Main { io.parano.web.WebDoor listed; }")
            .classes();
    assertThat(Walls.directions(classes, ROOMS))
        .hasSize(4)
        .anyMatch(complaint -> complaint.contains("kernel.Reason.upwards"))
        .anyMatch(complaint -> complaint.contains("session.Session.door"))
        .anyMatch(complaint -> complaint.contains("web.WebDoor.other"))
        .anyMatch(complaint -> complaint.contains("mail.MailDoor.main"));
  }

  @Test
  void cycles_twoRoomsThatUseEachOther_areNoticed() {
    JavaClasses classes =
        new Planted(folder)
            .add("kernel", "Hen", "public class Hen { io.parano.session.Egg egg; }")
            .add("session", "Egg", "public class Egg { io.parano.kernel.Hen hen; }")
            .classes();
    assertThat(Walls.cycles(classes)).hasSize(1);
  }

  @Test
  void opened_everyWayToOpenSomething_isNoticedInTheCore() {
    List<String> complaints = Walls.opened(opening("session", OPENING), ROOMS);
    assertThat(OPENING)
        .allSatisfy(way ->
            assertThat(complaints)
                .as(way)
                .anyMatch(one -> one.contains("Opener" + OPENING.indexOf(way) + ".")));
  }

  @Test
  void opened_outsideTheCore_isNobodysBusiness() {
    assertThat(Walls.opened(opening("web", OPENING), ROOMS)).isEmpty();
  }

  @Test
  void opened_valuesAndMemory_areFine() {
    assertThat(Walls.opened(opening("session", NOT_OPENING), ROOMS)).isEmpty();
  }

  @Test
  void emptyNames_areNoticed() {
    List<String> names =
        List.of(
            "SessionManager",
            "PathHelper",
            "StringUtil",
            "StringUtils",
            "StoreImpl",
            "AbstractDoor",
            "BaseDoor",
            "EventProcessor",
            "KeyWrapper",
            "UserInfo",
            "SessionData");
    assertThat(Walls.emptyNames(named(names))).hasSameSizeAs(names);
  }

  @Test
  void emptyNames_nouns_areFine() {
    assertThat(
            Walls.emptyNames(
                named(List.of("Session", "Base64Url", "AuthenticatorData", "Managers"))))
        .isEmpty();
  }

  @Test
  void inheritance_onlyBetweenOurClasses_isNoticed() {
    String kinds =
        """
        interface Kinds {
          record One() implements Kinds {}
          class Gone extends RuntimeException {}
          class Lost extends Gone {}
          enum Way { IN { @Override public String toString() { return "in"; } }, OUT }
        }
        """;
    assertThat(Walls.inheritance(new Planted(folder).add("web", "Kinds", kinds).classes()))
        .singleElement()
        .asString()
        .contains("Lost");
  }

  private JavaClasses named(List<String> names) {
    Planted planted = new Planted(folder);
    names.forEach(name -> planted.add("web", name, "class " + name + " {}"));
    return planted.classes();
  }

  /// One class `OpenerN` for each expression.
  private JavaClasses opening(String room, List<String> expressions) {
    Planted planted = new Planted(folder);
    IntStream.range(0, expressions.size())
        .forEach(i -> {
          String body = "Object open() throws Exception { return " + expressions.get(i) + "; }";
          planted.add(room, "Opener" + i, "class Opener" + i + " { " + body + " }");
        });
    return planted.classes();
  }
}
