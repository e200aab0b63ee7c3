package io.parano.document;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Guesses what was meant: the valid word at the smallest edit distance (insertions, deletions,
/// substitutions and swaps of neighbours, each counting one), when that is at most a third of it.
public final class Nearest {
  private static final int LONGEST = 128;

  private Nearest() {}

  public static @Nullable String to(String written, Collection<String> valid) {
    String best = null;
    int least = Integer.MAX_VALUE;
    if (written.length() <= LONGEST) {
      for (String word : valid) {
        int distance = distance(written, word);
        if (distance <= Math.max(1, word.length() / 3) && distance < least) {
          least = distance;
          best = word;
        }
      }
    }
    return best;
  }

  /// The optimal string alignment distance.
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
