package io.parano.policy;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of up to 64 sets of networks hold an address, as one bit per set.
///
/// The 128-bit address space is cut wherever a network begins or ends; between two cuts the answer
/// is the same for every address, so it is worked out once, and a look-up is one binary search over
/// the cuts.
final class ZoneTable {
  private final long[] high;
  private final long[] low;
  private final long[] bits;

  private ZoneTable(long[] high, long[] low, long[] bits) {
    this.high = high;
    this.low = low;
    this.bits = bits;
  }

  /// The set at index `i` of `sets` answers with bit `i`.
  static ZoneTable of(List<List<IpPrefix>> sets) {
    List<Cut> cuts = new ArrayList<>();
    for (int set = 0; set < sets.size(); set++) {
      for (IpPrefix network : sets.get(set)) {
        cuts.add(new Cut(network.first(), set, 1));
        IpAddress after = after(network);
        if (after != null) {
          cuts.add(new Cut(after, set, -1));
        }
      }
    }
    cuts.sort((a, b) -> a.at.compareTo(b.at));
    return sweep(cuts);
  }

  /// Walks the cuts in order and counts, for each set, how many of its networks are open.
  private static ZoneTable sweep(List<Cut> cuts) {
    long[] high = new long[cuts.size() + 1];
    long[] low = new long[cuts.size() + 1];
    long[] bits = new long[cuts.size() + 1];
    int[] open = new int[Long.SIZE];
    int last = 0;
    for (Cut cut : cuts) {
      if (cut.at.high() != high[last] || cut.at.low() != low[last]) {
        last++;
        high[last] = cut.at.high();
        low[last] = cut.at.low();
        bits[last] = bits[last - 1];
      }
      open[cut.set] += cut.step;
      long bit = 1L << cut.set;
      bits[last] = open[cut.set] > 0 ? bits[last] | bit : bits[last] & ~bit;
    }
    int size = last + 1;
    return new ZoneTable(
        Arrays.copyOf(high, size), Arrays.copyOf(low, size), Arrays.copyOf(bits, size));
  }

  /// The bits of the sets that hold `address`.
  long at(IpAddress address) {
    int from = 0;
    int to = high.length - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      int order = Long.compareUnsigned(high[middle], address.high());
      if (order < 0 || (order == 0 && Long.compareUnsigned(low[middle], address.low()) <= 0)) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return bits[from];
  }

  /// An address at which exactly, or among others, all of `wanted` answer; null when there is none.
  @Nullable IpAddress somewhere(long wanted, Match match) {
    for (int i = 0; i < bits.length; i++) {
      boolean found =
          switch (match) {
            case EXACTLY -> bits[i] == wanted;
            case AMONG_OTHERS -> (bits[i] & wanted) == wanted;
          };
      if (found) {
        return new IpAddress(high[i], low[i]);
      }
    }
    return null;
  }

  enum Match {
    EXACTLY,
    AMONG_OTHERS
  }

  /// @param step 1 where a network of the set begins, -1 where one has ended
  private record Cut(IpAddress at, int set, int step) {}

  /// The first address beyond `network`; null when it reaches the end of the address space.
  private static @Nullable IpAddress after(IpPrefix network) {
    long high = network.first().high();
    long low = network.first().low();
    if (network.bits() > 64) {
      low += 1L << (128 - network.bits());
      high += low == 0 ? 1 : 0;
      return high == 0 && low == 0 ? null : new IpAddress(high, low);
    }
    high += network.bits() == 0 ? 0 : 1L << (64 - network.bits());
    return high == 0 ? null : new IpAddress(high, 0);
  }
}
