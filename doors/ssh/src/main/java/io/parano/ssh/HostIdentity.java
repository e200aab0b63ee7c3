package io.parano.ssh;

import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.HostKeyCertificateProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/// The jump host's own key, made at each start and kept in memory alone, under a certificate of the
/// hosts' authority: people believe that authority, so that no key is to be kept or told to them.
final class HostIdentity implements HostKeyCertificateProvider {
  static final Duration LIFE = Duration.ofDays(2);

  private final JumpDoor.Authority authority;
  private final List<String> names;
  private final InstantSource clock;
  private final KeyPair pair;
  private @Nullable Made made;

  HostIdentity(JumpDoor.Authority authority, List<String> names, InstantSource clock)
      throws GeneralSecurityException {
    this.authority = authority;
    this.names = names;
    this.clock = clock;
    this.pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
  }

  private record Made(OpenSshCertificate certificate, SshKey authority, Instant again) {}

  KeyPairProvider pairs() {
    return KeyPairProvider.wrap(pair);
  }

  /// Asks for another one when half of its time is over, or the authority has another key.
  @Override
  public synchronized Iterable<OpenSshCertificate> loadCertificates(
      @Nullable SessionContext session) throws IOException, GeneralSecurityException {
    Instant now = clock.instant();
    Made current = made;
    if (current == null
        || !now.isBefore(current.again())
        || !current.authority().equals(authority.publicKey())) {
      SignedCertificate fresh =
          authority.certify(PublicKeyEntry.toString(pair.getPublic()), names, LIFE);
      PublicKey read = new ByteArrayBuffer(fresh.blob().copy()).getRawPublicKey();
      if (!(read instanceof OpenSshCertificate certificate)) {
        throw new IOException("a certificate of ours is none to the SSH library");
      }
      current = new Made(certificate, fresh.certificate().authority(), now.plus(LIFE.dividedBy(2)));
      made = current;
    }
    return List.of(current.certificate());
  }
}
