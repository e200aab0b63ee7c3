package io.parano.demo;

import io.parano.demo.ParanoUnderTest.Verified;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What can be tried afterwards by whoever owns the host: making the log forget. The newest
/// checkpoint lies elsewhere, as a second machine would have kept it.
final class LogAttacks {
  private static final String TIME = "\"at\":1";

  private final ParanoUnderTest parano;
  private final Path folder;

  /// @param folder for exports; it need not exist
  LogAttacks(ParanoUnderTest parano, Path folder) throws IOException {
    this.parano = parano;
    this.folder = folder;
    // An honest export of an earlier moment is the most plausible truncated log there is.
    parano.exportLog(folder.resolve("earlier"));
  }

  List<Step> steps() {
    return List.of(truncated(), altered());
  }

  private Step truncated() {
    return step("truncated-log", "truncated", () -> verified(folder.resolve("earlier")));
  }

  private Step altered() {
    return step(
        "altered-log",
        "altered",
        () -> {
          Path copy = folder.resolve("altered");
          copy(folder.resolve("whole"), copy);
          alter(copy.resolve("tile").resolve("entries"));
          return verified(copy);
        });
  }

  private Step step(String id, String finding, Step.Attempt attack) {
    return new Step(
        id,
        "log",
        Stop.inLog(finding),
        Step.Proof.TOLD,
        Networks.HERE,
        attack,
        Networks.HERE,
        () -> verified(folder.resolve("whole")),
        Step.Order.TWIN_FIRST);
  }

  private Verdict verified(Path export) throws IOException {
    Path whole = folder.resolve("whole");
    if (!Files.exists(whole)) {
      parano.exportLog(whole);
    }
    Path kept = folder.resolve("kept-elsewhere");
    Files.write(kept, Files.readAllBytes(whole.resolve("checkpoint")));
    long start = System.nanoTime();
    return switch (parano.verifyLog(export, kept)) {
      case Verified.Damaged(var finding, var what) ->
          new Verdict.Refused(Cast.since(start), finding);
      case Verified.Whole(var entries) -> new Verdict.Granted(Cast.since(start));
    };
  }

  /// Moves one entry in the middle to another time, by one digit.
  private static void alter(Path entries) throws IOException {
    try (Stream<Path> files = Files.walk(entries)) {
      Optional<Path> bundle = files.filter(Files::isRegularFile).sorted().findFirst();
      if (bundle.isEmpty()) {
        throw new IOException("the export has no entries");
      }
      byte[] bytes = Files.readAllBytes(bundle.get());
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int at = text.indexOf(TIME, text.length() / 2);
      if (at < 0) {
        throw new IOException("the entries have no time");
      }
      // 0 becomes 1, 1 becomes 0, and so on up to 9.
      bytes[at + TIME.length()] ^= 1;
      Files.write(bundle.get(), bytes);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.write(target, Files.readAllBytes(file));
        }
      }
    }
  }
}
