package io.parano.sshcert;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How reading a revocation list ended. From the most refusing to the most allowing.
public sealed interface RevocationReading {
  /// More than a million serials.
  int LONGEST = 16 * 1024 * 1024;

  record Malformed(Flaw flaw) implements RevocationReading {}

  record Read(RevocationList list) implements RevocationReading {}

  /// Takes what `ssh-keygen -k` writes about certificates. A section of any other kind is refused:
  /// who skips one revokes less than its author meant.
  static RevocationReading of(byte[] bytes) {
    if (bytes.length > LONGEST) {
      return new Malformed(Flaw.TOO_LONG);
    }
    try {
      return new Read(Parts.list(new WireReader(bytes)));
    } catch (WireReader.Flawed e) {
      return new Malformed(e.flaw());
    }
  }

  /// The parts of the format.
  final class Parts {
    /// A list that long is hostile: one bitmap of ours never is.
    private static final int LONGEST_BITMAP = 8192;

    /// The end of the year 9999.
    private static final long LAST_SECOND = 253_402_300_799L;

    private Parts() {}

    private static RevocationList list(WireReader in) {
      if (in.uint64() != RevocationList.MAGIC) {
        throw new WireReader.Flawed(Flaw.LIST_MAGIC);
      }
      if (in.uint32() != RevocationList.FORMAT) {
        throw new WireReader.Flawed(Flaw.LIST_FORMAT);
      }
      long version = in.uint64();
      long generated = in.uint64();
      if (generated < 0 || generated > LAST_SECOND) {
        throw new WireReader.Flawed(Flaw.NUMBER_MALFORMED);
      }
      if (in.uint64() != 0) {
        throw new WireReader.Flawed(Flaw.LIST_FORMAT);
      }
      reserved(in);
      String comment = in.text();
      List<RevocationList.Section> sections = new ArrayList<>();
      while (in.hasMore()) {
        if (in.uint8() != RevocationList.CERTIFICATES) {
          throw new WireReader.Flawed(Flaw.LIST_SECTION_UNKNOWN);
        }
        sections.add(section(in.nested()));
      }
      return new RevocationList(version, Instant.ofEpochSecond(generated), comment, sections);
    }

    private static RevocationList.Section section(WireReader in) {
      byte[] blob = in.string();
      SshKey authority = blob.length == 0 ? null : SshKey.read(blob);
      reserved(in);
      List<RevocationList.Range> serials = new ArrayList<>();
      List<String> keyIds = new ArrayList<>();
      while (in.hasMore()) {
        int type = in.uint8();
        WireReader part = in.nested();
        if (!part.hasMore()) {
          throw new WireReader.Flawed(Flaw.LIST_SECTION_EMPTY);
        }
        switch (type) {
          case RevocationList.SERIAL_LIST -> singles(part, serials);
          case RevocationList.SERIAL_RANGE -> serials.add(range(part));
          case RevocationList.SERIAL_BITMAP -> bitmap(part, serials);
          case RevocationList.KEY_IDS -> {
            while (part.hasMore()) {
              keyIds.add(part.text());
            }
          }
          default -> throw new WireReader.Flawed(Flaw.LIST_SECTION_UNKNOWN);
        }
      }
      return new RevocationList.Section(authority, serials, keyIds);
    }

    private static void singles(WireReader in, List<RevocationList.Range> serials) {
      while (in.hasMore()) {
        serials.add(RevocationList.Range.of(in.uint64()));
      }
    }

    private static RevocationList.Range range(WireReader in) {
      long first = in.uint64();
      long last = in.uint64();
      in.end();
      if (Long.compareUnsigned(first, last) > 0) {
        throw new WireReader.Flawed(Flaw.LIST_RANGE_BACKWARDS);
      }
      return new RevocationList.Range(first, last);
    }

    private static void bitmap(WireReader in, List<RevocationList.Range> serials) {
      long offset = in.uint64();
      BigInteger bits = in.mpint();
      in.end();
      if (bits.bitLength() > LONGEST_BITMAP * 8) {
        throw new WireReader.Flawed(Flaw.TOO_LONG);
      }
      for (int bit = 0; bit < bits.bitLength(); bit++) {
        if (bits.testBit(bit)) {
          serials.add(RevocationList.Range.of(offset + bit));
        }
      }
    }

    private static void reserved(WireReader in) {
      if (in.string().length > 0) {
        throw new WireReader.Flawed(Flaw.RESERVED_USED);
      }
    }
  }
}
