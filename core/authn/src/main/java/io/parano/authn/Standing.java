package io.parano.authn;

import io.parano.kernel.IpPrefix;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is remembered of one person: wrong guesses in a row, apart for networks from which the
/// person has signed in and for all others, and a bucket for each of those networks. Only a success
/// adds a network, so that a guesser cannot push one out.
final class Standing {
  private static final int MOST_NETWORKS = 8;

  private final Map<IpPrefix, Long> familiar = new LinkedHashMap<>();
  private int wrongFromFamiliar;
  private int wrongFromElsewhere;

  boolean knows(IpPrefix network) {
    return familiar.containsKey(network);
  }

  long tat(IpPrefix network) {
    return familiar.getOrDefault(network, Gcra.FRESH);
  }

  void keep(IpPrefix network, long tat) {
    familiar.replace(network, tat);
  }

  /// The network becomes the most recent of the familiar ones; the oldest beyond eight is
  /// forgotten.
  void succeeded(IpPrefix network) {
    wrongFromFamiliar = 0;
    wrongFromElsewhere = 0;
    familiar.remove(network);
    familiar.put(network, Gcra.FRESH);
    if (familiar.size() > MOST_NETWORKS) {
      familiar.remove(familiar.keySet().iterator().next());
    }
  }

  void reopened() {
    wrongFromFamiliar = 0;
    wrongFromElsewhere = 0;
    familiar.replaceAll((network, tat) -> Gcra.FRESH);
  }

  int wrong(boolean fromFamiliar) {
    return fromFamiliar ? wrongFromFamiliar : wrongFromElsewhere;
  }

  void count(boolean fromFamiliar, int change) {
    if (fromFamiliar) {
      wrongFromFamiliar = Math.max(0, wrongFromFamiliar + change);
    } else {
      wrongFromElsewhere = Math.max(0, wrongFromElsewhere + change);
    }
  }
}
