package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Peers;
import io.parano.kernel.IpAddress;
import io.parano.kernel.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Addresses of OpenVPN tunnels, kept open through the helper's real socket.
class OpenAddressesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final Clock clock = new Clock();
  private final PaperWall wall = new PaperWall(clock);
  private final SessionId tunnel = SessionId.next(clock.instant(), bytes -> bytes[0] = 1);
  private final IpAddress address = Sample.peer(1).address();
  private OpenAddresses addresses;
  private Gatehouse helper;

  @BeforeEach
  void open() throws IOException {
    helper = helper();
    addresses =
        new OpenAddresses(new GatehouseLine(folder.resolve("helper.sock"), PATIENCE), clock);
  }

  private Gatehouse helper() throws IOException {
    return Gatehouse.open(
        folder.resolve("helper.sock"),
        System.getProperty("user.name"),
        new Gatekeeper(new BareInterface(), wall, Sample.NETWORKS, Sample.LONGEST, clock, clock));
  }

  @AfterEach
  void close() {
    helper.close();
  }

  @Test
  void open_whileItIsRenewed_staysOpenAndClosesWhenNobodyRenews() {
    addresses.open(tunnel, address, clock.instant().plusSeconds(3600));
    for (int i = 0; i < 5; i++) {
      clock.pass(Duration.ofSeconds(2));
      addresses.renew();
      assertThat(wall.open()).containsExactly(address.toString());
    }
    clock.pass(Duration.ofSeconds(4));
    assertThat(wall.open()).isEmpty();
    addresses.renew();
    assertThat(wall.open()).as("it goes on").containsExactly(address.toString());
  }

  @Test
  void shut_tunnel_closesAtOnceAndIsNotRenewed() {
    addresses.open(tunnel, address, clock.instant().plusSeconds(3600));
    addresses.shut(List.of(tunnel));
    assertThat(wall.open()).isEmpty();
    addresses.renew();
    assertThat(wall.open()).isEmpty();
  }

  @Test
  void renew_tunnelWhoseTimeIsOver_closes() {
    addresses.open(tunnel, address, clock.instant().plusSeconds(3));
    clock.pass(Duration.ofSeconds(4));
    addresses.renew();
    assertThat(wall.open()).isEmpty();
  }

  @Test
  void renew_helperBeganAnew_isToldWhoStands() throws IOException {
    addresses.open(tunnel, address, clock.instant().plusSeconds(3600));
    helper.close();
    clock.pass(Duration.ofSeconds(4));
    helper = helper();
    assertThat(wall.open()).isEmpty();
    addresses.renew();
    assertThat(wall.open()).containsExactly(address.toString());
  }

  @Test
  void open_helperAway_isUnavailable() {
    helper.close();
    assertThatThrownBy(() -> addresses.open(tunnel, address, clock.instant().plusSeconds(3600)))
        .isInstanceOf(Peers.Unavailable.class);
    assertThat(wall.open()).isEmpty();
  }
}
