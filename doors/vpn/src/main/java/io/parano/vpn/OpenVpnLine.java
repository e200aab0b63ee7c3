package io.parano.vpn;

import io.parano.access.Admitting;
import io.parano.access.Admitting.Account;
import io.parano.access.Admitting.Answer;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.vpn.OpenVpnTunnels.Client;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
  private final OpenVpnTunnels tunnels = new OpenVpnTunnels();
  private final ReentrantLock writing = new ReentrantLock();
  private final Semaphore places = new Semaphore(UNDER_WAY);

  OpenVpnLine(OpenVpnConfig config, SocketChannel channel, Admitting admitting) {
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
      case OpenVpnEvent.Established(long client) ->
          told(client, tunnels.get(client), Account.Status.STARTED, Map.of());
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
    IpAddress station = station(asks.environment());
    if (name == null || typed == null || station == null) {
      deny(asks.client(), asks.key());
      return;
    }
    Admitting.Asked asked = new Admitting.Asked(config.name(), station, name, station);
    try (Secret secret = typed(typed)) {
      decided(asks, asked, admitting.admit(asked, secret));
    }
  }

  /// A static challenge brings both in one field: `SCRV1:password:answer`, in base64.
  private static Secret typed(String password) {
    String[] parts = password.split(":", -1);
    if (parts.length == 3 && parts[0].equals("SCRV1")) {
      try {
        return Secret.ofText(text(parts[1]) + text(parts[2]).strip());
      } catch (IllegalArgumentException e) {
        return Secret.ofText(password);
      }
    }
    return Secret.ofText(password);
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static @Nullable IpAddress station(Map<String, String> said) {
    String address = said.get("untrusted_ip");
    try {
      String found = address == null ? said.get("untrusted_ip6") : address;
      return found == null ? null : IpAddress.parse(found);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void decided(OpenVpnEvent.Asks asks, Admitting.Asked asked, Answer answer) {
    switch (answer) {
      case Answer.Challenge(var state, var code, var life) -> challenged(asks, asked, state, code);
      case Answer.Held held -> throw new IllegalStateException("nothing was asked yet");
      case Answer.Refused _, Answer.Unavailable _, Answer.Admitted _ ->
          settled(asks.client(), asks.key(), asked, peer(asks.environment()), answer);
    }
  }

  private void challenged(
      OpenVpnEvent.Asks asks, Admitting.Asked asked, String state, @Nullable String code) {
    List<String> ways = List.of(asks.environment().getOrDefault("IV_SSO", "").split(",", -1));
    if (!tunnels.put(asks.client(), new Client(asked, peer(asks.environment()), state, null))) {
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
      said = text(answers.text());
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

  /// New keys for a tunnel that stands, of the same person from the same place; nothing is decided
  /// anew but that it still holds.
  private void again(OpenVpnEvent.Asks asks) {
    Client client = tunnels.get(asks.client());
    Admitting.Tunnel tunnel = client == null ? null : client.tunnel();
    boolean holds =
        client != null
            && tunnel != null
            && client.asked().name().equals(asks.environment().get("username"))
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
                null,
                Long.toString(number),
                figures(said)));
    switch (noted) {
      case Admitting.Noted.Heard heard -> {}
      case Admitting.Noted.Unavailable _, Admitting.Noted.Over _ -> {
        // What begins unrecorded does not begin.
        if (status == Account.Status.STARTED) {
          kill(number);
        }
      }
    }
  }

  private static String figures(Map<String, String> said) {
    return "seconds=%s in=%s out=%s"
        .formatted(
            digits(said.get("time_duration")),
            digits(said.get("bytes_received")),
            digits(said.get("bytes_sent")));
  }

  private static String digits(@Nullable String text) {
    return text != null && text.matches("\\d{1,19}") ? text : "0";
  }

  /// @param tunnels how many were over
  /// @param gone whether all of them have ended
  record Ended(int tunnels, boolean gone) {}

  /// Ends what is over, and waits `millis` for it.
  Ended end(long millis) {
    List<Long> over =
        tunnels.all().entrySet().stream()
            .filter(one -> {
              Admitting.Tunnel tunnel = one.getValue().tunnel();
              return tunnel != null && admitting.over(tunnel.session()) != null;
            })
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(this::kill);
    try {
      return new Ended(over.size(), tunnels.awaitGone(over, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(over.size(), false);
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

  private static @Nullable String peer(Map<String, String> said) {
    IpAddress address = station(said);
    String port = said.getOrDefault("untrusted_port", "");
    return address != null && address.isV4() && port.matches("\\d{1,5}")
        ? address + ":" + port
        : null;
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
    tunnels.clear();
  }
}
