package io.parano.testkit;

import io.parano.kernel.Randomness;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// A token that types Yubico's one-time passwords, in software. It counts as a real one does, and
/// can be made to say anything.
public final class OtpKey {
  private static final String MODHEX = "cbdefghijklnrtuv";
  private static final int HERTZ = 8;

  private final String publicId;
  private final byte[] privateId;
  private final byte[] key;
  private final Randomness randomness;
  private int usage = 1;
  private int session;
  private int timestamp;

  private OtpKey(String publicId, byte[] privateId, byte[] key, Randomness randomness) {
    this.publicId = publicId;
    this.privateId = privateId;
    this.key = key;
    this.randomness = randomness;
    this.timestamp = number(randomness.bytes(3));
  }

  /// A token with a public id of six bytes and secrets of its own.
  public static OtpKey make(Randomness randomness) {
    return new OtpKey(
        modhex(randomness.bytes(6)), randomness.bytes(6), randomness.bytes(16), randomness);
  }

  /// @param privateId 12 hexadecimal digits
  /// @param key 32 hexadecimal digits
  public static OtpKey of(String publicId, String privateId, String key, Randomness randomness) {
    HexFormat hex = HexFormat.of();
    return new OtpKey(publicId, hex.parseHex(privateId), hex.parseHex(key), randomness);
  }

  public String publicId() {
    return publicId;
  }

  public int usage() {
    return usage;
  }

  public int session() {
    return session;
  }

  /// What the personalization tool logs in its "Yubico" format: the secrets are in it.
  public String logLine() {
    HexFormat hex = HexFormat.of();
    return "1234567,%s,%s,%s,000000000000,2026-11-23T09:00:00,"
        .formatted(publicId, hex.formatHex(privateId), hex.formatHex(key));
  }

  /// The token was pulled out and plugged in again.
  public void replug() {
    usage++;
    session = 0;
    timestamp = number(randomness.bytes(3));
  }

  /// Time goes on for the token.
  public void wait(int seconds) {
    timestamp = (timestamp + seconds * HERTZ) & 0xffffff;
  }

  /// The next one-time password.
  public String press() {
    String otp = say(usage, session, timestamp);
    session++;
    return otp;
  }

  /// A one-time password with these counters, whatever came before.
  public String say(int usage, int session, int timestamp) {
    byte[] block = new byte[16];
    System.arraycopy(privateId, 0, block, 0, 6);
    low(block, 6, 2, usage);
    low(block, 8, 3, timestamp);
    low(block, 11, 1, session);
    System.arraycopy(randomness.bytes(2), 0, block, 12, 2);
    low(block, 14, 2, ~crc(block, 14));
    return publicId + modhex(encrypted(block));
  }

  /// A one-time password over any 16 bytes.
  public String over(byte[] block) {
    return publicId + modhex(encrypted(block));
  }

  @SuppressWarnings("InsecureCryptoUsage") // One block, as the token does it.
  private byte[] encrypted(byte[] block) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return aes.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  private static int crc(byte[] bytes, int length) {
    int crc = 0xffff;
    for (int i = 0; i < 8 * length; i++) {
      int bit = (bytes[i / 8] >> (i % 8)) & 1;
      crc = ((crc ^ bit) & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x8408;
    }
    return crc;
  }

  private static void low(byte[] block, int from, int length, int number) {
    for (int i = 0; i < length; i++) {
      block[from + i] = (byte) (number >> (8 * i));
    }
  }

  private static int number(byte[] bytes) {
    return ((bytes[0] & 0xff) << 16) | ((bytes[1] & 0xff) << 8) | (bytes[2] & 0xff);
  }

  private static String modhex(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (byte b : bytes) {
      out.append(MODHEX.charAt((b >> 4) & 15)).append(MODHEX.charAt(b & 15));
    }
    return out.toString();
  }
}
