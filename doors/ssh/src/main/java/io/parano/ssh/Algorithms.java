package io.parano.ssh;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/// The few algorithms that the jump host speaks, each of which OpenSSH has by default: key exchange
/// that stands against quantum computers first, ciphers that authenticate what they encrypt and
/// that Terrapin (CVE-2023-48795) does not touch, Ed25519 for the host.
final class Algorithms {
  private static final List<BuiltinDHFactories> EXCHANGES =
      List.of(
          BuiltinDHFactories.mlkem768x25519,
          BuiltinDHFactories.sntrup761x25519,
          BuiltinDHFactories.sntrup761x25519_openssh,
          BuiltinDHFactories.curve25519);
  private static final List<BuiltinCiphers> CIPHERS =
      List.of(BuiltinCiphers.aes256gcm, BuiltinCiphers.aes128gcm);

  /// Named in every proposal; with these ciphers none is used.
  private static final List<BuiltinMacs> MACS =
      List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm);

  private static final List<BuiltinSignatures> HOST =
      List.of(BuiltinSignatures.ed25519_cert, BuiltinSignatures.ed25519);

  private Algorithms() {}

  static void of(SshServer server) {
    server.setKeyExchangeFactories(
        EXCHANGES.stream().filter(Algorithms::here).map(ServerBuilder.DH2KEX).toList());
    List<NamedFactory<Cipher>> ciphers = new ArrayList<>(CIPHERS);
    server.setCipherFactories(ciphers);
    server.setMacFactories(List.copyOf(MACS));
    server.setCompressionFactories(List.of(BuiltinCompressions.none));
    server.setSignatureFactories(List.copyOf(HOST));
  }

  /// Whether this Java and its libraries can do it.
  private static boolean here(OptionalFeature one) {
    return one.isSupported();
  }
}
