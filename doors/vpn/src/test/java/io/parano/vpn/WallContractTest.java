package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [Wall] does: the one on paper, and nftables' in a network of its own.
@Tag("interop")
class WallContractTest {
  private static final IpAddress V4 = IpAddress.parse("10.88.0.1");
  private static final IpAddress OTHER = IpAddress.parse("10.88.0.3");
  private static final IpAddress V6 = IpAddress.parse("fd88::2");
  private static final Pattern ELEMENT = Pattern.compile("([0-9a-f.:]+) expires");

  @TempDir Path folder;

  private interface Looking {
    Set<String> open() throws Exception;

    void untilClosed() throws Exception;
  }

  @Test
  void paper_keepsTheContract() throws Exception {
    Clock clock = new Clock();
    PaperWall wall = new PaperWall(clock);
    keeps(
        wall,
        new Looking() {
          @Override
          public Set<String> open() {
            return wall.open();
          }

          @Override
          public void untilClosed() {
            clock.pass(Duration.ofSeconds(Wall.OPEN_SECONDS));
          }
        });
  }

  @Tag("slow")
  @Test
  void nftables_keepTheContract() throws Exception {
    assumeTrue(RealInterface.possible(), "no wireguard-go here, or not root");
    try (RealInterface real = RealInterface.open(folder)) {
      NftWall wall = new NftWall(real.nft(), real.name);
      Looking looking =
          new Looking() {
            @Override
            public Set<String> open() throws Exception {
              Set<String> found = new HashSet<>();
              Matcher matcher = ELEMENT.matcher(real.nft("list", "ruleset"));
              while (matcher.find()) {
                found.add(matcher.group(1));
              }
              return found;
            }

            @Override
            public void untilClosed() throws Exception {
              long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
              while (!open().isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
              }
            }
          };
      keeps(wall, looking);

      // Torn down, and there again.
      String before = real.nft("list", "ruleset");
      real.nft("flush", "ruleset");
      wall.stand();
      assertThat(real.nft("list", "ruleset")).isEqualTo(before);

      assertThatThrownBy(() -> new NftWall(new Program(folder.resolve("none")), real.name).stand())
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> new NftWall(real.nft(), "a b").stand())
          .isInstanceOf(IOException.class);
    }
  }

  private static void keeps(Wall wall, Looking looking) throws Exception {
    wall.stand();
    assertThat(looking.open()).isEmpty();

    wall.open(List.of(V4, V6, OTHER));
    wall.open(List.of(V4));
    assertThat(looking.open()).containsExactlyInAnyOrder("10.88.0.1", "fd88::2", "10.88.0.3");
    wall.shut(List.of(OTHER, IpAddress.parse("10.88.0.9")));
    wall.stand();
    wall.open(List.of());
    assertThat(looking.open()).containsExactlyInAnyOrder("10.88.0.1", "fd88::2");

    looking.untilClosed();
    assertThat(looking.open()).isEmpty();
    wall.shut(List.of(V4));
    wall.open(List.of(V4));
    assertThat(looking.open()).containsExactly("10.88.0.1");
    looking.untilClosed();
  }

  /// What is loaded with the machine's own ruleset is what the helper builds.
  @Test
  void rules_asShipped_areThoseThatTheHelperBuilds() throws IOException {
    Path shipped = Path.of("../../packaging/nftables/parano-wireguard.nft");

    assertThat(
            Files.readString(shipped)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n")))
        .isEqualTo(Gatehouse.rules("wg0"));
  }
}
