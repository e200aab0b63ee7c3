package io.parano.audit;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Verifies what [ExportWriter] wrote, with the checkpoints in it and those kept elsewhere.
public final class ExportVerifier {
  /// So many missing runs of 256 entries one after the other are taken for the end: a forged size
  /// must not keep the verifier looking for ever.
  private static final int MOST_MISSING = 1_024;

  private final Findings findings = new Findings();
  private final List<Anchor> anchors = new ArrayList<>();
  private final ExportTiles tiles;
  private final LogVerifier log;
  private long places;

  private ExportVerifier(
      ExportFiles files,
      List<NoteFile> elsewhere,
      NoteKey key,
      List<CosignatureKey> witnesses,
      Progress progress) {
    for (String name : List.of(ExportWriter.CHECKPOINT, ExportWriter.CHECKPOINTS)) {
      Optional<byte[]> file = files.read(name);
      if (file.isPresent()) {
        NoteFile notes = new NoteFile(name, Bytes.of(file.get()));
        anchors.addAll(notes.open(Anchor.Kept.BESIDE_THE_LOG, key, witnesses, findings));
      } else {
        findings.add(new Finding.FileMissing(name));
      }
    }
    elsewhere.forEach(
        file -> anchors.addAll(file.open(Anchor.Kept.ELSEWHERE, key, witnesses, findings)));
    tiles = new ExportTiles(files, findings);
    log =
        new LogVerifier(
            Frontier.empty(), tiles, new Anchors(anchors, witnesses, 0), progress, findings);
  }

  /// Reads the whole export.
  ///
  /// @param elsewhere checkpoints that were kept where whoever holds the log's host cannot reach
  /// @param key the log's key; its name is the log's origin
  public static Verdict verify(
      ExportFiles files, List<NoteFile> elsewhere, NoteKey key, Progress progress) {
    return verify(files, elsewhere, key, List.of(), progress);
  }

  /// Reads the whole export, in which each of `witnesses` must have cosigned at least one
  /// checkpoint that holds.
  ///
  /// @param elsewhere checkpoints that were kept where whoever holds the log's host cannot reach
  /// @param key the log's key; its name is the log's origin
  /// @param witnesses whose cosignatures are believed, and wanted
  public static Verdict verify(
      ExportFiles files,
      List<NoteFile> elsewhere,
      NoteKey key,
      List<CosignatureKey> witnesses,
      Progress progress) {
    return new ExportVerifier(files, elsewhere, key, witnesses, progress).verdict();
  }

  private Verdict verdict() {
    long signed = anchors.stream().mapToLong(Anchor::size).max().orElse(0);
    int missing = 0;
    for (long run = 0; missing < MOST_MISSING; run++) {
      Optional<ExportTiles.Run> found = tiles.run(run);
      if (found.isPresent()) {
        missing = 0;
        read(run, found.get());
      } else if (run * Tiles.WIDTH >= signed) {
        break;
      } else {
        missing++;
      }
    }
    // An export ends at its checkpoint, so that whatever comes after was put there.
    if (places > signed) {
      findings.add(new Finding.Unproven(signed, places - 1));
    }
    return log.finish();
  }

  private void read(long run, ExportTiles.Run found) {
    List<Digest> hashes = tiles.row(0, run);
    if (hashes.isEmpty()) {
      String tile = new TilePath.Hashes(0, run, Tiles.WIDTH).path();
      findings.add(new Finding.FileMissing(tile));
    }
    for (int i = 0; i < found.entries().size(); i++) {
      byte[] leaf = found.entries().get(i);
      Digest hash = i < hashes.size() ? hashes.get(i) : null;
      // More than a run holds can only have been put there: they share its last place.
      long at = run * Tiles.WIDTH + Math.min(i, Tiles.WIDTH - 1);
      places = at + 1;
      log.accept(new StoredEntry(at, Bytes.of(leaf), hash, personal(leaf, at, found)));
    }
  }

  // A line names the place at which the writer met the entry. Where entries were taken out before
  // it did, that is not the place the entry claims, and both are tried: the loss itself is told
  // elsewhere, and must not make the personal data of all that follows look altered.
  private static StoredEntry.@Nullable PersonalData personal(
      byte[] bytes, long at, ExportTiles.Run found) {
    if (found.personal().isEmpty()) {
      return null;
    }
    Leaf leaf;
    try {
      leaf = Leaf.parse(bytes);
    } catch (IllegalArgumentException e) {
      return null;
    }
    StoredEntry.PersonalData claimed = found.personal().get(leaf.index());
    StoredEntry.PersonalData here = found.personal().get(at);
    if (claimed == null || isOf(leaf, claimed)) {
      return isOf(leaf, here) ? here : claimed;
    }
    return here == null || isOf(leaf, here) ? here : claimed;
  }

  private static boolean isOf(Leaf leaf, StoredEntry.@Nullable PersonalData data) {
    return data != null
        && Entry.commitment(data.salt().copy(), data.json().copy()).equals(leaf.commitment());
  }
}
