package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.web.Tally.Kind;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells whoever decides of messages that can't be believed, from a thread that may block. Anybody
/// can cause these, so the queue is short: what doesn't fit is counted.
final class Disbelief implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Disbelief.class);
  private static final int WAITING = 256;

  /// Enough to see what was tried; the rest is an outsider's to choose.
  private static final int LONGEST_DETAIL = 200;

  private record Message(IpAddress from, Reason reason, String detail) {}

  private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Behind behind;
  private final Tally tally;
  private final Thread teller;

  Disbelief(Behind behind, Tally tally) {
    this.behind = behind;
    this.tally = tally;
    this.teller = Thread.ofVirtual().name("web-disbelief").start(this::tell);
  }

  /// Never blocks.
  void of(IpAddress from, Reason reason, String detail) {
    tally.disbelieved(reason);
    if (!waiting.offer(new Message(from, reason, printable(detail)))) {
      tally.count(Kind.DISBELIEVED_UNTOLD);
    }
  }

  @Override
  public void close() {
    teller.interrupt();
  }

  private void tell() {
    while (true) {
      Message message;
      try {
        message = waiting.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      try {
        behind.disbelieve(message.from(), message.reason(), message.detail());
      } catch (RuntimeException e) {
        LOG.warn(
            "{\"event\":\"disbelief-unrecorded\",\"reason\":\"{}\"}", message.reason().code(), e);
      }
    }
  }

  private static String printable(String detail) {
    StringBuilder out = new StringBuilder(Math.min(detail.length(), LONGEST_DETAIL));
    for (int i = 0; i < detail.length() && i < LONGEST_DETAIL; i++) {
      char c = detail.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return out.toString();
  }
}
