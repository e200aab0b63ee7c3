package io.parano.vpn;

import io.parano.access.Admitting;
import io.parano.access.Admitting.Account;
import io.parano.access.Admitting.Answer;
import io.parano.access.Peers;
import io.parano.access.Swept;
import io.parano.access.Taken;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.vpn.OpenVpnTunnels.Client;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection of one OpenVPN server. What it says is read by one thread; what must wait for a
/// hash, a disk or a touch runs on a virtual thread, so many at once. Clients learn yes, no, or
/// another question.
final class OpenVpnLine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenVpnLine.class);
  private static final int UNDER_WAY = 256;
  private static final long HELD_MILLIS = 200;

  /// What outsiders are told, whatever it was.
  private static final String REFUSED = "refused";

  private static final int PENDING_SECONDS = 60;

  private final OpenVpnConfig config;
  private final SocketChannel channel;
  private final Admitting admitting;
  private final @Nullable OpenAddresses addresses;
  private final OpenVpnTunnels tunnels = new OpenVpnTunnels();
  private final Swept ended = new Swept();
  private final ReentrantLock writing = new ReentrantLock();
  private final Semaphore places = new Semaphore(UNDER_WAY);

  OpenVpnLine(
      OpenVpnConfig config,
      SocketChannel channel,
      Admitting admitting,
      @Nullable OpenAddresses addresses) {
    this.addresses = addresses;
    this.config = config;
    this.channel = channel;
    this.admitting = admitting;
  }

  /// Until the connection ends, or says what no such server says.
  void serve() throws IOException {
    OpenVpnReading reading = new OpenVpnReading();
    ByteBuffer room = ByteBuffer.allocate(8 * 1024);
    while (channel.read(room.clear()) >= 0) {
      room.flip();
      while (room.hasRemaining()) {
        switch (reading.next(room.get())) {
          case OpenVpnReading.Came.Wanting wanting -> {}
          case OpenVpnReading.Came.Broken broken -> {
            LOG.error("OpenVPN {} says what no OpenVPN says, and is left", config.name());
            return;
          }
          case OpenVpnReading.Came.Event(var event) -> came(event);
        }
      }
    }
  }

  private void came(OpenVpnEvent event) {
    switch (event) {
      case OpenVpnEvent.Hold hold -> say("hold release");
      case OpenVpnEvent.Asks asks when asks.kind().equals("REAUTH") -> again(asks);
      case OpenVpnEvent.Asks asks -> apart(asks.client(), asks.key(), () -> asked(asks));
      case OpenVpnEvent.Answers answers ->
          apart(answers.client(), answers.key(), () -> answered(answers));
      case OpenVpnEvent.Established(long client, var said) ->
          told(client, tunnels.get(client), Account.Status.STARTED, said);
      case OpenVpnEvent.Disconnected(long client, var said) ->
          // It is gone, whether or not that can be recorded.
          told(client, tunnels.remove(client), Account.Status.STOPPED, said);
      case OpenVpnEvent.Replied(boolean taken) -> {
        if (!taken) {
          LOG.warn("OpenVPN {} did not take a command", config.name());
        }
      }
      case OpenVpnEvent.Other other -> {}
    }
  }

  private void apart(long client, long key, Runnable work) {
    if (!places.tryAcquire()) {
      deny(client, key);
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("a login through OpenVPN {} was not decided", config.name(), e);
        deny(client, key);
      } finally {
        places.release();
      }
    });
  }

  private void asked(OpenVpnEvent.Asks asks) {
    String name = asks.environment().get("username");
    String typed = asks.environment().get("password");
    IpAddress station = OpenVpnSaid.station(asks.environment());
    if (name == null || typed == null || station == null) {
      deny(asks.client(), asks.key());
      return;
    }
    Admitting.Asked asked =
        new Admitting.Asked(
            config.name(), station, name, station, OpenVpnSaid.certificate(asks.environment()));
    try (Secret secret = OpenVpnSaid.typed(typed)) {
      decided(asks, asked, admitting.admit(asked, secret));
    }
  }

  private void decided(OpenVpnEvent.Asks asks, Admitting.Asked asked, Answer answer) {
    switch (answer) {
      case Answer.Challenge(var state, var code, var life) -> challenged(asks, asked, state, code);
      case Answer.Held held -> throw new IllegalStateException("nothing was asked yet");
      case Answer.Refused _, Answer.Unavailable _, Answer.Admitted _ ->
          settled(asks.client(), asks.key(), asked, OpenVpnSaid.peer(asks.environment()), answer);
    }
  }

  private void challenged(
      OpenVpnEvent.Asks asks, Admitting.Asked asked, String state, @Nullable String code) {
    List<String> ways = List.of(asks.environment().getOrDefault("IV_SSO", "").split(",", -1));
    if (!tunnels.put(
        asks.client(), new Client(asked, OpenVpnSaid.peer(asks.environment()), state, null))) {
      deny(asks.client(), asks.key());
    } else if (ways.contains("crtext")) {
      String question =
          code == null
              ? OpenVpnWords.question(config.language())
              : OpenVpnWords.confirm(config.language(), spaced(code), config.confirmAt());
      pending(asks, "CR_TEXT:R,E:" + question);
    } else if (code != null && (ways.contains("webauth") || ways.contains("openurl"))) {
      String way = ways.contains("webauth") ? "WEB_AUTH::" : "OPEN_URL:";
      pending(asks, way + config.confirmAt() + "#" + spaced(code));
      waited(asks.client(), asks.key(), asked, state, "");
    } else {
      tunnels.remove(asks.client());
      deny(asks.client(), asks.key());
    }
  }

  private static String spaced(String code) {
    int half = code.length() / 2;
    return code.substring(0, half) + "-" + code.substring(half);
  }

  private void pending(OpenVpnEvent.Asks asks, String how) {
    say(
        "client-pending-auth %d %d \"%s\" %d"
            .formatted(asks.client(), asks.key(), how, PENDING_SECONDS));
  }

  private void answered(OpenVpnEvent.Answers answers) {
    Client client = tunnels.get(answers.client());
    String state = client == null ? null : client.state();
    if (client == null || state == null) {
      deny(answers.client(), answers.key());
      return;
    }
    String said;
    try {
      said = OpenVpnSaid.text(answers.text());
    } catch (IllegalArgumentException e) {
      said = "";
    }
    waited(answers.client(), answers.key(), client.asked(), state, said);
  }

  /// The core lets each login go within a minute.
  private void waited(long client, long key, Admitting.Asked asked, String state, String said) {
    try (Secret typed = Secret.ofText(said)) {
      Answer answer = admitting.resume(asked, state, typed);
      while (answer instanceof Answer.Held) {
        TimeUnit.MILLISECONDS.sleep(HELD_MILLIS);
        answer = admitting.resume(asked, state, typed);
      }
      settled(client, key, asked, peer(client), answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settled(
      long client, long key, Admitting.Asked asked, @Nullable String peer, Answer answer) {
    if (!(answer instanceof Answer.Admitted(var tunnel, var terms))
        || !tunnels.put(client, new Client(asked, peer, null, tunnel))) {
      tunnels.remove(client);
      deny(client, key);
      return;
    }
    // A cut that came before this client stood there could not end it.
    if (admitting.over(tunnel.session()) != null) {
      tunnels.remove(client);
      deny(client, key);
      return;
    }
    IpAddress framed = terms.framed();
    if (framed == null) {
      say("client-auth-nt %d %d".formatted(client, key));
    } else {
      say(
          "client-auth %d %d".formatted(client, key),
          "ifconfig-push " + framed + " " + config.netmask(),
          "END");
    }
  }

  /// New keys for a tunnel that stands, of the same person and device; nothing is decided anew but
  /// that it still holds.
  private void again(OpenVpnEvent.Asks asks) {
    Client client = tunnels.get(asks.client());
    Admitting.Tunnel tunnel = client == null ? null : client.tunnel();
    boolean holds =
        client != null
            && tunnel != null
            && client.asked().name().equals(asks.environment().get("username"))
            && Objects.equals(
                client.asked().certificate(), OpenVpnSaid.certificate(asks.environment()))
            && admitting.over(tunnel.session()) == null;
    if (holds) {
      say("client-auth-nt %d %d".formatted(asks.client(), asks.key()));
    } else {
      deny(asks.client(), asks.key());
    }
  }

  private void told(
      long number, @Nullable Client client, Account.Status status, Map<String, String> said) {
    Admitting.Tunnel tunnel = client == null ? null : client.tunnel();
    if (client == null || tunnel == null) {
      return;
    }
    Admitting.Noted noted =
        admitting.note(
            new Account(
                status,
                config.name(),
                client.asked().at(),
                tunnel.session(),
                tunnel.name(),
                OpenVpnSaid.inside(said),
                Long.toString(number),
                OpenVpnSaid.figures(said)));
    if (status == Account.Status.STOPPED) {
      shut(List.of(tunnel.session()));
      return;
    }
    boolean begun =
        switch (noted) {
          case Admitting.Noted.Heard heard -> opened(tunnel, OpenVpnSaid.inside(said));
          // What begins unrecorded does not begin.
          case Admitting.Noted.Unavailable _, Admitting.Noted.Over _ -> false;
        };
    if (!begun) {
      kill(number);
    }
  }

  /// Whether what the tunnel carries will pass.
  private boolean opened(Admitting.Tunnel tunnel, @Nullable IpAddress inside) {
    OpenAddresses wall = addresses;
    if (wall == null) {
      return true;
    }
    if (inside == null) {
      return false;
    }
    try {
      wall.open(tunnel.session(), inside, tunnel.endsAt());
      return true;
    } catch (Peers.Unavailable e) {
      LOG.error("a tunnel of OpenVPN {} does not begin: {}", config.name(), e.getMessage());
      return false;
    }
  }

  private void shut(Collection<SessionId> sessions) {
    OpenAddresses wall = addresses;
    if (wall != null) {
      wall.shut(sessions);
    }
  }

  /// Keeps what stands open for another few seconds.
  void renew() {
    OpenAddresses wall = addresses;
    if (wall != null) {
      wall.renew();
    }
  }

  /// @param tunnels how many were over
  /// @param gone whether all of them have ended
  record Ended(int tunnels, boolean gone) {}

  /// Ends what is over, and waits `millis` for it. What `taken` names and was ended a moment before
  /// it was told counts as well.
  Ended end(long millis, Taken taken) {
    Map<Long, SessionId> over = new HashMap<>();
    tunnels
        .all()
        .forEach((number, client) -> {
          Admitting.Tunnel tunnel = client.tunnel();
          if (tunnel != null && admitting.over(tunnel.session()) != null) {
            over.put(number, tunnel.session());
          }
        });
    int count = ended.count(over.values(), taken);
    over.keySet().forEach(this::kill);
    shut(over.values());
    List<Long> numbers = List.copyOf(over.keySet());
    try {
      return new Ended(count, tunnels.awaitGone(numbers, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(count, false);
    }
  }

  /// `client-kill` tells the client, and lets it go on for five seconds if it does not listen;
  /// `kill` ends it at once, and is there for IPv4 alone.
  private void kill(long client) {
    String peer = peer(client);
    if (peer == null) {
      say("client-kill " + client);
    } else {
      say("client-kill " + client, "kill " + peer);
    }
  }

  private @Nullable String peer(long number) {
    Client client = tunnels.get(number);
    return client == null ? null : client.peer();
  }

  private void deny(long client, long key) {
    say("client-deny %d %d \"%s\"".formatted(client, key, REFUSED));
  }

  private void say(String... lines) {
    ByteBuffer octets =
        ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    writing.lock();
    try {
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
    } catch (IOException e) {
      LOG.warn("OpenVPN {} could not be told: {}", config.name(), e.getMessage());
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    shut(tunnels.sessions());
    tunnels.clear();
  }
}
