package io.parano.authn;

import io.parano.kernel.Bytes;
import java.util.Optional;

/// The attestation object (WebAuthn Level 3 section 6.5.4), cut into its three parts.
///
/// @param authenticatorData still unread: the bytes that the attestation signature covers
record AttestationObject(String format, Cbor.Table statement, Bytes authenticatorData) {
  /// A token's object has about 1,000 bytes; a chain of four RSA certificates has 5,000.
  private static final int MOST_BYTES = 16_384;

  static Reading<AttestationObject> read(Bytes bytes) {
    if (bytes.length() > MOST_BYTES) {
      return new Reading.Malformed<>(
          "expected at most " + MOST_BYTES + " bytes, found " + bytes.length());
    }
    return switch (Cbor.read(bytes.copy())) {
      case Reading.Malformed<Cbor.Item>(String detail) -> new Reading.Malformed<>(detail);
      case Reading.Read<Cbor.Item>(Cbor.Item item) ->
          item instanceof Cbor.Table table ? read(table) : unexpected();
    };
  }

  private static Reading<AttestationObject> read(Cbor.Table table) {
    Optional<Bytes> data = table.bytes("authData");
    return table.entries().size() == 3
            && data.isPresent()
            && table.get("fmt").orElse(null) instanceof Cbor.Text(String format)
            && table.get("attStmt").orElse(null) instanceof Cbor.Table statement
        ? new Reading.Read<>(new AttestationObject(format, statement, data.get()))
        : unexpected();
  }

  private static Reading<AttestationObject> unexpected() {
    return new Reading.Malformed<>("expected a map of fmt, attStmt and authData alone");
  }
}
