package io.parano.audit;

import java.util.ArrayList;
import java.util.List;

/// The findings so far: the first thousand in full, the rest as a number, so that a log in ruins
/// does not fill the memory.
final class Findings {
  private static final int MOST = 1_000;

  private final List<Finding> listed = new ArrayList<>();
  private long more;
  private int proven;

  /// Once each: a broken file may be met twice.
  void add(Finding finding) {
    if (listed.contains(finding)) {
      return;
    }
    if (listed.size() < MOST) {
      listed.add(finding);
    } else {
      more++;
    }
  }

  /// A checkpoint agrees with the kept hashes: what was found before it stands.
  void confirm() {
    proven = listed.size();
  }

  /// A checkpoint agrees with the entries and not with the kept hashes: what looked like altered
  /// entries since the last one were altered hashes.
  void blameHashes() {
    listed
        .subList(proven, listed.size())
        .replaceAll(finding ->
            finding instanceof Finding.Altered(long index)
                ? new Finding.HashAltered(index)
                : finding);
    confirm();
  }

  Verdict verdict(Verdict.Summary summary) {
    return listed.isEmpty()
        ? new Verdict.Holds(summary)
        : new Verdict.Broken(List.copyOf(listed), more, summary);
  }
}
