package io.parano.radius;

import io.parano.access.Admitting;
import io.parano.access.Taken;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A core that answers by what is typed: "right" opens a tunnel, "half" asks for more, "stuck"
/// can't be recorded (nor can the call of that name), "slow" waits to be released and is wrong, as
/// anything else is.
final class PaperAdmitting implements Admitting {
  static final String STATE = "the state";

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final List<Account> told = new CopyOnWriteArrayList<>();
  final Set<SessionId> over = ConcurrentHashMap.newKeySet();
  final List<Tunnel> tunnels = new ArrayList<>();
  final CountDownLatch released = new CountDownLatch(1);
  final AtomicInteger looks = new AtomicInteger();
  private int numbers;

  @Override
  public Answer admit(Asked question, Secret typed) {
    asked.add(question);
    return switch (new String(typed.copy(), StandardCharsets.UTF_8)) {
      case "right" -> admitted(question);
      case "half" -> new Answer.Challenge(STATE, null, Duration.ofMinutes(1));
      case "stuck" -> new Answer.Unavailable();
      case "slow" -> awaited();
      default -> new Answer.Refused(Reason.PASSWORD_WRONG);
    };
  }

  @Override
  public Answer resume(Asked question, String state, Secret typed) {
    return state.equals(STATE)
        ? admit(question, typed)
        : new Answer.Refused(Reason.CEREMONY_UNKNOWN);
  }

  private Answer awaited() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer.Refused(Reason.PASSWORD_WRONG);
  }

  private synchronized Answer admitted(Asked question) {
    SessionId id =
        SessionId.next(Instant.EPOCH.plusSeconds(++numbers), bytes -> bytes[0] = (byte) numbers);
    Tunnel tunnel =
        new Tunnel(
            id,
            question.server(),
            question.name(),
            IpPrefix.parse("192.0.2.7/32"),
            Instant.now().plusSeconds(3600));
    tunnels.add(tunnel);
    return new Answer.Admitted(
        tunnel, new Terms("staff", "lan", IpAddress.parse("10.8.0.5"), Duration.ofHours(1)));
  }

  @Override
  public Noted note(Account account) {
    told.add(account);
    if (account.call().equals("stuck")) {
      return new Noted.Unavailable();
    }
    SessionId tunnel = account.tunnel();
    return tunnel == null || over.contains(tunnel)
        ? new Noted.Over(Reason.SESSION_CUT, tunnel)
        : new Noted.Heard(tunnel);
  }

  @Override
  public @Nullable Reason over(SessionId tunnel) {
    looks.incrementAndGet();
    return over.contains(tunnel) ? Reason.SESSION_CUT : null;
  }

  @Override
  public long endings() {
    return over.size();
  }

  @Override
  public List<Tunnel> tunnels() {
    return List.copyOf(tunnels);
  }

  /// What the lever says of a cut that took it.
  static Taken cut(SessionId tunnel) {
    return new Taken(
        List.of(
            new Taken.Ended(
                tunnel,
                Session.Kind.VPN,
                "vpn-1",
                PersonId.next(Instant.EPOCH, bytes -> bytes[0] = 1),
                IpPrefix.parse("192.0.2.7/32"))));
  }
}
