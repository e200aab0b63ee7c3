package io.parano.mail;

import io.parano.access.Door;
import io.parano.access.MailAdmitting;
import io.parano.access.MailAdmitting.Opened;
import io.parano.access.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The door's word to the lever: once [#closed] returns, Dovecot has closed every mailbox whose
/// ground is gone. Made before the core, which wants it, and given to [MailDoor#open].
///
/// Grounds go in other ways too (a sign-out, an idle session, time), so that the same is done every
/// two seconds. And a start knows nothing of who was let in before it, so that it begins by having
/// everybody log in again.
public final class Kicks implements Door {
  private static final List<String> EVERYBODY = List.of("*");

  /// The lever waits for 900 ms in all.
  private static final Duration PATIENCE = Duration.ofMillis(700);

  /// How long after our answer a login may still be on its way from nginx to Dovecot, where nothing
  /// is to be closed yet: so long it is closed again and again.
  static final Duration ON_THE_WAY = Duration.ofSeconds(10);

  /// Nearly all of those are there by then.
  private static final Duration SOON_THERE = Duration.ofMillis(200);

  private static final Duration PERSISTENCE = Duration.ofMinutes(10);

  private final Map<Opened, Instant> overSince = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Wiring wiring;

  private record Wiring(
      OpenMailboxes open, List<Doveadm> doveadm, MailAdmitting admitting, Kicking kicking) {}

  void wire(OpenMailboxes open, List<Doveadm> doveadm, MailAdmitting admitting, Kicking kicking) {
    wiring = new Wiring(open, doveadm, admitting, kicking);
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public int closed(Taken taken) {
    Wiring wired = wiring;
    if (wired == null) {
      return 0;
    }
    Instant now = Instant.now();
    Swept swept = sweep(wired, now, PATIENCE);
    Set<String> silent = new TreeSet<>(swept.silent());
    boolean onTheWay =
        wired.open().all().stream()
            .filter(entry -> overSince.containsKey(entry.getKey()))
            .anyMatch(entry -> entry.getValue().isAfter(now.minus(SOON_THERE)));
    Duration left = PATIENCE.minus(Duration.between(now, Instant.now())).minus(SOON_THERE);
    if (silent.isEmpty() && onTheWay && left.isPositive()) {
      pause();
      silent.addAll(sweep(wired, Instant.now(), left).silent());
    }
    if (!silent.isEmpty()) {
      throw new Silent("no word of closed mailboxes from " + String.join(", ", silent));
    }
    return swept.ended();
  }

  /// @param ended how many logins were found over that were not before
  /// @param silent the servers that did not say that all is closed
  private record Swept(int ended, List<String> silent) {}

  /// Closes what is over, and names the servers that did not say that it is closed.
  List<String> sweep(Instant now) {
    Wiring wired = wiring;
    return wired == null ? List.of() : sweep(wired, now, PATIENCE).silent();
  }

  private Swept sweep(Wiring wired, Instant now, Duration patience) {
    List<Map.Entry<Opened, Instant>> over =
        wired.open().all().stream()
            .filter(entry -> wired.admitting().over(entry.getKey()) != null)
            .toList();
    overSince.keySet().retainAll(over.stream().map(Map.Entry::getKey).toList());
    Set<String> mailboxes = new TreeSet<>();
    over.forEach(entry -> mailboxes.add(entry.getKey().mailbox()));
    List<String> silent = kicked(wired, mailboxes, patience);
    if (wired.doveadm().isEmpty() && !over.isEmpty()) {
      silent.add("no server: none is configured");
    }
    int ended = 0;
    for (Map.Entry<Opened, Instant> entry : over) {
      Instant before = overSince.putIfAbsent(entry.getKey(), now);
      if (before == null) {
        ended++;
      }
      Instant first = before == null ? now : before;
      boolean there = !now.isBefore(entry.getValue().plus(ON_THE_WAY));
      if ((silent.isEmpty() && there) || !now.isBefore(first.plus(PERSISTENCE))) {
        wired.open().closed(entry.getKey(), entry.getValue());
        overSince.remove(entry.getKey());
      }
    }
    return new Swept(ended, silent);
  }

  /// All are asked at once. Who has not been told of our start hears of everybody.
  private List<String> kicked(Wiring wired, Set<String> mailboxes, Duration patience) {
    Queue<String> silent = new ConcurrentLinkedQueue<>();
    List<Thread> calls = new ArrayList<>();
    for (Doveadm doveadm : wired.doveadm()) {
      boolean begun = told.contains(doveadm.name());
      if (begun && mailboxes.isEmpty()) {
        continue;
      }
      calls.add(
          Thread.startVirtualThread(() -> {
            if (wired.kicking().kick(doveadm, begun ? mailboxes : EVERYBODY, patience)) {
              told.add(doveadm.name());
            } else {
              silent.add(doveadm.name());
            }
          }));
    }
    calls.forEach(Kicks::join);
    return new ArrayList<>(silent);
  }

  private static void join(Thread call) {
    try {
      call.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(SOON_THERE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
