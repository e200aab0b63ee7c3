package io.parano.audit;

import java.util.ArrayDeque;
import java.util.Deque;

/// Where a tile lies (C2SP tlog-tiles): `tile/<L>/<N>[.p/<W>]` for hashes,
/// `tile/entries/<N>[.p/<W>]` for entries, and of our own, beside them, `personal/<N>[.p/<W>]`.
public sealed interface TilePath {
  /// Which run of 256 from the left, from 0.
  long index();

  /// How many it holds: 256, or fewer at the log's right edge.
  int width();

  /// The path below the log's prefix, without a slash in front.
  String path();

  /// Hashes over `256^level` entries each.
  record Hashes(int level, long index, int width) implements TilePath {
    public Hashes {
      if (level < 0 || level > 63) {
        throw new IllegalArgumentException("a tile has level 0 to 63, not " + level);
      }
      Place.check(index, width);
    }

    @Override
    public String path() {
      return "tile/" + level + "/" + Place.text(index, width);
    }
  }

  /// The entries themselves.
  record Entries(long index, int width) implements TilePath {
    public Entries {
      Place.check(index, width);
    }

    @Override
    public String path() {
      return "tile/entries/" + Place.text(index, width);
    }
  }

  /// The personal data of these entries and its salts, for those who may have it.
  record Personal(long index, int width) implements TilePath {
    public Personal {
      Place.check(index, width);
    }

    @Override
    public String path() {
      return "personal/" + Place.text(index, width);
    }
  }

  /// Reads what [#path] writes. Throws [IllegalArgumentException] on anything else, another
  /// spelling of the same place included.
  static TilePath parse(String path) {
    String[] parts = path.split("/", 3);
    TilePath parsed;
    if (path.startsWith("personal/")) {
      parsed = Place.parse(path.substring("personal/".length()), Personal::new);
    } else if (parts.length == 3 && parts[0].equals("tile") && parts[1].equals("entries")) {
      parsed = Place.parse(parts[2], Entries::new);
    } else if (parts.length == 3 && parts[0].equals("tile")) {
      int level = (int) Math.min(64, Decimal.read(parts[1]));
      parsed = Place.parse(parts[2], (index, width) -> new Hashes(level, index, width));
    } else {
      throw new IllegalArgumentException("expected the path of a tile, found \"" + path + "\"");
    }
    if (!parsed.path().equals(path)) {
      throw new IllegalArgumentException("a tile's path is written " + parsed.path());
    }
    return parsed;
  }

  /// The last part of a path: 1234067 is `x001/x234/067`, 5 entries of it `x001/x234/067.p/5`.
  final class Place {
    private Place() {}

    @FunctionalInterface
    interface At {
      TilePath at(long index, int width);
    }

    static void check(long index, int width) {
      if (index < 0 || width < 1 || width > Tiles.WIDTH) {
        throw new IllegalArgumentException("no tile has index " + index + " and width " + width);
      }
    }

    static String text(long index, int width) {
      Deque<String> groups = new ArrayDeque<>();
      long rest = index;
      do {
        String group = Long.toString(1000 + rest % 1000).substring(1);
        groups.addFirst(groups.isEmpty() ? group : "x" + group);
        rest /= 1000;
      } while (rest > 0);
      return String.join("/", groups) + (width == Tiles.WIDTH ? "" : ".p/" + width);
    }

    static TilePath parse(String text, At make) {
      int partial = text.indexOf(".p/");
      int width =
          partial < 0
              ? Tiles.WIDTH
              : (int) Math.min(999, Decimal.read(text.substring(partial + 3)));
      String digits =
          (partial < 0 ? text : text.substring(0, partial)).replace("/x", "").replace("/", "");
      digits = digits.startsWith("x") ? digits.substring(1) : digits;
      int zeros = 0;
      while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
        zeros++;
      }
      return make.at(Decimal.read(digits.substring(zeros)), width);
    }
  }
}
