package io.parano.authn;

import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import java.util.concurrent.atomic.AtomicBoolean;

/// Who tries, from where, and whether that is a network from which the person has signed in before.
final class Attempt implements GuessOutcome.Go {
  private final Pair pair;
  private final IpPrefix wide;
  private final boolean familiar;
  private final AtomicBoolean settled = new AtomicBoolean();

  Attempt(Pair pair, IpPrefix wide, boolean familiar) {
    this.pair = pair;
    this.wide = wide;
    this.familiar = familiar;
  }

  sealed interface Subject {
    record Known(PersonId person) implements Subject {}

    /// A name that is nobody's, as its digest.
    record Nobody(Digest name) implements Subject {}
  }

  record Pair(Subject subject, IpPrefix network) {}

  /// The network whose members share limits: /24 or, in IPv6, the /64 that one host holds.
  static IpPrefix network(IpAddress source) {
    return source.isV4() ? IpPrefix.of(source, 96 + 24) : IpPrefix.of(source, 64);
  }

  /// The network that shares what is left when the tables are full: /16 or, in IPv6, a provider's
  /// /32.
  static IpPrefix wide(IpAddress source) {
    return source.isV4() ? IpPrefix.of(source, 96 + 16) : IpPrefix.of(source, 32);
  }

  Pair pair() {
    return pair;
  }

  IpPrefix wide() {
    return wide;
  }

  boolean familiar() {
    return familiar;
  }

  /// Whether this is the first time that the attempt's end is told.
  boolean settle() {
    return settled.compareAndSet(false, true);
  }
}
