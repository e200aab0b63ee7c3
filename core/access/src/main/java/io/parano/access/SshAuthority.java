package io.parano.access;

import io.parano.sshcert.Signer;
import io.parano.sshcert.SshKey;
import java.util.List;

/// An SSH authority whose key may be renewed while certificates are made.
final class SshAuthority {
  /// The one in use first, and the one before, which what is under way was made for.
  private volatile List<Signer> signers;

  SshAuthority(Signer signer) {
    this.signers = List.of(signer);
  }

  /// Goes on with `newer`, which may be the one that is in use.
  void follow(Signer newer) {
    Signer present = present();
    if (!newer.publicKey().equals(present.publicKey())) {
      signers = List.of(newer, present);
    }
  }

  Signer present() {
    return signers.getFirst();
  }

  SshKey publicKey() {
    return present().publicKey();
  }

  /// Whose key `named` is. Throws when it is nobody's.
  Signer of(SshKey named) {
    return signers.stream()
        .filter(signer -> signer.publicKey().equals(named))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no authority " + named.fingerprint()));
  }
}
