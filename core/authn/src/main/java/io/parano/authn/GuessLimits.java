package io.parano.authn;

import io.parano.authn.Attempt.Pair;
import io.parano.authn.Attempt.Subject;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// How often a password may be guessed. Four limits, all of which must let an attempt through:
///
/// - **person and network** (/24, or /64 in IPv6): ten attempts, then one each half hour (PCI DSS
///   8.3.4);
/// - **network**, whoever is tried: a hundred, then one each half minute;
/// - **person, from networks where they never signed in**: fifty wrong ones in a row, then shut;
/// - **person, from networks where they did**: fifty wrong ones in a row, then shut. Together that
///   is NIST SP 800-63B-4 section 3.2.2's hundred.
///
/// A flood never locks a person out of a network from which they have signed in, unless it comes
/// from that very network: such an attempt is not held against the network's bucket nor the
/// strangers' count, and its own bucket lies with the person, not in a table that others can fill.
///
/// Names that are nobody's meet the same limits, except that a shut one opens a little each day,
/// since it need not be remembered for ever. Memory is bounded: see [GcraTable]. Nothing is kept
/// across a restart.
public final class GuessLimits {
  private static final Duration NOBODY_FORGETS = Duration.ofDays(1);
  private static final int SEED_LENGTH = 32;

  private final Settings settings;
  private final Gcra pairGcra;
  private final Gcra nobodyGcra;
  private final GcraTable<Pair> pairs;
  private final GcraTable<IpPrefix> networks;
  private final GcraTable<Subject> nobodies;

  /// One entry for each member of staff who ever tried.
  private final Map<PersonId, Standing> people = new HashMap<>();

  public GuessLimits(Settings settings, Randomness randomness) {
    this.settings = settings;
    this.pairGcra = new Gcra(settings.lock(), settings.attempts());
    this.nobodyGcra = new Gcra(NOBODY_FORGETS, settings.wrongFromElsewhere());
    byte[] seed = randomness.bytes(SEED_LENGTH);
    this.pairs = new GcraTable<>(pairGcra, settings.capacity(), seed);
    this.networks =
        new GcraTable<>(
            new Gcra(settings.networkInterval(), settings.networkAttempts()),
            settings.capacity(),
            seed);
    this.nobodies = new GcraTable<>(nobodyGcra, settings.capacity(), seed);
  }

  /// @param attempts for one person from one network before the lock; at most PCI's 10
  /// @param lock how long, and after it how far apart single attempts are; at least PCI's 30
  ///   minutes
  /// @param networkAttempts from one network, whoever is tried
  /// @param networkInterval how far apart attempts are after that
  /// @param wrongFromFamiliar in a row for one person; with the next at most NIST's 100
  /// @param wrongFromElsewhere in a row for one person
  /// @param capacity how many pairs, and networks, are remembered apart
  public record Settings(
      int attempts,
      Duration lock,
      int networkAttempts,
      Duration networkInterval,
      int wrongFromFamiliar,
      int wrongFromElsewhere,
      int capacity) {
    public static final Settings DEFAULT =
        new Settings(10, Duration.ofMinutes(30), 100, Duration.ofSeconds(30), 50, 50, 65_536);

    public Settings {
      if (attempts < 1 || attempts > 10 || lock.compareTo(Duration.ofMinutes(30)) < 0) {
        throw new IllegalArgumentException(
            "expected at most 10 attempts and a lock of at least 30 minutes (PCI DSS 8.3.4), found %d and %s"
                .formatted(attempts, lock));
      }
      if (wrongFromFamiliar < attempts
          || wrongFromElsewhere < attempts
          || wrongFromFamiliar + wrongFromElsewhere > 100) {
        throw new IllegalArgumentException(
            "expected two counts of at least %d and at most 100 together (NIST SP 800-63B-4), found %d and %d"
                .formatted(attempts, wrongFromFamiliar, wrongFromElsewhere));
      }
      if (capacity < 1) {
        throw new IllegalArgumentException("expected room for one at least, found " + capacity);
      }
    }
  }

  /// Asks for one attempt at the password of a member of staff.
  public synchronized GuessOutcome ask(PersonId person, IpAddress source, Instant now) {
    Standing standing = people.computeIfAbsent(person, id -> new Standing());
    IpPrefix network = Attempt.network(source);
    boolean familiar = standing.knows(network);
    int most = familiar ? settings.wrongFromFamiliar() : settings.wrongFromElsewhere();
    if (standing.wrong(familiar) >= most) {
      return new GuessOutcome.Shut(Reason.PASSWORD_LIMITED);
    }
    Attempt attempt = attempt(new Subject.Known(person), source, familiar);
    GuessOutcome outcome = familiar ? spendFamiliar(standing, attempt, now) : spend(attempt, now);
    if (outcome instanceof Attempt) {
      standing.count(familiar, 1);
    }
    return outcome;
  }

  /// The same for a name that is nobody's.
  public synchronized GuessOutcome askNobody(String name, IpAddress source, Instant now) {
    Subject nobody = new Subject.Nobody(Digest.of(name.getBytes(StandardCharsets.UTF_8)));
    Attempt attempt = attempt(nobody, source, false);
    return switch (nobodies.attempt(nobody, attempt.wide(), now)) {
      case Gcra.Verdict.Over over -> new GuessOutcome.Shut(Reason.PASSWORD_LIMITED);
      case Gcra.Verdict.Within within -> {
        GuessOutcome outcome = spend(attempt, now);
        if (outcome instanceof Attempt) {
          nobodies.keep(nobody, attempt.wide(), lockedWhenEmpty(nobodyGcra, within, now), now);
        }
        yield outcome;
      }
    };
  }

  /// The attempt was right: the person's counts begin anew, and its network is one from which they
  /// have signed in.
  public synchronized void right(GuessOutcome.Go go) {
    Attempt attempt = settleable(go);
    if (!attempt.settle()) {
      return;
    }
    pairs.forget(attempt.pair());
    if (!attempt.familiar()) {
      networks.refund(attempt.pair().network(), attempt.wide());
    }
    if (attempt.pair().subject() instanceof Subject.Known(PersonId person)) {
      people.computeIfAbsent(person, id -> new Standing()).succeeded(attempt.pair().network());
    }
  }

  /// The attempt was let through but nothing was tried, for want of room: it does not count.
  public synchronized void untried(GuessOutcome.Go go) {
    Attempt attempt = settleable(go);
    if (!attempt.settle()) {
      return;
    }
    IpPrefix network = attempt.pair().network();
    if (!attempt.familiar()) {
      pairs.refund(attempt.pair(), attempt.wide());
      networks.refund(network, attempt.wide());
    }
    switch (attempt.pair().subject()) {
      case Subject.Known(PersonId person) -> {
        Standing standing = people.computeIfAbsent(person, id -> new Standing());
        standing.count(attempt.familiar(), -1);
        standing.keep(network, pairGcra.refunded(standing.tat(network)));
      }
      case Subject.Nobody nobody -> nobodies.refund(nobody, attempt.wide());
    }
  }

  /// Forgets every wrong guess at this person's password: an officer has confirmed who they are.
  public synchronized void reopen(PersonId person) {
    Standing standing = people.get(person);
    if (standing != null) {
      standing.reopened();
    }
    Subject subject = new Subject.Known(person);
    pairs.forget(pair -> pair.subject().equals(subject));
  }

  private GuessOutcome spendFamiliar(Standing standing, Attempt attempt, Instant now) {
    IpPrefix network = attempt.pair().network();
    return switch (pairGcra.attempt(standing.tat(network), now)) {
      case Gcra.Verdict.Over(Duration delay) ->
          new GuessOutcome.Wait(delay, Reason.PASSWORD_LIMITED);
      case Gcra.Verdict.Within within -> {
        standing.keep(network, lockedWhenEmpty(pairGcra, within, now));
        yield attempt;
      }
    };
  }

  private GuessOutcome spend(Attempt attempt, Instant now) {
    IpPrefix network = attempt.pair().network();
    return switch (pairs.attempt(attempt.pair(), attempt.wide(), now)) {
      case Gcra.Verdict.Over(Duration delay) ->
          new GuessOutcome.Wait(delay, Reason.PASSWORD_LIMITED);
      case Gcra.Verdict.Within pair ->
          switch (networks.attempt(network, attempt.wide(), now)) {
            case Gcra.Verdict.Over(Duration delay) ->
                new GuessOutcome.Wait(delay, Reason.RATE_LIMITED);
            case Gcra.Verdict.Within(long tat, int left) -> {
              pairs.keep(attempt.pair(), attempt.wide(), lockedWhenEmpty(pairGcra, pair, now), now);
              networks.keep(network, attempt.wide(), tat, now);
              yield attempt;
            }
          };
    };
  }

  /// PCI counts the lock from the attempt that brought it, whenever the earlier ones were.
  private static long lockedWhenEmpty(Gcra gcra, Gcra.Verdict.Within within, Instant now) {
    return within.left() == 0 ? gcra.drained(now) : within.tat();
  }

  private static Attempt attempt(Subject subject, IpAddress source, boolean familiar) {
    return new Attempt(new Pair(subject, Attempt.network(source)), Attempt.wide(source), familiar);
  }

  private static Attempt settleable(GuessOutcome.Go go) {
    return switch (go) {
      case Attempt attempt -> attempt;
    };
  }
}
