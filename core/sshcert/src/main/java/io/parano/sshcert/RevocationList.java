package io.parano.sshcert;

import io.parano.kernel.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key revocation list as `RevokedKeys` names it to sshd (PROTOCOL.krl): certificates by serial
/// number and by key id.
///
/// @param version grows with every change
/// @param generatedAt to the second
public record RevocationList(
    long version, Instant generatedAt, String comment, List<Section> sections) {
  static final long MAGIC = 0x5353484b524c0a00L;
  static final int FORMAT = 1;
  static final int CERTIFICATES = 1;
  static final int SERIAL_LIST = 0x20;
  static final int SERIAL_RANGE = 0x21;
  static final int SERIAL_BITMAP = 0x22;
  static final int KEY_IDS = 0x23;

  /// Every certificate of whatever authority, but those without a serial (0), which OpenSSH lets
  /// nobody list: what a host lives by that hears nothing.
  public static final List<Section> EVERYTHING =
      List.of(new Section(null, List.of(new Range(1, -1L)), List.of()));

  public RevocationList {
    sections = List.copyOf(sections);
  }

  /// What is revoked of one authority.
  ///
  /// @param authority null for all of them
  public record Section(@Nullable SshKey authority, List<Range> serials, List<String> keyIds) {
    public Section {
      serials = List.copyOf(serials);
      keyIds = List.copyOf(keyIds);
    }
  }

  /// Serial numbers from `first` to `last`, both within, as 64 bits without sign.
  public record Range(long first, long last) {
    public Range {
      if (Long.compareUnsigned(first, last) > 0) {
        throw new IllegalArgumentException("expected a first serial that is not above the last");
      }
    }

    public static Range of(long serial) {
      return new Range(serial, serial);
    }

    boolean holds(long serial) {
      return Long.compareUnsigned(first, serial) <= 0 && Long.compareUnsigned(serial, last) <= 0;
    }
  }

  /// Whether a certificate is on the list. From the most refusing to the most allowing.
  public enum Listing {
    REVOKED,
    NOT_LISTED
  }

  public Listing of(SshKey authority, long serial) {
    boolean listed =
        sections.stream()
            .filter(section -> section.authority() == null || section.authority().equals(authority))
            .flatMap(section -> section.serials().stream())
            .anyMatch(range -> range.holds(serial));
    return listed ? Listing.REVOKED : Listing.NOT_LISTED;
  }

  public Bytes write() {
    WireWriter out =
        new WireWriter()
            .uint64(MAGIC)
            .uint32(FORMAT)
            .uint64(version)
            .uint64(generatedAt.getEpochSecond())
            .uint64(0)
            .string(new byte[0])
            .text(comment);
    sections.forEach(section -> out.uint8(CERTIFICATES).string(written(section)));
    return Bytes.of(out.bytes());
  }

  private static WireWriter written(Section section) {
    WireWriter out =
        new WireWriter()
            .string(section.authority() == null ? new byte[0] : section.authority().blob().copy())
            .string(new byte[0]);
    WireWriter single = new WireWriter();
    List<Range> wide = new ArrayList<>();
    for (Range range : section.serials()) {
      if (range.first() == range.last()) {
        single.uint64(range.first());
      } else {
        wide.add(range);
      }
    }
    if (single.bytes().length > 0) {
      out.uint8(SERIAL_LIST).string(single);
    }
    wide.forEach(range ->
        out.uint8(SERIAL_RANGE)
            .string(new WireWriter().uint64(range.first()).uint64(range.last())));
    if (!section.keyIds().isEmpty()) {
      WireWriter ids = new WireWriter();
      section.keyIds().forEach(ids::text);
      out.uint8(KEY_IDS).string(ids);
    }
    return out;
  }
}
