package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.util.List;

/// A WireGuard interface of this machine. Throws [IOException] when it can't be had or does not do
/// what it is told.
interface WireGuard {
  /// A peer that is there begins anew: what it agreed before counts no more.
  void put(Bytes publicKey, IpAddress address, Secret presharedKey) throws IOException;

  /// That one is not there is not an error.
  void remove(List<Bytes> publicKeys) throws IOException;

  List<Present> peers() throws IOException;

  /// What an answer must be to count.
  static List<Present> read(String who, InterfaceReading reading) throws IOException {
    return switch (reading) {
      case InterfaceReading.Malformed(var flaw) ->
          throw new IOException(who + " can't be understood: " + flaw.code());
      case InterfaceReading.Failed(var errno) -> throw new IOException(who + ": errno " + errno);
      case InterfaceReading.Read(var peers) -> peers;
    };
  }
}
