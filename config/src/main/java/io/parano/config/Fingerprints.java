package io.parano.config;

import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.kernel.Digest;
import java.util.Locale;
import java.util.Optional;

/// Reads what names a certificate.
final class Fingerprints {
  private Fingerprints() {}

  /// As `openssl x509 -fingerprint -sha256` prints it, with or without colons.
  static Optional<Digest> read(Node.Scalar scalar, Mistakes mistakes) {
    String hex = scalar.text().replace(":", "").toLowerCase(Locale.ROOT);
    if (hex.matches("[0-9a-f]{64}")) {
      return Optional.of(Digest.fromHex(hex));
    }
    mistakes.add(scalar, ConfigurationMistake.FINGERPRINT_MALFORMED, scalar.text());
    return Optional.empty();
  }
}
