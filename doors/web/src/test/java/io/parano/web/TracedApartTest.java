package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Tracing;
import io.parano.web.WebConfig.Limits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A trace that is begun in a door process goes on in the authority; one that is not, does not.
class TracedApartTest {
  private static final WebConfig CONFIG = TestDoor.config(Limits.usual());

  @TempDir private Path folder;
  private final Watched authoritys = new Watched();

  private void ask(Tracing doors) throws Exception {
    AuthorityPlace.Socket place =
        new AuthorityPlace.Socket(folder.resolve("authority"), System.getProperty("user.name", ""));
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    try (AuthorityDoor authority =
            AuthorityDoor.open(
                CONFIG,
                place,
                paper.core(new ScriptedPassing(), authoritys),
                new ApartDoors(new InFlight()),
                Readiness.Ready::new,
                () -> "");
        WebDoor door = WebDoor.openApart(CONFIG, place, doors)) {
      assertThat(Asking.met(door).status()).isEqualTo(200);
      assertThat(Asking.get(door.bound().getFirst().port(), "/sign-in").status()).isEqualTo(200);
      assertThat(authority).isNotNull();
    }
  }

  @Test
  void requests_thatTheDoorLooksAt_goOnInTheAuthority() throws Exception {
    ask(new Watched());
    assertThat(authoritys.seen())
        .isEqualTo(new Watched.Seen("authority", Watched.UNDER_WAY, List.of("allowed")));
    assertThat(authoritys.seen())
        .isEqualTo(
            new Watched.Seen(
                "authority",
                Watched.UNDER_WAY,
                List.of("http.route=/sign-in", "http.response.status_code=200", "answered")));
  }

  /// Else `percent` would be drawn twice, and a trace begin in its middle.
  @Test
  void requests_thatTheDoorDoesNotLookAt_areNotLookedAt() throws Exception {
    ask(Tracing.OFF);
    assertThat(authoritys.ended).isEmpty();
  }
}
