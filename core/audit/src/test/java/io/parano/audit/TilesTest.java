package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// C2SP tlog-tiles.
class TilesTest {
  @ParameterizedTest
  @CsvSource({
    "0,256,tile/3/000",
    "5,256,tile/3/005",
    "999,256,tile/3/999",
    "1000,256,tile/3/x001/000",
    "1234067,256,tile/3/x001/x234/067",
    "1234067,5,tile/3/x001/x234/067.p/5",
    "0,255,tile/3/000.p/255",
    "9223372036854775807,1,tile/3/x009/x223/x372/x036/x854/x775/807.p/1"
  })
  void path_indexAndWidth_isGroupedByThousands(long index, int width, String path) {
    TilePath tile = new TilePath.Hashes(3, index, width);
    assertThat(tile.path()).isEqualTo(path);
    assertThat(TilePath.parse(path)).isEqualTo(tile);
  }

  @Test
  void parse_entriesAndPersonal_giveTheirKind() {
    assertThat(TilePath.parse("tile/entries/x001/234.p/8"))
        .isEqualTo(new TilePath.Entries(1234, 8));
    assertThat(TilePath.parse("personal/x001/234")).isEqualTo(new TilePath.Personal(1234, 256));
    assertThat(TilePath.parse("tile/63/000")).isEqualTo(new TilePath.Hashes(63, 0, 256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/0",
        "tile/0/1000",
        "tile/0/x000/001",
        "tile/0/x001/x000",
        "tile/0/001/000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/05",
        "tile/0/000.p/",
        "tile/0/000.p/5/",
        "tile/0/../0/000",
        "tile/0/00 0",
        "tile/entries/x001/../000",
        "personal/",
        "checkpoint"
      })
  void parse_anotherSpelling_isRefused(String path) {
    assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(IllegalArgumentException.class);
  }

  /// The example in tlog-tiles: 70,000 entries.
  @Test
  void grown_publishedExample_listsItsTiles() {
    List<TilePath> tiles = Tiles.grown(0, 70_000);
    assertThat(tiles.stream().filter(t -> t instanceof TilePath.Hashes h && h.level() == 0))
        .hasSize(274)
        .endsWith(new TilePath.Hashes(0, 273, 112));
    assertThat(tiles)
        .contains(
            new TilePath.Hashes(1, 0, 256),
            new TilePath.Hashes(1, 1, 17),
            new TilePath.Hashes(2, 0, 1),
            new TilePath.Entries(273, 112))
        .noneMatch(t -> t instanceof TilePath.Hashes h && h.level() > 2);
  }

  @Test
  void grown_exactlyOneTile_hasAPartialOneAbove() {
    assertThat(Tiles.grown(0, 256))
        .containsExactly(
            new TilePath.Entries(0, 256),
            new TilePath.Hashes(0, 0, 256),
            new TilePath.Hashes(1, 0, 1));
    assertThat(Tiles.grown(256, 256)).isEmpty();
    assertThat(Tiles.grown(0, 0)).isEmpty();
    assertThat(Tiles.grown(250, 257))
        .containsExactly(
            new TilePath.Entries(0, 256),
            new TilePath.Entries(1, 1),
            new TilePath.Hashes(0, 0, 256),
            new TilePath.Hashes(0, 1, 1),
            new TilePath.Hashes(1, 0, 1));
  }

  @Test
  void hashes_readFromTiles_areThoseOfTheTree() {
    int size = 3 * 256 + 77;
    MemoryTree tree = tree(size);
    HashReader tiled = Tiles.hashes(stored(tree, size), size);
    for (int level = 0; level < 10; level++) {
      for (long index = 0; index < size >>> level; index++) {
        assertThat(tiled.hash(level, index)).isEqualTo(tree.hash(level, index));
      }
    }
    assertThat(Proofs.root(size, tiled)).isEqualTo(tree.frontier().root());
    assertThatThrownBy(() -> tiled.hash(0, size)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hashes_partialTileGone_areReadFromTheFullOne() {
    MemoryTree tree = tree(512);
    TileReader later = stored(tree, 512);
    TilePath.Hashes above = new TilePath.Hashes(1, 0, 1);
    HashReader tiled =
        Tiles.hashes(
            tile ->
                tile.equals(above) ? Optional.of(Tiles.hashTile(above, tree)) : later.read(tile),
            300);
    assertThat(Proofs.inclusion(299, 300, tiled)).isEqualTo(Proofs.inclusion(299, 300, tree));
  }

  @Test
  void hashes_tileMissing_saysWhich() {
    HashReader nothing = Tiles.hashes(tile -> Optional.empty(), 300);
    assertThatThrownBy(() -> nothing.hash(0, 299))
        .isInstanceOf(Tiles.TileMissing.class)
        .hasMessageContaining("tile/0/001.p/44");
  }

  @Test
  void entries_encoded_decodeToTheSame() {
    List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[65_535]);
    byte[] bundle = Tiles.encodeEntries(entries);
    assertThat(bundle).hasSize(6 + 1 + 65_535).startsWith(0, 0, 0, 1, 1, 255, 255);
    List<byte[]> decoded = Tiles.decodeEntries(bundle);
    assertThat(decoded).hasSize(3);
    assertThat(decoded.get(2)).isEqualTo(entries.get(2));
    assertThatThrownBy(() -> Tiles.encodeEntries(List.of(new byte[65_536])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void entries_cutAnywhereWithin_areRefused() {
    byte[] bundle = Tiles.encodeEntries(List.of(new byte[] {1, 2, 3}));
    for (int length = 1; length < bundle.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bundle, length);
      assertThatThrownBy(() -> Tiles.decodeEntries(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void hashTile_ofBytesThatAreNoHashes_isRefused() {
    assertThatThrownBy(() -> Tiles.decodeHashes(new byte[33]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TileReader stored(MemoryTree tree, int size) {
    Map<TilePath, byte[]> tiles = new HashMap<>();
    for (TilePath path : Tiles.grown(0, size)) {
      if (path instanceof TilePath.Hashes hashes) {
        tiles.put(path, Tiles.hashTile(hashes, tree));
      }
    }
    return tile -> Optional.ofNullable(tiles.get(tile));
  }

  private static MemoryTree tree(int size) {
    MemoryTree tree = new MemoryTree();
    List<Digest> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(
          Merkle.leaf(Integer.toString(i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    leaves.forEach(tree::append);
    return tree;
  }
}
