package io.parano.radius;

import io.parano.access.Admitting;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.radius.Counters.Fate;
import io.parano.radiuspacket.Attribute;
import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.Password;
import io.parano.radiuspacket.Request;
import io.parano.radiuspacket.StationId;
import io.parano.radiuspacket.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one place where packets become questions and answers become packets. Outsiders learn yes, no
/// or another question; reasons are for the log.
final class Calls {
  /// What marks our own Class among others.
  private static final String MARK = "parano:";

  /// How often a server is asked to tell that a tunnel goes on (RFC 2869 section 5.16).
  private static final long INTERIM_SECONDS = 600;

  private static final long NO_ECHO = 0;

  /// Requests of one client that wait for a touch at once.
  private static final int MOST_HELD = 64;

  private static final long LOOK_MILLIS = 200;

  private final Admitting admitting;
  private final Lines lines;
  private final Counters counters;
  private final Language language;
  private final String confirmAt;
  private final Map<String, Semaphore> holding = new ConcurrentHashMap<>();

  /// @param language what a VPN client's user is asked in
  /// @param confirmAt where a touch confirms a login
  Calls(Admitting admitting, Lines lines, Counters counters, Language language, String confirmAt) {
    this.admitting = admitting;
    this.lines = lines;
    this.counters = counters;
    this.language = language;
    this.confirmAt = confirmAt;
  }

  /// The octets to send back; null for silence. Blocks while hashes and disks take their time.
  ///
  /// @param alive what says to Status-Server that we are there (RFC 5997 section 3)
  byte @Nullable [] answer(RadiusClient client, IpAddress at, Request request, Code alive) {
    return switch (request.packet().code()) {
      case ACCESS_REQUEST -> access(client, at, request);
      case ACCOUNTING_REQUEST -> accounting(client, at, request);
      case STATUS_SERVER -> {
        counters.count(Fate.ALIVE);
        yield request.answer(alive, List.of());
      }
      case ACCESS_ACCEPT,
          ACCESS_REJECT,
          ACCESS_CHALLENGE,
          ACCOUNTING_RESPONSE,
          DISCONNECT_REQUEST,
          DISCONNECT_ACK,
          DISCONNECT_NAK,
          COA_REQUEST,
          COA_ACK,
          COA_NAK -> {
        counters.count(Fate.WRONG_PORT);
        yield null;
      }
    };
  }

  private byte[] access(RadiusClient client, IpAddress at, Request request) {
    Packet packet = request.packet();
    Optional<String> name = packet.text(Type.USER_NAME);
    if (name.isEmpty()) {
      return reject(request);
    }
    Admitting.Asked asked = new Admitting.Asked(client.name(), at, name.get(), station(packet));
    return switch (request.password()) {
      case Password.Missing missing -> reject(request);
      case Password.Malformed malformed -> reject(request);
      case Password.Given(var typed) -> {
        try (typed) {
          yield answer(client, request, settled(asked, packet.first(Type.STATE), typed));
        }
      }
    };
  }

  /// Waits for a touch where one is waited for: the core lets each login go within a minute.
  private Admitting.Answer settled(Admitting.Asked asked, @Nullable Bytes state, Secret typed) {
    Admitting.Answer first = asked(asked, state, typed);
    if (!(first instanceof Admitting.Answer.Held)) {
      return first;
    }
    Semaphore places = holding.computeIfAbsent(asked.server(), name -> new Semaphore(MOST_HELD));
    if (!places.tryAcquire()) {
      counters.count(Fate.OVERLOADED);
      return new Admitting.Answer.Refused(Reason.RATE_LIMITED);
    }
    try {
      counters.count(Fate.HELD);
      Admitting.Answer answer = first;
      while (answer instanceof Admitting.Answer.Held) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        answer = asked(asked, state, typed);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Admitting.Answer.Unavailable();
    } finally {
      places.release();
    }
  }

  private Admitting.Answer asked(Admitting.Asked asked, @Nullable Bytes state, Secret typed) {
    return state == null
        ? admitting.admit(asked, typed)
        : admitting.resume(asked, new String(state.copy(), StandardCharsets.ISO_8859_1), typed);
  }

  private static @Nullable IpAddress station(Packet packet) {
    return packet
        .text(Type.CALLING_STATION_ID)
        .map(StationId::read)
        .flatMap(read ->
            switch (read) {
              case StationId.Reading.Address(var address) -> Optional.of(address);
              case StationId.Reading.Hardware hardware -> Optional.<IpAddress>empty();
              case StationId.Reading.Unreadable unreadable -> Optional.<IpAddress>empty();
            })
        .orElse(null);
  }

  private byte[] answer(RadiusClient client, Request request, Admitting.Answer answer) {
    return switch (answer) {
      case Admitting.Answer.Refused refused -> reject(request);
      case Admitting.Answer.Unavailable unavailable -> reject(request);
      case Admitting.Answer.Held held ->
          throw new IllegalStateException("a login was not waited for");
      case Admitting.Answer.Challenge(var state, var code, var life) -> {
        counters.count(Fate.CHALLENGED);
        yield request.answer(
            Code.ACCESS_CHALLENGE,
            List.of(
                Attribute.of(Type.REPLY_MESSAGE, question(code)),
                Attribute.of(Type.STATE, state),
                Attribute.of(Type.SESSION_TIMEOUT, life.toSeconds()),
                Attribute.of(Type.PROMPT, NO_ECHO)));
      }
      case Admitting.Answer.Admitted(var tunnel, var terms) -> {
        lines.opened(tunnel, client, request.packet());
        // A cut that came before this line stood there could not end it.
        if (admitting.over(tunnel.session()) != null) {
          lines.closed(tunnel.session(), client);
          yield reject(request);
        }
        counters.count(Fate.ACCEPTED);
        yield request.answer(Code.ACCESS_ACCEPT, accepted(tunnel, terms));
      }
    };
  }

  private String question(@Nullable String code) {
    return code == null
        ? Words.question(language)
        : Words.confirm(language, spaced(code), confirmAt);
  }

  /// Half and half, to be read and typed.
  private static String spaced(String code) {
    int half = code.length() / 2;
    return code.substring(0, half) + "-" + code.substring(half);
  }

  private static List<Attribute> accepted(Admitting.Tunnel tunnel, Admitting.Terms terms) {
    List<Attribute> attributes = new ArrayList<>();
    String category = terms.category();
    if (category != null) {
      attributes.add(Attribute.of(Type.CLASS, category));
    }
    attributes.add(Attribute.of(Type.CLASS, MARK + tunnel.session()));
    String filter = terms.filter();
    if (filter != null) {
      attributes.add(Attribute.of(Type.FILTER_ID, filter));
    }
    IpAddress framed = terms.framed();
    if (framed != null) {
      attributes.add(
          Attribute.of(
              Type.FRAMED_IP_ADDRESS,
              Bytes.of(ByteBuffer.allocate(4).putInt((int) framed.low()).array())));
    }
    attributes.add(Attribute.of(Type.SESSION_TIMEOUT, Math.max(1, seconds(terms.life()))));
    attributes.add(Attribute.of(Type.ACCT_INTERIM_INTERVAL, INTERIM_SECONDS));
    return attributes;
  }

  private static long seconds(Duration life) {
    return Math.min(Integer.MAX_VALUE, life.toSeconds());
  }

  private byte[] reject(Request request) {
    counters.count(Fate.REJECTED);
    return request.answer(Code.ACCESS_REJECT, List.of());
  }

  private byte @Nullable [] accounting(RadiusClient client, IpAddress at, Request request) {
    Packet packet = request.packet();
    Admitting.Account.Status status = status(packet);
    if (status == null) {
      counters.count(Fate.UNANSWERED);
      return null;
    }
    Admitting.Account account =
        new Admitting.Account(
            status,
            client.name(),
            at,
            marked(packet),
            packet.text(Type.USER_NAME).orElse(null),
            framed(packet),
            packet.text(Type.ACCT_SESSION_ID).orElse("?"),
            figures(packet));
    return switch (admitting.note(account)) {
      case Admitting.Noted.Unavailable unavailable -> {
        counters.count(Fate.UNANSWERED);
        yield null;
      }
      case Admitting.Noted.Over(var reason, var tunnel) -> {
        lines.mustEnd(tunnel, client, packet);
        yield accounted(request);
      }
      case Admitting.Noted.Heard(var tunnel) -> {
        if (status == Admitting.Account.Status.STOPPED) {
          lines.closed(tunnel, client);
        } else {
          lines.heard(tunnel, packet);
        }
        yield accounted(request);
      }
    };
  }

  /// RFC 2865 section 5.8.
  private static @Nullable IpAddress framed(Packet packet) {
    Bytes value = packet.first(Type.FRAMED_IP_ADDRESS);
    return value == null || value.length() != 4
        ? null
        : IpAddress.v4(ByteBuffer.wrap(value.copy()).getInt());
  }

  private byte[] accounted(Request request) {
    counters.count(Fate.ACCOUNTED);
    return request.answer(Code.ACCOUNTING_RESPONSE, List.of());
  }

  /// RFC 2866 section 5.1; null for what we don't keep books on.
  private static Admitting.Account.@Nullable Status status(Packet packet) {
    return switch ((int) packet.number(Type.ACCT_STATUS_TYPE).orElse(0)) {
      case 1 -> Admitting.Account.Status.STARTED;
      case 2 -> Admitting.Account.Status.STOPPED;
      case 3 -> Admitting.Account.Status.GOES_ON;
      case 7, 8 -> Admitting.Account.Status.ALL_STOPPED;
      default -> null;
    };
  }

  private static @Nullable SessionId marked(Packet packet) {
    for (Attribute attribute : packet.attributes()) {
      if (attribute.number() == Type.CLASS.number()) {
        String text = new String(attribute.value().copy(), StandardCharsets.ISO_8859_1);
        if (text.startsWith(MARK)) {
          try {
            return SessionId.parse(text.substring(MARK.length()));
          } catch (IllegalArgumentException e) {
            return null;
          }
        }
      }
    }
    return null;
  }

  private static String figures(Packet packet) {
    return "seconds=%d in=%d out=%d cause=%d"
        .formatted(
            packet.number(Type.ACCT_SESSION_TIME).orElse(0),
            packet.number(Type.ACCT_INPUT_OCTETS).orElse(0),
            packet.number(Type.ACCT_OUTPUT_OCTETS).orElse(0),
            packet.number(Type.ACCT_TERMINATE_CAUSE).orElse(0));
  }
}
