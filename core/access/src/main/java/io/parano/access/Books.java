package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.Receipt;
import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.SessionId;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.session.Circumstances;
import io.parano.session.LiveSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The state of the gate in memory, and the only place that changes it: a change is first durable
/// together with the event that tells of it, then visible. For what only takes away it is the other
/// way round, so that a cut holds from the instant it is pulled.
public final class Books {
  private static final int NOTED_IN_IDLE = 4;

  private final Ledger ledger;
  private final Roster roster = new Roster();
  private final LiveSessions sessions = new LiveSessions();
  private final Leases leases = new Leases();
  private final Docket docket = new Docket();
  private final DevicePasswords devicePasswords = new DevicePasswords();
  private final Certificates certificates = new Certificates();
  private final NavigableMap<Long, Untold> untold = new ConcurrentSkipListMap<>();
  private final ReentrantLock changing = new ReentrantLock();
  private final Condition changed = changing.newCondition();
  private final AtomicLong endings = new AtomicLong();
  private volatile Closures closures = Closures.NONE;
  private volatile PolicyInForce policy;
  private volatile Recalls recalls = Recalls.NONE;

  /// Builds the state that was durable when `state` was read.
  public Books(Ledger ledger, State state) {
    this.ledger = ledger;
    this.policy = new PolicyInForce(0, Policy.SILENT);
    for (Change change : state.changes()) {
      apply(change, state.lastSeen());
    }
  }

  /// Durable first, then visible. Throws [Ledger.Unavailable], and then nothing changed.
  Receipt commit(Event event, List<Change> changes) {
    Receipt receipt = ledger.commit(event, changes);
    apply(changes);
    return receipt;
  }

  Receipt commit(Event event, Change... changes) {
    return commit(event, List.of(changes));
  }

  /// Visible first, then durable; never refused.
  void withdraw(Event event, List<Change> changes) {
    apply(changes);
    ledger.withdraw(event, changes);
  }

  /// Writes down when sessions were last used, where what is written is behind by more than a
  /// quarter of the time that they may lie idle: with every session in use, each minute would write
  /// them all. After a fall a session may therefore end that much early, and never late.
  public void noteSeen() {
    noteSeen(policy.policy().sessionLimits().idle().dividedBy(NOTED_IN_IDLE));
  }

  /// As [#noteSeen], and leaves nothing out: before the end.
  public void noteAllSeen() {
    noteSeen(Duration.ZERO);
  }

  private void noteSeen(Duration behind) {
    Map<SessionId, Instant> seen = sessions.unnoted(behind);
    if (!seen.isEmpty()) {
      ledger.seen(seen);
      sessions.noted(seen);
    }
  }

  public Roster roster() {
    return roster;
  }

  public LiveSessions sessions() {
    return sessions;
  }

  /// Who holds which address inside the VPN.
  public Leases leases() {
    return leases;
  }

  public Certificates certificates() {
    return certificates;
  }

  public DevicePasswords devicePasswords() {
    return devicePasswords;
  }

  public Docket docket() {
    return docket;
  }

  public Closures closures() {
    return closures;
  }

  /// Grows with every change by which a session may end: while it stays the same, only time ends
  /// any.
  long endings() {
    return endings.get();
  }

  /// The cuts that not every door has acknowledged, the oldest first.
  List<Untold> untold() {
    return List.copyOf(untold.values());
  }

  /// The models of tokens that count no more.
  public Recalls recalls() {
    return recalls;
  }

  public PolicyInForce policy() {
    return policy;
  }

  /// All that `live` depends on, as it stands now, used from `source`.
  Circumstances circumstances(LiveSession live, IpAddress source) {
    return circumstances(live, live.member().person(), source);
  }

  /// @param person whom it was granted to
  Circumstances circumstances(LiveSession live, @Nullable Person person, IpAddress source) {
    Closures closed = closures;
    return new Circumstances(
        person,
        live.heldToken().authenticator(),
        live.heldToken().otpToken(),
        closed.epoch(),
        closed.covers(source),
        policy.policy().sessionLimits().idle());
  }

  /// Waits until `wanted` holds of what the books say, looking again after every change; gives up
  /// at once when `most` has passed. Says whether it holds.
  public boolean await(Predicate<Books> wanted, Duration most) throws InterruptedException {
    long left = most.toNanos();
    changing.lock();
    try {
      while (!wanted.test(this)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      changing.unlock();
    }
  }

  /// Those that a restart would not read either.
  void forgetActs(Instant now) {
    docket.forget(now);
  }

  private void apply(List<Change> changes) {
    for (Change change : changes) {
      apply(change, Map.of());
    }
  }

  private void apply(Change change, Map<SessionId, Instant> lastSeen) {
    changing.lock();
    try {
      switch (change) {
        case Change.PutPerson(var person) -> roster.put(person);
        case Change.PutAuthenticator(var token) -> roster.put(token);
        case Change.CountToken(var token, var signCount) -> roster.count(token, signCount);
        case Change.PutOtpToken(var token) -> roster.put(token);
        case Change.CountOtp(var token, var counters) -> roster.count(token, counters);
        case Change.PutDevice(var device) -> roster.put(device);
        case Change.PutClient(var client) -> roster.put(client);
        case Change.DropClient(var number) -> roster.drop(number);
        case Change.PutEnclosure(var act, var sealed) -> docket.enclose(act, sealed);
        case Change.DropEnclosure(var act) -> docket.dropEnclosure(act);
        case Change.PutPassword password -> roster.put(password);
        case Change.DropPassword(var person) -> roster.dropPassword(person);
        case Change.ErasePersonal erased -> {
          // The log alone has any.
        }
        case Change.PutSession(var session) ->
            sessions.put(
                session,
                roster.member(session.person()),
                roster.heldToken(session.authenticator()),
                lastSeen.getOrDefault(session.id(), session.startedAt()));
        case Change.TouchSession(var session, var at) -> sessions.touch(session, at);
        case Change.PutLease(var lease) -> {
          LiveSession tunnel = sessions.with(lease.tunnel());
          // One that was cut meanwhile has no use for an address.
          if (tunnel != null) {
            leases.put(lease, tunnel);
          }
        }
        case Change.EndSession(var session) -> {
          sessions.end(session);
          leases.end(session);
        }
        case Change.PutCertificate(var certificate) -> certificates.put(certificate);
        case Change.PutDevicePassword(var device) -> devicePasswords.put(device);
        case Change.DropDevicePassword(var device) -> devicePasswords.drop(device);
        case Change.PutProposal(var proposal) -> docket.put(proposal);
        case Change.DropProposal(var act) -> docket.drop(act);
        case Change.PutApproval(var approval) -> docket.put(approval);
        case Change.PutEnrolment(var enrolment) -> docket.put(enrolment);
        case Change.CloseEnrolment(var act) -> docket.close(act);
        case Change.PutPolicy(var version, var digest, var document, var at) ->
            policy = new PolicyInForce(version, compiled(document));
        case Change.CutNetwork(var network, var at) -> closures = closures.cutting(network);
        case Change.ReopenNetwork(var network) -> closures = closures.reopening(network);
        case Change.CutZone(var zone, var networks, var at) ->
            closures = closures.cutting(zone, networks);
        case Change.ReopenZone(var zone) -> closures = closures.reopening(zone);
        case Change.PutUntold(var cut) -> untold.put(cut.number(), cut);
        case Change.DropUntold(var number) -> untold.remove(number);
        case Change.PutRecalls(var later, var at) ->
            recalls = later.number() > recalls.number() ? later : recalls;
        case Change.PutEpoch(var epoch, var closed) -> closures = closures.in(epoch, closed);
      }
      if (mayEnd(change)) {
        var _ = endings.incrementAndGet();
      }
      changed.signalAll();
    } finally {
      changing.unlock();
    }
  }

  /// False for what comes with every login and pass alone: the others are rare.
  private static boolean mayEnd(Change change) {
    return !(change instanceof Change.PutSession
        || change instanceof Change.TouchSession
        || change instanceof Change.PutCertificate
        || change instanceof Change.CountToken
        || change instanceof Change.CountOtp);
  }

  private static Policy compiled(String document) {
    return switch (Policy.read(document)) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken mistaken ->
          throw new IllegalStateException(
              "the policy in force can't be read: " + mistaken.mistakes());
    };
  }
}
