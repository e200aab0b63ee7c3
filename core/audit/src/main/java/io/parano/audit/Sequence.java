package io.parano.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tells from the places that entries claim which are missing, out of order or too many.
///
/// It expects 0, 1, 2…. A claim beyond the expected one is held back until the next entry shows
/// which of the two is out of place: when that goes on from there, those between are missing (a
/// gap); when it is one of those between, the first stood too early. A claim before the expected
/// one closes part of a gap (it stands late) or repeats.
///
/// An entry that no kept hash vouches for is held back too, until the next good one shows whether
/// it stands where another should (altered) or between two (inserted). Memory is bounded: past the
/// limits, the oldest is judged as it looks.
final class Sequence {
  private static final int MOST_HELD = 4_096;
  private static final Claim NONE = new Claim(-1, -1);

  private final Findings findings;
  private final TreeMap<Long, Long> gaps = new TreeMap<>();
  private final NavigableSet<Long> early = new TreeSet<>();
  private final List<Long> suspects = new ArrayList<>();
  private Claim leap = NONE;
  private long expected;

  private record Claim(long claimed, long at) {}

  Sequence(Findings findings, long expected) {
    this.findings = findings;
    this.expected = expected;
  }

  /// How many entries those seen so far make a log of.
  long length() {
    long suspected = suspects.isEmpty() ? 0 : suspects.getLast() + 1;
    return Math.max(Math.max(expected, leap.claimed + 1), suspected);
  }

  /// An entry found at `at` that is what it claims to be, entry `claimed`.
  void good(long claimed, long at) {
    if (claimed >= expected) {
      judgeLeap(claimed);
    }
    if (claimed < expected) {
      late(claimed, at);
    } else if (claimed > expected && claimed > at && early.size() < MOST_HELD) {
      leap = new Claim(claimed, at);
    } else {
      goOn(claimed);
    }
  }

  /// An entry found at `at` that differs from every hash it could have.
  void suspect(long at) {
    acceptLeap();
    suspects.add(at);
    if (suspects.size() == MOST_HELD) {
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
    acceptLeap();
    settleInPlace();
    gaps.forEach((first, last) -> findings.add(new Finding.Removed(first, last)));
    gaps.clear();
  }

  // `next` is the claim after it, not before the expected one.
  private void judgeLeap(long next) {
    if (leap.claimed > next) {
      findings.add(new Finding.Reordered(leap.claimed, leap.at));
      early.add(leap.claimed);
      leap = NONE;
    } else {
      acceptLeap();
    }
  }

  private void acceptLeap() {
    if (leap.claimed >= expected) {
      goOn(leap.claimed);
    }
    leap = NONE;
  }

  private void goOn(long claimed) {
    settle(claimed);
    expected = claimed + 1;
    while (early.remove(expected)) {
      expected++;
    }
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

  // Those that stood too early are not missing.
  private void open(long first, long last) {
    long from = first;
    for (Long seen = early.ceiling(from);
        seen != null && seen <= last;
        seen = early.ceiling(from)) {
      early.remove(seen);
      remember(from, seen - 1);
      from = seen + 1;
    }
    remember(from, last);
  }

  private void remember(long first, long last) {
    if (first > last) {
      return;
    }
    gaps.put(first, last);
    if (gaps.size() > MOST_HELD) {
      Map.Entry<Long, Long> oldest = gaps.pollFirstEntry();
      findings.add(new Finding.Removed(oldest.getKey(), oldest.getValue()));
    }
  }
}
