package io.parano.authn;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the authenticator signed (WebAuthn Level 3 section 6.1), read to its last byte.
///
/// @param attested null when the AT flag is clear
/// @param extensions empty when the ED flag is clear
record AuthenticatorData(
    Bytes rpIdHash, int flags, long signCount, @Nullable Attested attested, Cbor.Table extensions) {
  private static final int MOST_BYTES = 4096;
  private static final int FIXED = 37;
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int BACKUP_ELIGIBLE = 0x08;
  private static final int BACKUP_STATE = 0x10;
  private static final int ATTESTED = 0x40;
  private static final int EXTENSIONS = 0x80;
  private static final Cbor.Table NONE = new Cbor.Table(Map.of());

  /// @param publicKey the COSE_Key as it came, and `key` as it was read
  record Attested(UUID aaguid, Bytes credentialId, Bytes publicKey, Cbor.Table key) {}

  boolean userPresent() {
    return (flags & USER_PRESENT) != 0;
  }

  boolean userVerified() {
    return (flags & USER_VERIFIED) != 0;
  }

  boolean backupEligible() {
    return (flags & BACKUP_ELIGIBLE) != 0;
  }

  boolean backedUp() {
    return (flags & BACKUP_STATE) != 0;
  }

  static Reading<AuthenticatorData> read(Bytes bytes) {
    if (bytes.length() < FIXED || bytes.length() > MOST_BYTES) {
      return malformed(
          "expected " + FIXED + " to " + MOST_BYTES + " bytes, found " + bytes.length());
    }
    byte[] all = bytes.copy();
    ByteBuffer buffer = ByteBuffer.wrap(all);
    byte[] rpIdHash = new byte[32];
    buffer.get(rpIdHash);
    int flags = buffer.get() & 0xff;
    long signCount = buffer.getInt() & 0xffff_ffffL;
    AuthenticatorData bare =
        new AuthenticatorData(Bytes.of(rpIdHash), flags, signCount, null, NONE);
    return (flags & ATTESTED) == 0 ? bare.withExtensions(all, FIXED) : bare.withAttested(all);
  }

  private Reading<AuthenticatorData> withAttested(byte[] all) {
    if (all.length < FIXED + 18) {
      return malformed("expected attested credential data, found the end");
    }
    ByteBuffer buffer = ByteBuffer.wrap(all, FIXED, all.length - FIXED);
    UUID aaguid = new UUID(buffer.getLong(), buffer.getLong());
    int idLength = buffer.getShort() & 0xffff;
    if (idLength > buffer.remaining()) {
      return malformed("expected a credential id of " + idLength + " bytes, found the end");
    }
    byte[] id = new byte[idLength];
    buffer.get(id);
    int start = buffer.position();
    return switch (Cbor.readAt(all, start)) {
      case Reading.Malformed<Cbor.Prefix>(String detail) -> malformed("public key: " + detail);
      case Reading.Read<Cbor.Prefix>(Cbor.Prefix(Cbor.Item item, int end)) ->
          item instanceof Cbor.Table key
              ? new AuthenticatorData(
                      rpIdHash,
                      flags,
                      signCount,
                      new Attested(
                          aaguid, Bytes.of(id), Bytes.of(Arrays.copyOfRange(all, start, end)), key),
                      NONE)
                  .withExtensions(all, end)
              : malformed("expected the public key as a map");
    };
  }

  private Reading<AuthenticatorData> withExtensions(byte[] all, int from) {
    if ((flags & EXTENSIONS) == 0) {
      return from == all.length
          ? new Reading.Read<>(this)
          : malformed((all.length - from) + " bytes follow that no flag announces");
    }
    return switch (Cbor.read(Arrays.copyOfRange(all, from, all.length))) {
      case Reading.Malformed<Cbor.Item>(String detail) -> malformed("extensions: " + detail);
      case Reading.Read<Cbor.Item>(Cbor.Table table) when keyedByText(table) ->
          new Reading.Read<>(new AuthenticatorData(rpIdHash, flags, signCount, attested, table));
      case Reading.Read<Cbor.Item> _ -> malformed("expected the extensions as a map from names");
    };
  }

  private static boolean keyedByText(Cbor.Table table) {
    return table.entries().keySet().stream().allMatch(Cbor.Text.class::isInstance);
  }

  private static Reading<AuthenticatorData> malformed(String detail) {
    return new Reading.Malformed<>(detail);
  }
}
