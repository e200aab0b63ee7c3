package io.parano.vpn;

import io.parano.access.Admitting;
import io.parano.access.Admitting.Account;
import io.parano.access.Admitting.Answer;
import io.parano.access.Peers;
import io.parano.access.Swept;
import io.parano.access.Taken;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
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

  /// Of those under way, so many may wait for a touch, so that they keep out nobody who waits for
  /// nothing.
  private static final int HELD = 64;

  private final OpenVpnConfig config;
  private final SocketChannel channel;
  private final Admitting admitting;
  private final @Nullable OpenAddresses addresses;
  private final OpenVpnTunnels tunnels = new OpenVpnTunnels();
  private final Swept ended = new Swept();
  private final OpenVpnCommands commands;
  private final Semaphore places = new Semaphore(UNDER_WAY);
  private final Semaphore held = new Semaphore(HELD);
  private final byte[] key;

  OpenVpnLine(
      OpenVpnConfig config,
      SocketChannel channel,
      Admitting admitting,
      @Nullable OpenAddresses addresses,
      Randomness randomness) {
    this.key = randomness.bytes(32);
    this.addresses = addresses;
    this.config = config;
    this.channel = channel;
    this.commands = new OpenVpnCommands(config, channel);
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
      case OpenVpnEvent.Hold hold -> commands.release();
      case OpenVpnEvent.Asks asks when asks.kind().equals("REAUTH") -> again(asks);
      case OpenVpnEvent.Asks asks -> asks(asks);
      case OpenVpnEvent.Answers answers -> answered(answers);
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

  /// It stands there from now on, so that it can be noticed to go while it is decided.
  private void asks(OpenVpnEvent.Asks asks) {
    String name = asks.environment().get("username");
    String typed = asks.environment().get("password");
    IpAddress station = OpenVpnSaid.station(asks.environment());
    if (name == null || typed == null || station == null) {
      commands.deny(asks.client(), asks.key());
      return;
    }
    Admitting.Asked asked =
        new Admitting.Asked(
            config.name(), station, name, station, OpenVpnSaid.certificate(asks.environment()));
    String peer = OpenVpnSaid.peer(asks.environment());
    if (tunnels.put(asks.client(), new Client(asked, peer, typed(typed), null, null))) {
      apart(asks.client(), asks.key(), () -> asked(asks, asked, typed));
    } else {
      commands.deny(asks.client(), asks.key());
    }
  }

  private Digest typed(String text) {
    return Digest.of(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private void apart(long client, long key, Runnable work) {
    if (!places.tryAcquire()) {
      refuse(client, key);
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("a login through OpenVPN {} was not decided", config.name(), e);
        refuse(client, key);
      } finally {
        places.release();
      }
    });
  }

  private void asked(OpenVpnEvent.Asks asks, Admitting.Asked asked, String typed) {
    try (Secret secret = OpenVpnSaid.typed(typed)) {
      decided(asks, asked, admitting.admit(asked, secret));
    }
  }

  private void decided(OpenVpnEvent.Asks asks, Admitting.Asked asked, Answer answer) {
    switch (answer) {
      case Answer.Challenge(var state, var code, var life) -> challenged(asks, asked, state, code);
      case Answer.Held held -> throw new IllegalStateException("nothing was asked yet");
      case Answer.Refused _, Answer.Unavailable _, Answer.Admitted _ ->
          settled(asks.client(), asks.key(), asked, answer);
    }
  }

  private void challenged(
      OpenVpnEvent.Asks asks, Admitting.Asked asked, String state, @Nullable String code) {
    List<String> ways = List.of(asks.environment().getOrDefault("IV_SSO", "").split(",", -1));
    if (ways.contains("crtext")) {
      tunnels.change(asks.client(), client -> client.questioned(state));
      String question =
          code == null
              ? OpenVpnWords.question(config.language())
              : OpenVpnWords.confirm(
                  config.language(), OpenVpnWords.spaced(code), config.confirmAt());
      commands.pending(asks.client(), asks.key(), "CR_TEXT:R,E:" + question);
    } else if (code != null && (ways.contains("webauth") || ways.contains("openurl"))) {
      String way = ways.contains("webauth") ? "WEB_AUTH::" : "OPEN_URL:";
      commands.pending(
          asks.client(), asks.key(), way + config.confirmAt() + "#" + OpenVpnWords.spaced(code));
      waited(asks.client(), asks.key(), asked, state, "");
    } else {
      refuse(asks.client(), asks.key());
    }
  }

  /// The first answer counts.
  private void answered(OpenVpnEvent.Answers answers) {
    Client client = tunnels.takeQuestioned(answers.client());
    String state = client == null ? null : client.state();
    if (client == null || state == null) {
      // One that is being decided, or in, was not asked anything more.
      if (tunnels.get(answers.client()) == null) {
        commands.deny(answers.client(), answers.key());
      }
      return;
    }
    String said = OpenVpnSaid.answer(answers.text());
    apart(
        answers.client(),
        answers.key(),
        () -> waited(answers.client(), answers.key(), client.asked(), state, said));
  }

  /// The core lets each login go within a minute. One whose client has gone is not asked for again,
  /// so that no touch can let it in.
  private void waited(long client, long key, Admitting.Asked asked, String state, String said) {
    try (Secret typed = Secret.ofText(said)) {
      Answer answer = admitting.resume(asked, state, typed);
      if (!(answer instanceof Answer.Held)) {
        settled(client, key, asked, answer);
      } else if (held.tryAcquire()) {
        try {
          touched(client, key, asked, state, typed);
        } finally {
          held.release();
        }
      } else {
        refuse(client, key);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void touched(long client, long key, Admitting.Asked asked, String state, Secret typed)
      throws InterruptedException {
    Answer answer = new Answer.Held();
    while (answer instanceof Answer.Held) {
      TimeUnit.MILLISECONDS.sleep(HELD_MILLIS);
      if (tunnels.get(client) == null) {
        return;
      }
      answer = admitting.resume(asked, state, typed);
    }
    settled(client, key, asked, answer);
  }

  private void settled(long client, long key, Admitting.Asked asked, Answer answer) {
    if (!(answer instanceof Answer.Admitted(var tunnel, var terms))) {
      refuse(client, key);
      return;
    }
    if (!tunnels.change(client, one -> one.in(tunnel))) {
      // It went while it was decided, and nothing else would end what it was given.
      var _ = noted(asked, tunnel, Account.Status.STOPPED, client, Map.of());
      return;
    }
    // A cut that came before this client stood there could not end it.
    if (admitting.over(tunnel.session()) != null) {
      tunnels.remove(client);
      commands.deny(client, key);
      return;
    }
    // What this one takes the place of goes first: a server that still had to set that up would
    // do so now, and drop whoever else has the same name.
    var _ = end(0, Taken.NOTHING);
    commands.letIn(client, key, terms.framed());
  }

  /// New keys for a tunnel that stands, of the same person and device; nothing is decided anew but
  /// that it still holds. Without a certificate only what was typed at first, which clients repeat,
  /// tells the same device from another in its place.
  private void again(OpenVpnEvent.Asks asks) {
    Client client = tunnels.get(asks.client());
    Admitting.Tunnel tunnel = client == null ? null : client.tunnel();
    if (client != null
        && tunnel != null
        && isSame(client, asks.environment())
        && admitting.over(tunnel.session()) == null) {
      commands.letIn(asks.client(), asks.key(), null);
    } else {
      commands.deny(asks.client(), asks.key());
    }
  }

  private boolean isSame(Client client, Map<String, String> said) {
    Bytes certificate = OpenVpnSaid.certificate(said);
    return client.asked().name().equals(said.get("username"))
        && Objects.equals(client.asked().certificate(), certificate)
        && (certificate != null || client.typed().equals(typed(said.getOrDefault("password", ""))));
  }

  private void told(
      long number, @Nullable Client client, Account.Status status, Map<String, String> said) {
    Admitting.Tunnel tunnel = client == null ? null : client.tunnel();
    if (client == null || tunnel == null) {
      return;
    }
    Admitting.Noted noted = noted(client.asked(), tunnel, status, number, said);
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

  private Admitting.Noted noted(
      Admitting.Asked asked,
      Admitting.Tunnel tunnel,
      Account.Status status,
      long number,
      Map<String, String> said) {
    return admitting.note(
        new Account(
            status,
            config.name(),
            asked.at(),
            tunnel.session(),
            tunnel.name(),
            OpenVpnSaid.inside(said),
            Long.toString(number),
            OpenVpnSaid.figures(said)));
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

  private void kill(long number) {
    Client client = tunnels.get(number);
    commands.kill(number, client == null ? null : client.peer());
  }

  /// One that is in stays so, whatever it says beside.
  private void refuse(long client, long key) {
    if (tunnels.removeUnlessIn(client)) {
      commands.deny(client, key);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    shut(tunnels.sessions());
    tunnels.clear();
  }
}
