package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Admitting;
import io.parano.access.Taken;
import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door with root's helper beside it.
class OpenVpnHelperTest {
  @TempDir private Path folder;
  private final PaperTunnels core = new PaperTunnels();

  /// OpenVPN, or we, began anew: what the helper still knows keeps no address from its next holder.
  @Test
  void connectionOverOrParanoBegunAnew_addressIsFreeForTheNextTunnel() throws Exception {
    Path helper = folder.resolve("helper");
    Path socket = folder.resolve("management");
    CountDownLatch shuts = new CountDownLatch(0);
    try (Gatehouse _ = heldHelper(helper, shuts)) {
      try (OpenVpnDoor _ = Sample.openVpn(socket, helper, core)) {
        stood(socket, 0);
        stood(socket, 1);
      }
      // As one that was killed leaves it.
      new GatehouseLine(helper, Duration.ofSeconds(5))
          .put(Instant.now(), Sample.peer(1), Sample.secret(1));
      try (OpenVpnDoor _ = Sample.openVpn(socket, helper, core)) {
        stood(socket, 2);
      }
    }
  }

  /// One tunnel at the address, and the end of the server's connection.
  private void stood(Path socket, int number) throws Exception {
    try (PaperOpenVpn server = new PaperOpenVpn(socket)) {
      server.login(number, "CONNECT", "paul", "right", "");
      assertThat(server.heard()).isEqualTo("client-auth-nt " + number + " 1");
      server.established(number, Sample.peer(1).address().toString());
      server.say(">HOLD:x");
      assertThat(server.heard()).isEqualTo("hold release");
    }
  }

  /// Root's helper takes its time, so that a look of the door's own is still at it when the lever
  /// comes: the tunnel is the cut's all the same.
  @Test
  void closed_whatALookIsJustEnding_isTheCutsOwn() throws Exception {
    CountDownLatch tested = new CountDownLatch(1);
    Path helper = folder.resolve("helper");
    Path socket = folder.resolve("management");
    try (Gatehouse _ = heldHelper(helper, tested);
        OpenVpnDoor door = Sample.openVpn(socket, helper, core);
        PaperOpenVpn server = new PaperOpenVpn(socket)) {
      server.login(0, "CONNECT", "paul", "right", "");
      assertThat(server.heard()).isEqualTo("client-auth-nt 0 1");
      server.established(0, Sample.peer(1).address().toString());
      core.awaitTold(Admitting.Account.Status.STARTED);
      Taken taken = core.cut(core.tunnels.getFirst());
      assertThat(server.heard()).isEqualTo("client-kill 0");
      server.gone(0);
      core.awaitTold(Admitting.Account.Status.STOPPED);
      assertThat(door.closed(taken)).isEqualTo(1);
      tested.countDown();
    }
  }

  /// That shuts no address until then.
  private static Gatehouse heldHelper(Path socket, CountDownLatch then) throws IOException {
    PaperWall paper = new PaperWall(System::nanoTime);
    Wall wall =
        new Wall() {
          @Override
          public void open(Collection<IpAddress> addresses) throws IOException {
            paper.open(addresses);
          }

          @Override
          public void shut(Collection<IpAddress> addresses) throws IOException {
            try {
              then.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException(e.getMessage());
            }
            paper.shut(addresses);
          }

          @Override
          public void stand() throws IOException {
            paper.stand();
          }
        };
    return Gatehouse.open(
        socket,
        System.getProperty("user.name"),
        new Gatekeeper(
            new BareInterface(),
            wall,
            Sample.NETWORKS,
            Sample.LONGEST,
            InstantSource.system(),
            System::nanoTime));
  }
}
