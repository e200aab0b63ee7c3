package io.parano.radius;

import io.parano.access.Admitting;
import io.parano.kernel.SessionId;
import io.parano.radiuspacket.Attribute;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tunnels that are up as far as we know, and by what their server knows them. Bounded by the
/// sessions there are; those of a server that tells of tunnels we know nothing of, by a number.
final class Lines {
  /// By what a server may know a tunnel again (RFC 5176 section 3).
  private static final List<Type> NAMING =
      List.of(
          Type.USER_NAME,
          Type.NAS_IP_ADDRESS,
          Type.NAS_IPV6_ADDRESS,
          Type.NAS_IDENTIFIER,
          Type.NAS_PORT,
          Type.CALLING_STATION_ID,
          Type.FRAMED_IP_ADDRESS,
          Type.ACCT_SESSION_ID);

  private static final int MOST_STRAYS = 1_024;

  /// @param session null for one that we know nothing of
  /// @param naming what a Disconnect-Request says of it
  /// @param endsAt when its server ends it by itself; null where that is not known
  record Line(
      @Nullable SessionId session,
      String server,
      List<Attribute> naming,
      @Nullable Instant endsAt) {
    Line {
      naming = List.copyOf(naming);
    }

    /// Whether the server told of it: until then it may have nothing to end yet.
    boolean isTold() {
      return first(naming, Type.ACCT_SESSION_ID) != null;
    }

    Line with(Packet told) {
      return new Line(session, server, merged(naming, told), endsAt);
    }
  }

  private final Map<SessionId, Line> open = new ConcurrentHashMap<>();
  private final Map<String, Line> strays = new ConcurrentHashMap<>();

  /// Tunnels from before a start: by the person's name until the server tells more.
  void restore(List<Admitting.Tunnel> tunnels) {
    for (Admitting.Tunnel tunnel : tunnels) {
      open.putIfAbsent(
          tunnel.session(),
          new Line(
              tunnel.session(),
              tunnel.server(),
              List.of(Attribute.of(Type.USER_NAME, tunnel.name())),
              tunnel.endsAt()));
    }
  }

  void opened(Admitting.Tunnel tunnel, RadiusClient client, Packet login) {
    open.put(
        tunnel.session(),
        new Line(tunnel.session(), client.name(), naming(login), tunnel.endsAt()));
  }

  /// The server told of it, and thereby by what it knows it.
  void heard(@Nullable SessionId tunnel, Packet told) {
    if (tunnel != null) {
      open.computeIfPresent(tunnel, (id, line) -> line.with(told));
    }
  }

  /// One server says nothing of another's.
  void closed(@Nullable SessionId tunnel, RadiusClient client) {
    if (tunnel != null) {
      open.computeIfPresent(
          tunnel, (id, line) -> line.server().equals(client.name()) ? null : line);
    }
  }

  /// The server told of one that is over, or that we know nothing of.
  void mustEnd(@Nullable SessionId tunnel, RadiusClient client, Packet told) {
    if (tunnel != null) {
      open.compute(
          tunnel,
          (id, line) ->
              line == null ? new Line(id, client.name(), naming(told), null) : line.with(told));
    } else if (strays.size() < MOST_STRAYS) {
      Optional<String> call = told.text(Type.ACCT_SESSION_ID);
      call.ifPresent(id ->
          strays.put(client.name() + " " + id, new Line(null, client.name(), naming(told), null)));
    }
  }

  List<Line> all() {
    return Stream.concat(open.values().stream(), strays.values().stream()).toList();
  }

  boolean hasStrays() {
    return !strays.isEmpty();
  }

  void drop(Line line) {
    SessionId session = line.session();
    if (session == null) {
      strays.values().remove(line);
    } else {
      open.remove(session);
    }
  }

  private static List<Attribute> naming(Packet packet) {
    return merged(List.of(), packet);
  }

  private static List<Attribute> merged(List<Attribute> known, Packet told) {
    List<Attribute> merged = new ArrayList<>();
    for (Type type : NAMING) {
      Attribute fresh = first(told.attributes(), type);
      Attribute old = first(known, type);
      if (fresh != null) {
        merged.add(fresh);
      } else if (old != null) {
        merged.add(old);
      }
    }
    return merged;
  }

  private static @Nullable Attribute first(List<Attribute> attributes, Type type) {
    for (Attribute attribute : attributes) {
      if (attribute.number() == type.number()) {
        return attribute;
      }
    }
    return null;
  }
}
