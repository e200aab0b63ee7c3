package io.parano.sshcert;

import io.parano.kernel.Secret;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A private key out of a file that no passphrase seals. For one that lies in a security key this
/// is only what names it there.
public final class PrivateKey implements AutoCloseable {
  private static final int ADD_CONSTRAINED = 25;
  private static final int LIFETIME = 1;
  private static final int EXTENSION = 255;
  private static final String PROVIDER = "sk-provider@openssh.com";

  private final SshKey publicKey;
  private final Secret beyond;

  /// @param beyond what stands behind the name and, where a certificate carries them, behind the
  ///   public fields
  PrivateKey(SshKey publicKey, Secret beyond) {
    this.publicKey = publicKey;
    this.beyond = beyond;
  }

  public SshKey publicKey() {
    return publicKey;
  }

  /// The request by which an agent takes this key under `certificate`, for `seconds` and no longer
  /// (PROTOCOL.agent; draft-ietf-sshm-ssh-agent section 3.2), without the length in front. Whoever
  /// calls wipes it.
  ///
  /// @param provider the library that speaks to security keys; null for keys that are none
  public byte[] addition(
      SignedCertificate certificate, String comment, long seconds, @Nullable String provider) {
    if (!certificate.certificate().key().equals(publicKey)) {
      throw new IllegalArgumentException("the certificate is for another key");
    }
    byte[] secret = beyond.copy();
    WireWriter out =
        new WireWriter()
            .uint8(ADD_CONSTRAINED)
            .text(publicKey.type().certified())
            .string(certificate.blob().copy())
            .raw(secret)
            .text(comment)
            .uint8(LIFETIME)
            .uint32(seconds);
    Arrays.fill(secret, (byte) 0);
    if (publicKey.type().inSecurityKey() && provider != null) {
      out.uint8(EXTENSION).text(PROVIDER).text(provider);
    }
    return out.bytes();
  }

  @Override
  public void close() {
    beyond.close();
  }
}
