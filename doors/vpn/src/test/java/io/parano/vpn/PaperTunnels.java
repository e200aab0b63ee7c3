package io.parano.vpn;

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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A core that answers by what is typed: "right" opens a tunnel, "instead" one in the place of all
/// others, "half" asks for a one-time password, "touch" for that of a code, "late" waits to be
/// released and is right, "slow" the same and is wrong, as anything else. To the second question
/// "right" is right, and anything else is held until somebody touches.
final class PaperTunnels implements Admitting {
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final List<Account> told = new CopyOnWriteArrayList<>();
  final List<Tunnel> tunnels = new CopyOnWriteArrayList<>();
  final Set<SessionId> over = ConcurrentHashMap.newKeySet();
  final AtomicInteger held = new AtomicInteger();
  final CountDownLatch released = new CountDownLatch(1);
  volatile boolean touched;

  /// What it answers when a tunnel begins at the address; null for that it was heard.
  volatile @Nullable Noted begun;

  @Override
  public Answer admit(Asked question, Secret typed) {
    asked.add(question);
    return switch (text(typed)) {
      case "right" -> admitted(question);
      case "instead" -> {
        tunnels.forEach(one -> over.add(one.session()));
        yield admitted(question);
      }
      case "half" -> new Answer.Challenge("half", null, Duration.ofMinutes(1));
      case "touch" -> new Answer.Challenge("touch", "K7M4QX", Duration.ofMinutes(1));
      case "late" -> awaited(() -> admitted(question));
      case "slow" -> awaited(() -> new Answer.Refused(Reason.PASSWORD_WRONG));
      default -> new Answer.Refused(Reason.PASSWORD_WRONG);
    };
  }

  private Answer awaited(Supplier<Answer> then) {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return then.get();
  }

  @Override
  public Answer resume(Asked question, String state, Secret typed) {
    if (state.equals("half")) {
      return text(typed).equals("right")
          ? admitted(question)
          : new Answer.Refused(Reason.OTP_REPLAYED);
    }
    held.incrementAndGet();
    return touched ? admitted(question) : new Answer.Held();
  }

  private static String text(Secret typed) {
    return new String(typed.copy(), StandardCharsets.UTF_8);
  }

  private synchronized Answer admitted(Asked question) {
    int number = tunnels.size() + 1;
    SessionId id =
        SessionId.next(Instant.EPOCH.plusSeconds(number), bytes -> bytes[0] = (byte) number);
    Tunnel tunnel =
        new Tunnel(
            id,
            question.server(),
            question.name(),
            IpPrefix.parse("192.0.2.7/32"),
            Instant.now().plusSeconds(3600));
    tunnels.add(tunnel);
    IpAddress framed = question.name().equals("camille") ? IpAddress.parse("10.78.0.5") : null;
    return new Answer.Admitted(tunnel, new Terms(null, null, framed, Duration.ofHours(1)));
  }

  @Override
  public synchronized Noted note(Account account) {
    told.add(account);
    notifyAll();
    Noted answer = begun;
    if (answer != null && account.status() == Account.Status.STARTED) {
      return answer;
    }
    return new Noted.Heard(account.tunnel());
  }

  @Override
  public @Nullable Reason over(SessionId tunnel) {
    return over.contains(tunnel) ? Reason.SESSION_CUT : null;
  }

  @Override
  public long endings() {
    return over.size();
  }

  @Override
  public List<Tunnel> tunnels() {
    return tunnels;
  }

  /// Ends a tunnel, as a cut that took it.
  Taken cut(Tunnel tunnel) {
    over.add(tunnel.session());
    return new Taken(
        List.of(
            new Taken.Ended(
                tunnel.session(),
                Session.Kind.VPN,
                tunnel.server(),
                PersonId.next(Instant.EPOCH, bytes -> bytes[0] = 1),
                tunnel.station())));
  }

  /// Waits until it was; an end is told after the client is forgotten.
  synchronized void awaitTold(Account.Status status) throws InterruptedException {
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (told.stream().noneMatch(one -> one.status() == status)) {
      long left = last - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("never told " + status + ", but " + told);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
