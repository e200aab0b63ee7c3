package io.parano.app;

import io.parano.audit.Checkpoint;
import io.parano.audit.ExportWriter;
import io.parano.audit.StoredEntry;
import io.parano.kernel.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings the log of a server into a folder that the verifier accepts.
///
/// The entries come in parts and the tree is made anew here from what came, so that the copy is
/// right by itself: only when its root is the one in the server's signed checkpoint does the folder
/// get its name. Until then it is called otherwise, and whoever stops it starts again from nothing.
final class LogCopy {
  private final Remote remote;
  private final Path folder;
  private final boolean personal;

  /// @param folder must not be there yet
  LogCopy(Remote remote, Path folder, boolean personal) {
    this.remote = remote;
    this.folder = folder.toAbsolutePath();
    this.personal = personal;
  }

  /// Told how many entries of how many are there.
  interface Progress {
    void at(long entries, long of);
  }

  /// Returns how many entries the copy has.
  long make(Progress progress) throws IOException {
    if (Files.exists(folder)) {
      throw new IOException(Texts.say("export.there", folder.toString()));
    }
    Path unfinished = unfinished();
    clear(unfinished);
    Files.createDirectories(unfinished);
    try {
      long entries = fill(unfinished, progress);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      return entries;
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      clear(unfinished);
    }
  }

  private Path unfinished() throws IOException {
    Path name = folder.getFileName();
    if (name == null) {
      throw new IOException(Texts.say("export.there", folder.toString()));
    }
    return folder.resolveSibling(name + ".unfinished");
  }

  private long fill(Path unfinished, Progress progress) throws IOException {
    Json last = remote.post("/api/log/checkpoint", Json.object());
    long size = last.number("entries");
    ExportWriter writer = new ExportWriter(new ExportFolder(unfinished));
    fetch(size, writer, at -> progress.at(at, size));
    Checkpoint signed = checkpoint(last.text("checkpoint"));
    if (signed.size() != size || !signed.root().equals(writer.root())) {
      throw new IOException(Texts.say("export.differs", Long.toString(size)));
    }
    writer.finish(last.text("checkpoint"), last.texts("earlier"));
    return size;
  }

  private void fetch(long size, ExportWriter writer, LongConsumer progress) throws IOException {
    long at = 0;
    while (at < size) {
      List<Json> entries =
          remote
              .post(
                  "/api/log/entries",
                  Json.object(
                      "from",
                      Long.toString(at),
                      "until",
                      Long.toString(size),
                      "personal",
                      personal ? "yes" : "no"))
              .list("entries");
      if (entries.isEmpty()) {
        throw new IOException(Texts.say("export.differs", Long.toString(size)));
      }
      for (Json entry : entries) {
        writer.entry(bytes(entry, "leaf").copy(), data(entry));
      }
      at += entries.size();
      progress.accept(at);
    }
  }

  private static StoredEntry.@Nullable PersonalData data(Json entry) throws IOException {
    return entry.find("salt").isEmpty()
        ? null
        : new StoredEntry.PersonalData(bytes(entry, "salt"), bytes(entry, "personal"));
  }

  private static Bytes bytes(Json entry, String member) throws IOException {
    try {
      return Bytes.fromBase64Url(entry.text(member));
    } catch (IllegalArgumentException e) {
      throw new IOException(Texts.say("json.lacks", member, "base64url"), e);
    }
  }

  /// What the note says; who signed it is the verifier's question, with a key from elsewhere.
  private static Checkpoint checkpoint(String note) throws IOException {
    int gap = note.lastIndexOf("\n\n");
    try {
      return Checkpoint.parse(note.substring(0, gap + 1));
    } catch (IllegalArgumentException e) {
      throw new IOException(Texts.say("json.lacks", "checkpoint", "C2SP"), e);
    }
  }

  private static boolean ours(Path file) {
    String first = file.getName(0).toString();
    return file.getNameCount() == 1
        ? first.equals(ExportWriter.CHECKPOINT) || first.equals(ExportWriter.CHECKPOINTS)
        : first.equals("tile") || first.equals("personal");
  }

  /// Takes away what a stopped export left, and nothing else.
  private static void clear(Path unfinished) throws IOException {
    if (!Files.isDirectory(unfinished)) {
      return;
    }
    try (Stream<Path> found = Files.walk(unfinished)) {
      List<Path> files = found.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        if (Files.isRegularFile(file) && !ours(unfinished.relativize(file))) {
          throw new IOException(
              Texts.say("export.foreign", unfinished.toString(), file.getFileName().toString()));
        }
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
