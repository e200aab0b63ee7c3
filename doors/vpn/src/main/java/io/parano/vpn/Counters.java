package io.parano.vpn;

import java.util.concurrent.atomic.LongAdder;

/// For the metrics.
final class Counters {
  final LongAdder renewed = new LongAdder();
  final LongAdder unheard = new LongAdder();
  final LongAdder missing = new LongAdder();

  /// As Prometheus reads it.
  String text(int peers) {
    return """
    # HELP parano_wireguard_peers Peers that were let through and not ended.
    # TYPE parano_wireguard_peers gauge
    parano_wireguard_peers %d
    # HELP parano_wireguard_renewals_total Rounds in which tunnel addresses were kept open, by what became of them.
    # TYPE parano_wireguard_renewals_total counter
    parano_wireguard_renewals_total{became="done"} %d
    parano_wireguard_renewals_total{became="unheard"} %d
    # HELP parano_wireguard_missing_total Peers with a live lease that were not on the interface.
    # TYPE parano_wireguard_missing_total counter
    parano_wireguard_missing_total %d
    """
        .formatted(peers, renewed.sum(), unheard.sum(), missing.sum());
  }
}
