package io.parano.audit;

import io.parano.kernel.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The tree cut into tiles of 256 (C2SP tlog-tiles): which there are, and their bytes.
public final class Tiles {
  public static final int WIDTH = 256;
  static final int HEIGHT = 8;
  private static final int HASH_LENGTH = 32;

  private Tiles() {}

  /// The hash tiles and entry bundles of a log of `size` entries that hold anything new since it
  /// had `since`: full ones, and at each level at most one partial one at the right edge.
  public static List<TilePath> grown(long since, long size) {
    List<TilePath> tiles = new ArrayList<>();
    for (long n = since / WIDTH; n * WIDTH < size; n++) {
      tiles.add(new TilePath.Entries(n, (int) Math.min(WIDTH, size - n * WIDTH)));
    }
    for (int level = 0; HEIGHT * level < 63 && size >>> (HEIGHT * level) > 0; level++) {
      long before = since >>> (HEIGHT * level);
      long hashes = size >>> (HEIGHT * level);
      for (long n = before / WIDTH; n * WIDTH < hashes && before < hashes; n++) {
        tiles.add(new TilePath.Hashes(level, n, (int) Math.min(WIDTH, hashes - n * WIDTH)));
      }
    }
    return tiles;
  }

  /// The bytes of a hash tile, read hash by hash.
  public static byte[] hashTile(TilePath.Hashes tile, HashReader hashes) {
    List<Digest> row = new ArrayList<>(tile.width());
    for (int i = 0; i < tile.width(); i++) {
      row.add(hashes.hash(HEIGHT * tile.level(), tile.index() * WIDTH + i));
    }
    return encodeHashes(row);
  }

  public static byte[] encodeHashes(List<Digest> hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * HASH_LENGTH);
    hashes.forEach(hash -> bytes.put(hash.bytes()));
    return bytes.array();
  }

  /// Throws [IllegalArgumentException] when the bytes are no whole number of hashes.
  public static List<Digest> decodeHashes(byte[] tile) {
    if (tile.length % HASH_LENGTH != 0) {
      throw new IllegalArgumentException("a hash tile has 32 bytes per hash, not " + tile.length);
    }
    List<Digest> hashes = new ArrayList<>(tile.length / HASH_LENGTH);
    for (ByteBuffer bytes = ByteBuffer.wrap(tile); bytes.hasRemaining(); ) {
      hashes.add(new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong()));
    }
    return hashes;
  }

  /// An entry bundle: each entry after its length in 16 bits.
  public static byte[] encodeEntries(List<byte[]> leaves) {
    ByteBuffer bundle =
        ByteBuffer.allocate(leaves.stream().mapToInt(leaf -> leaf.length + 2).sum());
    for (byte[] leaf : leaves) {
      if (leaf.length > Entry.MOST_BYTES) {
        throw new IllegalArgumentException("an entry has at most 65535 bytes, not " + leaf.length);
      }
      bundle.putShort((short) leaf.length).put(leaf);
    }
    return bundle.array();
  }

  /// Throws [IllegalArgumentException] when the last length says more than there is.
  public static List<byte[]> decodeEntries(byte[] bundle) {
    List<byte[]> leaves = new ArrayList<>(WIDTH);
    decodeEntries(bundle, leaves::add);
    return leaves;
  }

  /// Gives out what can be read before it throws.
  static void decodeEntries(byte[] bundle, Consumer<byte[]> leaves) {
    for (ByteBuffer bytes = ByteBuffer.wrap(bundle); bytes.hasRemaining(); ) {
      int start = bytes.position();
      int length =
          bytes.remaining() < 2 ? Integer.MAX_VALUE : Short.toUnsignedInt(bytes.getShort());
      if (length > bytes.remaining()) {
        throw new IllegalArgumentException(
            "the bundle ends within the entry that begins at byte " + start);
      }
      byte[] leaf = new byte[length];
      bytes.get(leaf);
      leaves.accept(leaf);
    }
  }

  /// A reader of hashes over the tiles of a log of `size` entries. It takes a full tile where the
  /// partial one is gone, as tlog-tiles allows, keeps the last few, and throws [TileMissing] where
  /// there is neither.
  public static HashReader hashes(TileReader tiles, long size) {
    return new TileHashes(tiles, size);
  }

  /// A tile that the log's size requires is absent or has the wrong length.
  public static final class TileMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TileMissing(TilePath tile) {
      super(tile.path() + " is missing or has the wrong length");
    }
  }
}
