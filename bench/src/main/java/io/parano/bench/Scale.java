package io.parano.bench;

/// How much a bench does. The figures that count are taken at [#FULL]; at [#TINY] one sees that it
/// runs, and the figures mean nothing.
///
/// @param seconds of one measured turn
/// @param warmUp seconds before the first that counts, where a rate can't tell when it is steady
/// @param rounds how often ours and the peer take turns
/// @param sessions live ones, portal and host sessions together
/// @param rules of which the last one matches
/// @param entries in the log with which a start is measured
/// @param steady whether a rate must have come to rest before it counts
record Scale(
    int seconds, int warmUp, int rounds, int sessions, int rules, int entries, boolean steady) {
  static final Scale FULL = new Scale(5, 10, 5, 100_000, 1_000, 1_000_000, true);
  static final Scale TINY = new Scale(1, 1, 1, 200, 20, 2_000, false);

  Scale inRounds(int rounds) {
    return new Scale(seconds, warmUp, rounds, sessions, rules, entries, steady);
  }
}
