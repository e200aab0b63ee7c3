package io.parano.interop;

import io.parano.access.Peers;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.vpn.WireGuardConfig;
import io.parano.vpn.WireGuardDoor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The door of a server with one lease, as a process that can be stopped and killed. It says `up`
/// when the lease's peer was let through.
public final class Renewing {
  private Renewing() {}

  /// Arguments: the helper's socket, the public key, the address, the lease's seconds, and the
  /// pre-shared key, which a test's command line may show; without it an earlier peer is renewed.
  public static void main(String[] arguments) throws InterruptedException {
    Peers.Peer lease =
        new Peers.Peer(
            Bytes.of(Base64.getDecoder().decode(arguments[1])),
            IpAddress.parse(arguments[2]),
            Instant.now().plusSeconds(Long.parseLong(arguments[3])));
    try (WireGuardDoor door =
        new WireGuardDoor(new WireGuardConfig(Path.of(arguments[0])), InstantSource.system())) {
      door.open(() -> lease.until().isAfter(Instant.now()) ? List.of(lease) : List.of());
      if (arguments.length > 4) {
        Secret secret = Secret.of(Base64.getDecoder().decode(arguments[4]));
        while (!put(door, lease, secret)) {
          Thread.onSpinWait();
        }
      }
      System.out.println("up");
      new CountDownLatch(1).await();
    }
  }

  private static boolean put(WireGuardDoor door, Peers.Peer lease, Secret secret) {
    try {
      door.put(lease, secret);
      return true;
    } catch (Peers.Unavailable e) {
      return false;
    }
  }
}
