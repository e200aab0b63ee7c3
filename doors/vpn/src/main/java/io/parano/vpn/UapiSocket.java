package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// An interface that a program of its own carries (wireguard-go and its like), over its socket.
record UapiSocket(Path socket) implements WireGuard {
  /// Less than what the server waits for the helper.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /// Where such programs put their sockets.
  static Path of(String name) {
    return Path.of("/var/run/wireguard", name + ".sock");
  }

  @Override
  public void put(Bytes publicKey, IpAddress address, Secret presharedKey) throws IOException {
    var _ = asked(UapiRequest.put(publicKey, address, presharedKey));
  }

  @Override
  public void remove(List<Bytes> publicKeys) throws IOException {
    var _ = asked(UapiRequest.remove(publicKeys));
  }

  @Override
  public List<Present> peers() throws IOException {
    return asked(UapiRequest.get());
  }

  private List<Present> asked(byte[] request) throws IOException {
    try {
      byte[] answer =
          Exchange.ask(socket, request, UapiAnswer::isWhole, UapiAnswer.LONGEST, PATIENCE);
      InterfaceReading reading = UapiAnswer.read(answer);
      Arrays.fill(answer, (byte) 0);
      return WireGuard.read(socket.toString(), reading);
    } finally {
      Arrays.fill(request, (byte) 0);
    }
  }
}
