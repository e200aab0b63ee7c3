package io.parano.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells from the places that entries claim which are missing, out of order or too many.
///
/// It expects 0, 1, 2…. A claim beyond the expected one opens a gap; a claim before it either
/// closes part of a gap (it stands late) or repeats. An entry that no kept hash vouches for is held
/// back until the next good one shows whether it stands where another should (altered) or between
/// two (inserted). Memory is bounded: past the limits, the oldest is judged as it looks.
final class Sequence {
  private static final int MOST_GAPS = 4_096;
  private static final int MOST_SUSPECTS = 4_096;

  private final Findings findings;
  private final TreeMap<Long, Long> gaps = new TreeMap<>();
  private final List<Long> suspects = new ArrayList<>();
  private long expected;

  Sequence(Findings findings, long expected) {
    this.findings = findings;
    this.expected = expected;
  }

  /// How many entries the claims seen so far make a log of.
  long length() {
    return expected;
  }

  /// An entry found at `at` that is what it claims to be, entry `claimed`.
  void good(long claimed, long at) {
    if (claimed < expected) {
      late(claimed, at);
      return;
    }
    settle(claimed);
    expected = claimed + 1;
  }

  /// An entry found at `at` that differs from every hash it could have.
  void suspect(long at) {
    suspects.add(at);
    if (suspects.size() == MOST_SUSPECTS) {
      settleInPlace();
    }
  }

  /// A checkpoint shows that the entries so far are right: what looked wrong were their hashes.
  void absolve() {
    for (long at : suspects) {
      findings.add(new Finding.HashAltered(at));
      expected = Math.max(expected, at + 1);
    }
    suspects.clear();
  }

  /// No more entries come.
  void end() {
    settleInPlace();
    gaps.forEach((first, last) -> findings.add(new Finding.Removed(first, last)));
    gaps.clear();
  }

  private void late(long claimed, long at) {
    Map.Entry<Long, Long> gap = gaps.floorEntry(claimed);
    if (gap == null || gap.getValue() < claimed) {
      findings.add(new Finding.Duplicated(claimed, at));
      return;
    }
    gaps.remove(gap.getKey());
    open(gap.getKey(), claimed - 1);
    open(claimed + 1, gap.getValue());
    findings.add(new Finding.Reordered(claimed, at));
  }

  // The suspects stand before entry `next`: as many as fit took the places of missing ones.
  private void settle(long next) {
    long from = expected;
    for (int i = 0; i < suspects.size(); i++) {
      long at = suspects.get(i);
      if (from == next) {
        findings.add(new Finding.Inserted(at));
      } else {
        long stillToPlace = Math.min(suspects.size() - i, next - from);
        long place = Math.clamp(at, from, next - stillToPlace);
        open(from, place - 1);
        findings.add(new Finding.Altered(place));
        from = place + 1;
      }
    }
    suspects.clear();
    open(from, next - 1);
  }

  // Nothing good follows to tell: each suspect counts as the entry of the place where it is.
  private void settleInPlace() {
    for (long at : suspects) {
      if (at < expected) {
        findings.add(new Finding.Inserted(at));
      } else {
        open(expected, at - 1);
        findings.add(new Finding.Altered(at));
        expected = at + 1;
      }
    }
    suspects.clear();
  }

  private void open(long first, long last) {
    if (first > last) {
      return;
    }
    gaps.put(first, last);
    if (gaps.size() > MOST_GAPS) {
      Map.Entry<Long, Long> oldest = gaps.pollFirstEntry();
      findings.add(new Finding.Removed(oldest.getKey(), oldest.getValue()));
    }
  }
}
