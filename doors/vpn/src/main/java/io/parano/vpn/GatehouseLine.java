package io.parano.vpn;

import io.parano.access.Peers;
import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The server's end of the helper's socket. Throws [Peers.Unavailable] when no answer comes in time
/// or the helper can't or won't.
record GatehouseLine(Path socket, Duration patience) {
  void put(Instant now, Standing peer, Secret presharedKey) {
    try (Secret own = copied(presharedKey)) {
      var _ = done(new Order.Put(now, peer, own), patience);
    }
  }

  /// Those that do not stand.
  List<Standing> renew(Instant now, List<Standing> peers) {
    List<Standing> missing = new ArrayList<>();
    for (int from = 0; from < peers.size(); from += Order.MOST) {
      List<Standing> part = peers.subList(from, Math.min(from + Order.MOST, peers.size()));
      missing.addAll(done(new Order.Renew(now, part), patience));
    }
    return missing;
  }

  void remove(List<Bytes> keys) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (int from = 0; from < keys.size(); from += Order.MOST) {
      List<Bytes> part = keys.subList(from, Math.min(from + Order.MOST, keys.size()));
      Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
      var _ = done(new Order.Remove(part), left);
    }
  }

  List<Standing> list() {
    return done(new Order.Listing(), patience);
  }

  private static Secret copied(Secret secret) {
    byte[] bytes = secret.copy();
    Secret own = Secret.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    return own;
  }

  private List<Standing> done(Order order, Duration within) {
    byte[] line = OrderText.write(order);
    byte[] said;
    try {
      said = Exchange.ask(socket, line, Exchange.Whole.AT_END, AnswerText.LONGEST, within);
    } catch (IOException e) {
      throw new Peers.Unavailable("the VPN helper gave no answer: " + e.getMessage(), e);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
    Answer answer = AnswerText.read(said);
    if (answer == null) {
      throw new Peers.Unavailable("the VPN helper's answer can't be understood");
    }
    return switch (answer) {
      case Answer.Refused(var objection) ->
          throw new Peers.Unavailable("the VPN helper refuses: " + objection.code());
      case Answer.Unavailable _ ->
          throw new Peers.Unavailable("interface or packet filter can't be had");
      case Answer.Done(var peers) -> peers;
    };
  }
}
