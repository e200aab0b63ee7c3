package io.parano.audit;

import io.parano.kernel.Digest;
import java.nio.ByteBuffer;

/// The hashes of the tree (RFC 9162 section 2.1.1, the same as RFC 6962 section 2.1). One byte in
/// front keeps entries and inner nodes apart; without it an inner node could be shown as an entry.
public final class Merkle {
  private static final byte[] LEAF = {0};
  private static final byte NODE = 1;
  private static final int NODE_LENGTH = 1 + 32 + 32;
  private static final Digest EMPTY = Digest.of();

  private Merkle() {}

  /// The hash of one entry: SHA-256(0x00 || entry).
  public static Digest leaf(byte[] entry) {
    return Digest.of(LEAF, entry);
  }

  /// The hash of two neighbours: SHA-256(0x01 || left || right).
  public static Digest node(Digest left, Digest right) {
    ByteBuffer block = ByteBuffer.allocate(NODE_LENGTH).put(NODE);
    put(block, left);
    put(block, right);
    return Digest.of(block.array());
  }

  /// The root of a tree without entries: SHA-256 of nothing.
  public static Digest emptyRoot() {
    return EMPTY;
  }

  private static void put(ByteBuffer block, Digest digest) {
    block.putLong(digest.a()).putLong(digest.b()).putLong(digest.c()).putLong(digest.d());
  }
}
