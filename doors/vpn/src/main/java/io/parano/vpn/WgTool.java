package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// An interface spoken to by `wg` (wg(8)): one of the kernel's own, or any other. A pre-shared key
/// goes through a pipe, since command lines are everybody's to read.
record WgTool(Program wg, String name) implements WireGuard {
  static WgTool of(String name) throws IOException {
    return new WgTool(Program.named("wg"), name);
  }

  @Override
  public void put(Bytes publicKey, IpAddress address, Secret presharedKey) throws IOException {
    byte[] key = presharedKey.copy();
    byte[] input = Base64.getEncoder().encode(key);
    try {
      var _ = wg.run(putting(name, publicKey, address), input);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(input, (byte) 0);
    }
  }

  static List<String> putting(String name, Bytes publicKey, IpAddress address) {
    String peer = OrderText.base64(publicKey);
    return List.of(
        "set",
        name,
        "peer",
        peer,
        "remove",
        "peer",
        peer,
        "preshared-key",
        "/dev/stdin",
        "allowed-ips",
        Networks.alone(address));
  }

  @Override
  public void remove(List<Bytes> publicKeys) throws IOException {
    var _ = wg.run(removing(name, publicKeys), new byte[0]);
  }

  static List<String> removing(String name, List<Bytes> publicKeys) {
    List<String> words = new ArrayList<>(List.of("set", name));
    for (Bytes key : publicKeys) {
      words.addAll(List.of("peer", OrderText.base64(key), "remove"));
    }
    return List.copyOf(words);
  }

  @Override
  public List<Present> peers() throws IOException {
    byte[] dump = wg.run(List.of("show", name, "dump"), new byte[0]);
    InterfaceReading reading = WgDump.read(dump);
    Arrays.fill(dump, (byte) 0);
    return WireGuard.read(wg.path() + " show " + name, reading);
  }
}
