package io.parano.mail;

import io.parano.access.MailAdmitting;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Mailboxes on paper: alice's opens to one password from one address, for as long as nobody says
/// that it is over.
final class PaperMail implements MailAdmitting {
  static final String PASSWORD = "pw 1%:+é";
  static final IpAddress HERE = IpAddress.parse("127.0.0.5");

  private static final PersonId ALICE =
      new PersonId(UUID.fromString("019abcde-0000-7000-8000-00000000000a"));
  private static final DeviceId PHONE = DeviceId.parse("019abcde-0000-7000-8000-00000000000b");

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final List<String> disbelieved = new CopyOnWriteArrayList<>();
  private final Map<String, Boolean> over = new HashMap<>();
  private boolean full;
  private Duration delay = Duration.ofSeconds(1);

  /// Whoever asks waits until it is released; null for nobody.
  volatile @Nullable CountDownLatch waiting;

  @Override
  public Answer admit(Asked asked, Secret typed) {
    this.asked.add(asked);
    CountDownLatch until = waiting;
    if (until != null) {
      try {
        until.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return decided(asked, PHONE, typed.matches(Secret.ofText(PASSWORD)));
  }

  @Override
  public Answer admitPresent(Asked asked) {
    this.asked.add(asked);
    return decided(asked, null, true);
  }

  private synchronized Answer decided(Asked asked, @Nullable DeviceId device, boolean right) {
    if (full) {
      return new Answer.Unavailable();
    }
    boolean lets =
        right
            && asked.name().equals("alice")
            && asked.source().equals(HERE)
            && !over.containsKey("alice");
    return lets
        ? new Answer.Admitted(new Opened(ALICE, device, asked.source(), "alice"))
        : new Answer.Refused(Reason.PASSWORD_WRONG, delay);
  }

  @Override
  public void disbelieve(IpAddress peer, Reason reason, String detail) {
    disbelieved.add(peer + " " + reason.code() + " " + detail);
  }

  @Override
  public synchronized @Nullable Reason over(Opened opened) {
    return over.containsKey(opened.mailbox()) ? Reason.SESSION_MISSING : null;
  }

  synchronized void end(String mailbox) {
    over.put(mailbox, true);
  }

  synchronized void fill(boolean full) {
    this.full = full;
  }

  synchronized void delay(Duration delay) {
    this.delay = delay;
  }
}
