package io.parano.audit;

import io.parano.kernel.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The checkpoints a log is compared with, smallest first, and what came of each.
final class Anchors {
  private final List<Anchor> anchors;
  private final List<CosignatureKey> witnesses;
  private final List<Anchor> held = new ArrayList<>();
  private final List<Anchor> failed = new ArrayList<>();
  private int next;

  /// Checkpoints of fewer than `start` entries are left out: what they cover is not read.
  ///
  /// @param witnesses each of which must have cosigned one that holds
  Anchors(List<Anchor> anchors, List<CosignatureKey> witnesses, long start) {
    this.witnesses = List.copyOf(witnesses);
    this.anchors =
        anchors.stream()
            .filter(anchor -> anchor.size() >= start)
            .sorted(Comparator.comparingLong(Anchor::size))
            .toList();
  }

  boolean awaits(long size) {
    return next < anchors.size() && anchors.get(next).size() == size;
  }

  long largest() {
    return anchors.isEmpty() ? 0 : anchors.getLast().size();
  }

  /// Compares every checkpoint of this size with `kept`, the root over the kept hashes, and with
  /// `found`, the root over the entries themselves.
  Agreement compare(long size, Digest kept, @Nullable Digest found) {
    Agreement agreement = Agreement.NEITHER;
    for (; awaits(size); next++) {
      Anchor anchor = anchors.get(next);
      Digest root = anchor.signed().checkpoint().root();
      if (root.equals(kept)) {
        held.add(anchor);
        agreement = Agreement.WITH_HASHES;
      } else if (root.equals(found)) {
        held.add(anchor);
        agreement = agreement == Agreement.NEITHER ? Agreement.WITH_ENTRIES : agreement;
      } else {
        failed.add(anchor);
      }
    }
    return agreement;
  }

  /// What the checkpoints that do not hold, or that the log never reached, come to.
  void conclude(long entries, Findings findings) {
    Stream.of(Anchor.Kept.ELSEWHERE, Anchor.Kept.BESIDE_THE_LOG)
        .flatMap(kept -> failed.stream().filter(anchor -> anchor.kept() == kept).limit(1))
        .map(this::rewritten)
        .forEach(findings::add);
    Set<CosignatureKey> heard =
        cosigned().stream().map(Verdict.Cosigned::witness).collect(Collectors.toSet());
    witnesses.stream()
        .filter(witness -> !heard.contains(witness))
        .map(witness -> new Finding.NotCosigned(witness.name()))
        .forEach(findings::add);
    if (largest() > entries) {
      Anchor last = anchors.getLast();
      findings.add(new Finding.Truncated(entries, last.size(), last.name()));
    }
  }

  int count() {
    return held.size();
  }

  long witnessed() {
    return held.stream()
        .filter(anchor -> anchor.kept() == Anchor.Kept.ELSEWHERE)
        .mapToLong(Anchor::size)
        .max()
        .orElse(0);
  }

  long signed() {
    return held.stream().mapToLong(Anchor::size).max().orElse(0);
  }

  /// How far each witness has cosigned what holds, in the order in which they were given.
  List<Verdict.Cosigned> cosigned() {
    List<Verdict.Cosigned> furthest = new ArrayList<>();
    for (CosignatureKey witness : witnesses) {
      held.stream()
          .flatMap(anchor ->
              anchor.cosignatures().stream()
                  .filter(by -> by.witness().equals(witness))
                  .map(by -> new Verdict.Cosigned(witness, anchor.size(), by.at())))
          .max(Comparator.comparingLong(Verdict.Cosigned::size))
          .ifPresent(furthest::add);
    }
    return furthest;
  }

  // What lies beside the log may have been signed anew with it, and narrows no witness's interval.
  private Finding rewritten(Anchor first) {
    long from =
        held.stream()
            .filter(anchor -> anchor.size() < first.size())
            .filter(anchor -> anchor.kept().compareTo(first.kept()) >= 0)
            .mapToLong(Anchor::size)
            .max()
            .orElse(0);
    boolean resigned = held.stream().anyMatch(anchor -> anchor.size() >= first.size());
    return new Finding.Rewritten(from, first.size(), first.name(), resigned);
  }

  /// With what a checkpoint agrees.
  enum Agreement {
    NEITHER,
    WITH_ENTRIES,
    WITH_HASHES
  }
}
