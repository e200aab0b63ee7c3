package io.parano.app;

import io.parano.access.Certifying;
import io.parano.sshcert.RevocationList;
import io.parano.sshcert.RevocationReading;
import io.parano.sshcert.SshKey;
import io.parano.sshcert.SshSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps a host's revocation list: takes only a list that the users' authority signed and that is
/// newer than any before, puts it in place in one step, and ends connections that came with a
/// certificate on it. While nothing is heard, everything is revoked.
///
/// Beside it stands `parano-ssh-principals`, which refuses when the list has grown old: that holds
/// when this program does not run at all.
public final class SshHostAgent {
  /// With a round a second, a host refuses before the fifth.
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String END = "-----END SSH SIGNATURE-----\n";

  private final Source source;
  private final List<SshKey> authorities;
  private final Path folder;
  private final InstantSource clock;
  private final @Nullable Duration end;
  private final Instant began;
  private Instant heard = Instant.EPOCH;

  /// @param authority whose signature counts
  /// @param folder where the list is, and in `sessions` what the principals' command noted; root's
  public SshHostAgent(Source source, SshKey authority, Path folder, InstantSource clock)
      throws IOException {
    this(source, List.of(authority), folder, clock, null);
  }

  /// @param authorities whose signatures count: while the authority's key is renewed, two
  /// @param end how long nothing may be heard until open connections are ended as well; null for
  ///   ever
  SshHostAgent(
      Source source,
      List<SshKey> authorities,
      Path folder,
      InstantSource clock,
      @Nullable Duration end)
      throws IOException {
    this.end = end;
    this.began = clock.instant();
    this.source = source;
    this.authorities = List.copyOf(authorities);
    this.folder = folder;
    this.clock = clock;
    Files.createDirectories(folder.resolve("sessions"));
  }

  /// Where the list comes from.
  @FunctionalInterface
  public interface Source {
    String fetch() throws IOException;
  }

  /// From the most refusing to the most allowing.
  public sealed interface Round {
    /// What came does not count.
    record Refused(String why) implements Round {}

    record Unheard(String why) implements Round {}

    /// Nothing was heard for so long that connections were ended.
    ///
    /// @param ended how many
    record Ended(int ended) implements Round {}

    /// @param ended how many connections
    record Applied(long version, int ended) implements Round {}
  }

  /// Asks once. Throws [IOException] when the folder can't be written: then nothing makes the list
  /// younger, and the host refuses by its age.
  public Round round() throws IOException {
    Instant begun = clock.instant();
    String published;
    try {
      published = source.fetch();
    } catch (IOException e) {
      return silent(new Round.Unheard(String.valueOf(e.getMessage())));
    }
    Optional<byte[]> bytes = signed(published);
    if (bytes.isEmpty()) {
      return silent(new Round.Refused("its signature does not hold"));
    }
    return switch (RevocationReading.of(bytes.get())) {
      case RevocationReading.Malformed(var flaw) -> silent(new Round.Refused(flaw.code()));
      case RevocationReading.Read(var list) -> {
        long last = lastVersion();
        yield Long.compareUnsigned(list.version(), last) <= 0
            ? silent(
                new Round.Refused(
                    "version %d is not newer than %d".formatted(list.version(), last)))
            : applied(list, bytes.get(), begun);
      }
    };
  }

  private Round applied(RevocationList list, byte[] bytes, Instant begun) throws IOException {
    put("version", Long.toUnsignedString(list.version()).getBytes(StandardCharsets.US_ASCII));
    put("revoked", bytes);
    heard = begun;
    return new Round.Applied(list.version(), endRevoked(list));
  }

  private Round silent(Round round) throws IOException {
    if (!clock.instant().isBefore(heard.plus(PATIENCE))) {
      RevocationList everything =
          new RevocationList(0, clock.instant(), "nothing heard", RevocationList.EVERYTHING);
      put("revoked", everything.write().copy());
      int ended = forsaken() ? endRevoked(everything) : 0;
      if (ended > 0) {
        return new Round.Ended(ended);
      }
    }
    return round;
  }

  /// An agent that has just begun has not waited yet.
  private boolean forsaken() {
    Instant since = heard.isAfter(began) ? heard : began;
    return end != null && !clock.instant().isBefore(since.plus(end));
  }

  private Optional<byte[]> signed(String published) {
    int end = published.indexOf(END);
    if (end < 0) {
      return Optional.empty();
    }
    String signature = published.substring(0, end + END.length());
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(published.substring(signature.length()).strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return authorities.stream().anyMatch(authority -> isBy(authority, bytes, signature))
        ? Optional.of(bytes)
        : Optional.empty();
  }

  private static boolean isBy(SshKey authority, byte[] bytes, String signature) {
    return switch (SshSignature.check(authority, Certifying.REVOCATIONS, bytes, signature)) {
      case BROKEN, NOT_VERIFIABLE -> false;
      case HOLDS -> true;
    };
  }

  private boolean isRevoked(RevocationList list, long serial) {
    return authorities.stream()
        .anyMatch(authority ->
            switch (list.of(authority, serial)) {
              case NOT_LISTED -> false;
              case REVOKED -> true;
            });
  }

  private long lastVersion() throws IOException {
    try {
      return Long.parseUnsignedLong(Files.readString(folder.resolve("version")).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (NumberFormatException e) {
      throw new IOException(folder.resolve("version") + " holds no version", e);
    }
  }

  private void put(String name, byte[] bytes) throws IOException {
    Path fresh = Files.write(folder.resolve("." + name), bytes);
    Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private int endRevoked(RevocationList list) throws IOException {
    int ended = 0;
    try (DirectoryStream<Path> noted =
        Files.newDirectoryStream(folder.resolve("sessions"), "[0-9]*")) {
      for (Path note : noted) {
        ended += looked(note, list);
      }
    }
    return ended;
  }

  /// A note whose process is gone, or whose number another process has, goes.
  private int looked(Path note, RevocationList list) throws IOException {
    long pid;
    long serial;
    try {
      pid = Long.parseLong(note.getFileName().toString());
      serial = Long.parseUnsignedLong(Files.readString(note).strip());
    } catch (NumberFormatException e) {
      Files.deleteIfExists(note);
      return 0;
    }
    Instant written = Files.getLastModifiedTime(note).toInstant();
    Optional<ProcessHandle> process =
        ProcessHandle.of(pid)
            .filter(found ->
                found.info().startInstant().filter(written.plusSeconds(1)::isAfter).isPresent());
    if (process.isEmpty()) {
      Files.deleteIfExists(note);
      return 0;
    }
    if (!isRevoked(list, serial)) {
      return 0;
    }
    List<ProcessHandle> below = process.get().descendants().toList();
    process.get().destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    Files.deleteIfExists(note);
    return 1;
  }
}
