package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.Signer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// [Certifying], wired, and what belongs to it: the jump host's questions and the lever's door.
public final class SshDesk implements Certifying {
  private final SshSettings settings;
  private final CertifyKey certifyKey;
  private final CertifyHost certifyHost;
  private final Revocations revocations;
  private final JumpDesk jumping;

  public SshDesk(
      Books books,
      Journal journal,
      SshSettings settings,
      Randomness randomness,
      InstantSource clock) {
    this.settings = settings;
    this.certifyKey = new CertifyKey(books, journal, settings, randomness, clock);
    this.certifyHost = new CertifyHost(books, settings, randomness, clock);
    this.revocations = new Revocations(books, settings, clock);
    this.jumping = new JumpDesk(books, journal, settings, clock);
  }

  /// Goes on under these keys: what is made from now on bears them, and what bears others is
  /// foreign.
  public void follow(Signer users, Signer hosts) {
    settings.users().follow(users);
    settings.hosts().follow(hosts);
  }

  /// For the lever, which tells it of every cut.
  public Door door() {
    return revocations;
  }

  public Jumping jumping() {
    return jumping;
  }

  @Override
  public Certified certify(String bearer, String hosts, String key, IpAddress source) {
    return certifyKey.certify(bearer, hosts, key, source);
  }

  @Override
  public Certified certify(Showing.Proof proof, String key) {
    return switch (proof) {
      case ShownAtTerminal shown -> certifyKey.certify(shown, key);
    };
  }

  @Override
  public Published revocations() {
    return revocations.publish();
  }

  @Override
  public Authorities authorities() {
    return new Authorities(settings.users().publicKey(), settings.hosts().publicKey());
  }

  @Override
  public SignedCertificate certifyHost(
      String key, List<String> names, Duration life, String door, String operator) {
    return certifyHost.certify(key, names, life, door, operator);
  }
}
