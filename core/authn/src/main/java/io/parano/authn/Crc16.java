package io.parano.authn;

/// The check sum of Yubico's one-time passwords: ISO 13239's CRC-16, from 0xffff, polynomial 0x8408
/// (reflected). It finds a wrong key or a misread letter; it authenticates nothing.
final class Crc16 {
  /// What is left over a block that ends with the complement of its own sum.
  static final int RESIDUE = 0xf0b8;

  private Crc16() {}

  static int of(byte[] bytes) {
    int crc = 0xffff;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x8408;
      }
    }
    return crc;
  }
}
