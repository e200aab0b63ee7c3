package io.parano.policy;

import java.util.Arrays;
import java.util.Collection;

/// A hash table of strings that is asked about a region of a longer string, so that nothing has to
/// be cut out of it. Open addressing with linear probing, at most half full.
///
/// The caller computes the hash while it walks the string ([#hash]); a walk that goes backwards
/// finds keys that were filed with [Direction#BACKWARD].
final class RegionTable {
  static final int ABSENT = -1;

  private final String[] keys;
  private final int[] numbers;
  private final int longest;

  private RegionTable(String[] keys, int[] numbers, int longest) {
    this.keys = keys;
    this.numbers = numbers;
    this.longest = longest;
  }

  /// Numbers `keys`, which must differ, in the order in which they come.
  static RegionTable of(Collection<String> keys, Direction direction) {
    int size = Math.max(2, Integer.highestOneBit(Math.max(1, keys.size())) * 4);
    String[] slots = new String[size];
    Arrays.fill(slots, "");
    int[] numbers = new int[size];
    Arrays.fill(numbers, ABSENT);
    int number = 0;
    int longest = 0;
    for (String key : keys) {
      int slot = slot(hash(key, direction), size);
      while (numbers[slot] != ABSENT) {
        slot = (slot + 1) & (size - 1);
      }
      slots[slot] = key;
      numbers[slot] = number++;
      longest = Math.max(longest, key.length());
    }
    return new RegionTable(slots, numbers, longest);
  }

  /// The number of the key that equals `text` from `from` to before `to`, or [#ABSENT].
  int find(String text, int from, int to, int hash) {
    int length = to - from;
    int slot = slot(hash, keys.length);
    while (numbers[slot] != ABSENT) {
      String key = keys[slot];
      if (key.length() == length && text.startsWith(key, from)) {
        return numbers[slot];
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    return ABSENT;
  }

  /// The length of the longest key: no longer region need be asked about.
  int longest() {
    return longest;
  }

  /// The hash of what was walked so far and one more character. It begins with 0.
  static int hash(int soFar, char next) {
    return 31 * soFar + next;
  }

  enum Direction {
    FORWARD,
    BACKWARD
  }

  private static int hash(String key, Direction direction) {
    int hash = 0;
    for (int i = 0; i < key.length(); i++) {
      int at =
          switch (direction) {
            case FORWARD -> i;
            case BACKWARD -> key.length() - 1 - i;
          };
      hash = hash(hash, key.charAt(at));
    }
    return hash;
  }

  private static int slot(int hash, int size) {
    int spread = hash * 0x9E3779B9; // 2^32 divided by the golden ratio: nearby hashes end far apart
    return (spread >>> 16) & (size - 1);
  }
}
