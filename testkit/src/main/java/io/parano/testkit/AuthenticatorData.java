package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The authenticator data (WebAuthn Level 3 section 6.1), as a key is about to sign it.
///
/// @param flags the low eight bits count
/// @param signCount the low 32 bits count
/// @param attested present in registrations
/// @param rest what follows: the extensions' map, or anything that a [SecurityKey#defective] key
///   should append
public record AuthenticatorData(
    Bytes rpIdHash, int flags, long signCount, @Nullable Attested attested, Bytes rest) {
  public static final int USER_PRESENT = 0x01;
  public static final int USER_VERIFIED = 0x04;
  public static final int BACKUP_ELIGIBLE = 0x08;
  public static final int BACKUP_STATE = 0x10;
  public static final int ATTESTED = 0x40;
  public static final int EXTENSIONS = 0x80;

  /// @param publicKey the COSE_Key
  public record Attested(UUID aaguid, Bytes credentialId, Bytes publicKey) {}

  public AuthenticatorData withRpIdHash(Bytes other) {
    return new AuthenticatorData(other, flags, signCount, attested, rest);
  }

  public AuthenticatorData with(int moreFlags) {
    return new AuthenticatorData(rpIdHash, flags | moreFlags, signCount, attested, rest);
  }

  public AuthenticatorData without(int fewerFlags) {
    return new AuthenticatorData(rpIdHash, flags & ~fewerFlags, signCount, attested, rest);
  }

  public AuthenticatorData withSignCount(long other) {
    return new AuthenticatorData(rpIdHash, flags, other, attested, rest);
  }

  public AuthenticatorData withAttested(@Nullable Attested other) {
    return new AuthenticatorData(rpIdHash, flags, signCount, other, rest);
  }

  public AuthenticatorData withRest(Bytes other) {
    return new AuthenticatorData(rpIdHash, flags, signCount, attested, other);
  }

  public Bytes bytes() {
    ByteBuffer out = ByteBuffer.allocate(length());
    out.put(rpIdHash.copy()).put((byte) flags).putInt((int) signCount);
    if (attested != null) {
      out.putLong(attested.aaguid().getMostSignificantBits());
      out.putLong(attested.aaguid().getLeastSignificantBits());
      out.putShort((short) attested.credentialId().length());
      out.put(attested.credentialId().copy()).put(attested.publicKey().copy());
    }
    return Bytes.of(out.put(rest.copy()).array());
  }

  private int length() {
    int fixed = rpIdHash.length() + 1 + 4 + rest.length();
    return attested == null
        ? fixed
        : fixed + 16 + 2 + attested.credentialId().length() + attested.publicKey().length();
  }
}
