package io.parano.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parano.kernel.Randomness;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Seals under the newest key and opens under any. A sealed value is
///
/// ```
/// 1 byte    form, 1
/// 4 bytes   version of the sealing key, big-endian
/// 12 bytes  nonce, random
/// n bytes   AES-256-GCM ciphertext
/// 16 bytes  tag
/// ```
///
/// with the first five bytes and the context as associated data. Nonces are random, so that one key
/// may seal 2^32 times (NIST SP 800-38D section 8.3): a thousand times a second for seven weeks.
/// See `docs/keys.md` on renewing it in time.
public final class KeysetSealer implements Sealer {
  private static final byte FORM = 1;
  private static final int HEADER_LENGTH = 1 + Integer.BYTES;
  private static final int LEAST_LENGTH = HEADER_LENGTH + AesGcm.NONCE_LENGTH + AesGcm.TAG_LENGTH;
  private static final byte[] TAG_PURPOSE = "parano tag 1".getBytes(UTF_8);
  private static final String HMAC = "HmacSHA256";
  private static final int HMAC_KEY_LENGTH = 32;

  private final Randomness randomness;
  private volatile Keys keys;

  /// @param byVersion those that open
  private record Keys(Map<Integer, SecretKey> byVersion, int newest, SecretKey tagKey) {}

  KeysetSealer(Keyset keyset, Randomness randomness) {
    this.keys = keys(keyset, Map.of());
    this.randomness = randomness;
  }

  /// Goes on under the keys of `keyset`. What it knew before still opens for as long as it lives:
  /// it may be under way somewhere.
  public void follow(Keyset keyset) {
    keys = keys(keyset, keys.byVersion());
  }

  private static Keys keys(Keyset keyset, Map<Integer, SecretKey> before) {
    Map<Integer, SecretKey> all = new HashMap<>(before);
    for (Keyset.Key key : keyset.of(KeyPurpose.SEALING)) {
      all.put(key.facts().version(), aes(key.secret()));
    }
    return new Keys(
        Map.copyOf(all),
        keyset.newest(KeyPurpose.SEALING).facts().version(),
        tagKey(keyset.decoys().secret()));
  }

  @Override
  public byte[] seal(byte[] plain, String context) {
    int newest = keys.newest();
    byte[] header = ByteBuffer.allocate(HEADER_LENGTH).put(FORM).putInt(newest).array();
    byte[] nonce = randomness.bytes(AesGcm.NONCE_LENGTH);
    byte[] sealed = AesGcm.seal(key(newest).orElseThrow(), nonce, bound(header, context), plain);
    return ByteBuffer.allocate(header.length + nonce.length + sealed.length)
        .put(header)
        .put(nonce)
        .put(sealed)
        .array();
  }

  @Override
  public Secret open(byte[] sealed, String context) {
    byte[] plain = opened(sealed, context).orElseThrow(() -> new SealBroken(context));
    Secret secret = Secret.of(plain);
    Arrays.fill(plain, (byte) 0);
    return secret;
  }

  @Override
  public boolean isFresh(byte[] sealed) {
    return sealed.length >= HEADER_LENGTH && ByteBuffer.wrap(sealed).getInt(1) == keys.newest();
  }

  @Override
  public byte[] tag(byte[] content, String context) {
    try {
      byte[] name = context.getBytes(UTF_8);
      Mac mac = Mac.getInstance(HMAC);
      mac.init(keys.tagKey());
      // The length keeps context and content apart.
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
      mac.update(name);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is in every Java platform", e);
    }
  }

  private Optional<byte[]> opened(byte[] sealed, String context) {
    if (sealed.length < LEAST_LENGTH || sealed[0] != FORM) {
      return Optional.empty();
    }
    byte[] header = Arrays.copyOf(sealed, HEADER_LENGTH);
    byte[] nonce = Arrays.copyOfRange(sealed, HEADER_LENGTH, HEADER_LENGTH + AesGcm.NONCE_LENGTH);
    byte[] rest = Arrays.copyOfRange(sealed, HEADER_LENGTH + AesGcm.NONCE_LENGTH, sealed.length);
    return key(ByteBuffer.wrap(header).getInt(1))
        .flatMap(key -> AesGcm.open(key, nonce, bound(header, context), rest));
  }

  private Optional<SecretKey> key(int version) {
    return Optional.ofNullable(keys.byVersion().get(version));
  }

  /// The header has one length, so that it and the context cannot be cut otherwise.
  private static byte[] bound(byte[] header, String context) {
    byte[] name = context.getBytes(UTF_8);
    return ByteBuffer.allocate(header.length + name.length).put(header).put(name).array();
  }

  private static SecretKey aes(Secret secret) {
    byte[] bytes = secret.copy();
    try {
      return new SecretKeySpec(bytes, "AES");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static SecretKey tagKey(Secret secret) {
    byte[] bytes = secret.copy();
    byte[] derived = Hkdf.derive(bytes, new byte[0], TAG_PURPOSE, HMAC_KEY_LENGTH);
    try {
      return new SecretKeySpec(derived, HMAC);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }
}
