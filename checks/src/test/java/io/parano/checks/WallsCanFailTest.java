package io.parano.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "kernel,  io.parano.session.Session",
    "session, io.parano.web.WebDoor",
    "web,     io.parano.mail.MailDoor",
    "web,     io.parano.app.Main",
  })
  void directions_unlistedUse_isNoticed(String room, String used) {
    assertThat(Walls.directions(using(room, used), ROOMS)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "session, io.parano.kernel.Reason",
    "web,     io.parano.session.Session",
    "app,     io.parano.web.WebDoor",
  })
  void directions_listedUse_isFine(String room, String used) {
    assertThat(Walls.directions(using(room, used), ROOMS)).isEmpty();
  }

  @Test
  void cycles_twoRoomsThatUseEachOther_areNoticed() {
    Planted.source(folder, "kernel", "Hen", "public class Hen { io.parano.session.Egg egg; }");
    Planted.source(folder, "session", "Egg", "public class Egg { io.parano.kernel.Hen hen; }");
    assertThat(Walls.cycles(Planted.classes(folder, "kernel", "Other", "class Other {}")))
        .isEmpty();
    assertThat(Walls.cycles(Planted.classes(folder, "web", "Nest", NEST))).hasSize(1);
  }

  private static final String NEST = "class Nest { io.parano.kernel.Hen hen; }";

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "Object.class.getDeclaredMethods()",
      })
  void opened_coreThatOpens_isNoticed(String expression) {
    assertThat(Walls.opened(expression("session", expression), ROOMS)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new java.io.ByteArrayInputStream(new byte[0])",
        "new java.io.IOException()",
        "java.net.URI.create(\"https://auth.example\")",
        "new java.util.concurrent.ConcurrentHashMap<String, String>()",
        "java.time.Instant.EPOCH",
        "java.time.Duration.ofSeconds(1)",
      })
  void opened_coreThatOpensNothing_isFine(String expression) {
    assertThat(Walls.opened(expression("session", expression), ROOMS)).isEmpty();
  }

  @Test
  void opened_outsideTheCore_isNobodysBusiness() {
    assertThat(Walls.opened(expression("web", "System.nanoTime()"), ROOMS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "SessionData",
      })
  void emptyNames_anyOfThem_isNoticed(String name) {
    assertThat(Walls.emptyNames(Planted.classes(folder, "web", name, "class " + name + " {}")))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Session", "Base64Url", "AuthenticatorData", "Implication", "Managers"})
  void emptyNames_nouns_areFine(String name) {
    assertThat(Walls.emptyNames(Planted.classes(folder, "web", name, "class " + name + " {}")))
        .isEmpty();
  }

  @Test
  void inheritance_betweenOurClasses_isNoticed() {
    assertThat(
            Walls.inheritance(
                Planted.classes(
                    folder, "web", "Door", "class Door { static class Small extends Door {} }")))
        .hasSize(1);
  }

  @Test
  void inheritance_interfacesEnumsAndExceptions_areFine() {
    String source =
        """
        interface Kinds {
          record One() implements Kinds {}
          class Gone extends RuntimeException {}
          enum Way { IN { @Override public String toString() { return "in"; } }, OUT }
        }
        """;
    assertThat(Walls.inheritance(Planted.classes(folder, "web", "Kinds", source))).isEmpty();
  }

  private JavaClasses using(String room, String used) {
    int dot = used.lastIndexOf('.');
    String other = used.substring("io.parano.".length(), dot);
    String name = used.substring(dot + 1);
    Planted.source(folder, other, name, "public class " + name + " {}");
    return Planted.classes(folder, room, "User", "class User { " + used + " used; }");
  }

  private JavaClasses expression(String room, String expression) {
    return Planted.classes(
        folder,
        room,
        "Opener",
        "class Opener { Object open() throws Exception { return " + expression + "; } }");
  }
}
