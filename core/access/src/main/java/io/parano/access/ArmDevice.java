package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionResponse;
import io.parano.identity.Device;
import io.parano.identity.Person;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.policy.VpnDecision;
import io.parano.policy.VpnRule;
import io.parano.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [Arming]. Recorded first, then the peer is put; a cut that came in between removes it again.
final class ArmDevice implements Arming {
  static final String DOOR = "web";
  private static final int PRESHARED_KEY = 32;

  private final Books books;
  private final BeginSignIn begin;
  private final TouchToken touch;
  private final TouchedPassword passwords;
  private final Ceremonies ceremonies;
  private final Leasing leasing;
  private final Carrier carrier;
  private final Journal journal;
  private final Randomness randomness;
  private final InstantSource clock;

  ArmDevice(
      Books books,
      BeginSignIn begin,
      TouchToken touch,
      TouchedPassword passwords,
      Ceremonies ceremonies,
      Leasing leasing,
      Carrier carrier,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.begin = begin;
    this.touch = touch;
    this.passwords = passwords;
    this.ceremonies = ceremonies;
    this.leasing = leasing;
    this.carrier = carrier;
    this.journal = journal;
    this.randomness = randomness;
    this.clock = clock;
  }

  /// A device of their own stands for the place: its key is proved by the tunnel itself, which
  /// nobody else can speak in.
  static FirstLevel firstLevel(Books books, String server) {
    return (person, source, now) -> {
      if (books.closures().covers(source)) {
        return Reason.SOURCE_CUT;
      }
      if (books.closures().everybody()) {
        return Reason.EVERYBODY_CUT;
      }
      if (person == null) {
        return null;
      }
      if (devices(books, person).isEmpty()) {
        return Reason.DEVICE_UNKNOWN;
      }
      return switch (books.policy().policy().decideDevice(server, person.groups(), source)) {
        case VpnDecision.Refused(var reason, var rule) -> reason;
        case VpnDecision.Allowed allowed -> null;
      };
    };
  }

  private static List<Device> devices(Books books, Person person) {
    return books.roster().devicesOf(person.id()).stream()
        .filter(device -> device.active() && device.kind() == Device.Kind.WIREGUARD)
        .toList();
  }

  @Override
  public SigningIn.Begun begin(String name, IpAddress source) {
    return begin.begin(name, source);
  }

  @Override
  public SigningIn.Touched touch(String id, AssertionResponse assertion, IpAddress source) {
    return touch.touch(id, assertion, source);
  }

  @Override
  public Armed arm(String id, Secret password, String label, IpAddress source) {
    return switch (passwords.give(id, password, source)) {
      case TouchedPassword.Given.Refused(var reason) -> new Armed.Refused(reason);
      case TouchedPassword.Given.Again(var reason) -> new Armed.Again(reason);
      case TouchedPassword.Given.Right right -> {
        Device device = chosen(right.person(), label.strip());
        if (device == null) {
          ceremonies.resume(id, right.touched());
          yield new Armed.Again(Reason.DEVICE_MISSING);
        }
        yield leasing.alone(device.address(), () -> decided(right, device.id(), source));
      }
    };
  }

  private @Nullable Device chosen(Person person, String label) {
    List<Device> devices =
        devices(books, person).stream()
            .filter(device -> label.isEmpty() || device.label().equalsIgnoreCase(label))
            .toList();
    return devices.size() == 1 ? devices.getFirst() : null;
  }

  private Armed decided(TouchedPassword.Given.Right right, DeviceId id, IpAddress source) {
    Instant now = clock.instant();
    Person person = right.person();
    Device device = books.roster().device(id);
    if (device == null || !device.active()) {
      return refuse(person, Reason.DEVICE_CUT, source, now);
    }
    if (!leasing.matters(device.address()) || !carrier.carries(device.address())) {
      return refuse(person, Reason.ADDRESS_NOT_ALLOWED, source, now);
    }
    Reason taken = leasing.refusal(device.address(), person.id(), now);
    if (taken != null) {
      return refuse(person, taken, source, now);
    }
    return switch (books
        .policy()
        .policy()
        .decideDevice(carrier.server(), person.groups(), source)) {
      case VpnDecision.Refused(var reason, var rule) -> refuse(person, reason, source, now);
      case VpnDecision.Allowed(var rule) -> granted(right, device, rule, source, now);
    };
  }

  private Armed granted(
      TouchedPassword.Given.Right right,
      Device device,
      VpnRule rule,
      IpAddress source,
      Instant now) {
    Session session = session(right, rule, source, now);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutSession(session));
    changes.addAll(leasing.changes(session, device.address(), device.id(), now));
    books.commit(
        Event.at(now, EventType.VPN_ADMISSION, Outcome.DONE)
            .by(session.person())
            .from(DOOR, source)
            .on("vpn:" + carrier.server())
            .with("rule", rule.name())
            .with("token", session.authenticator().toString())
            .with("device", device.id().toString())
            .with("address", device.address().toString())
            .with("session", session.id().toString()),
        changes);
    Reason since = since(session);
    return since == null
        ? carried(device, session)
        : ended(session, since, new Armed.Refused(since));
  }

  private Armed carried(Device device, Session session) {
    Secret preshared = Secret.random(PRESHARED_KEY, randomness);
    try {
      carrier
          .peers()
          .put(new Peers.Peer(device.key(), device.address(), session.endsAt()), preshared);
    } catch (Peers.Unavailable e) {
      preshared.wipe();
      return ended(session, null, new Armed.Unavailable());
    }
    // A cut that came before the peer stood could not remove it.
    Reason since = since(session);
    if (since == null) {
      return new Armed.Done(
          device.label(),
          carrier.server(),
          carrier.end(),
          device.address(),
          preshared,
          session.endsAt());
    }
    preshared.wipe();
    try {
      carrier.peers().remove(device.key());
    } catch (Peers.Unavailable e) {
      // It is none of the live ones: whatever carries it closes it by itself.
    }
    return ended(session, since, new Armed.Refused(since));
  }

  private Armed ended(Session session, @Nullable Reason reason, Armed answer) {
    Event event =
        Event.at(clock.instant(), EventType.SESSION_ENDED, Outcome.DONE)
            .about(session.person())
            .on("session:" + session.id());
    books.withdraw(
        reason == null ? event.with("carried", "no") : event.because(reason),
        Endings.of(books, session));
    return answer;
  }

  /// The disk took its time: what held before it must still hold.
  private @Nullable Reason since(Session session) {
    Leases.Held held = books.leases().of(session.id());
    return held == null ? Reason.SESSION_CUT : Tunnels.over(books, held, clock.instant());
  }

  /// Bound to where it was armed from: a cut of that network ends it. The device may roam all the
  /// same; its key goes with it.
  private Session session(
      TouchedPassword.Given.Right right, VpnRule rule, IpAddress source, Instant now) {
    Duration absolute = books.policy().policy().sessionLimits().absolute();
    Duration life = rule.connection().compareTo(absolute) < 0 ? rule.connection() : absolute;
    return new Session(
        SessionId.next(now, randomness),
        Portals.digest(Portals.text(randomness.bytes(32))),
        Session.Kind.DEVICE,
        carrier.server(),
        right.person().id(),
        right.touched().token(),
        source.binding(),
        right.person().generation(),
        right.epoch(),
        now,
        right.touched().touchedAt(),
        now.plus(life),
        null);
  }

  @Override
  public List<Peers.Peer> live() {
    Instant now = clock.instant();
    List<Peers.Peer> live = new ArrayList<>();
    for (Leases.Held held : books.leases().all()) {
      Device device =
          held.lease().device() == null ? null : books.roster().device(held.lease().device());
      if (device != null
          && device.kind() == Device.Kind.WIREGUARD
          && Tunnels.over(books, held, now) == null) {
        live.add(new Peers.Peer(device.key(), held.lease().address(), held.lease().endsAt()));
      }
    }
    return live;
  }

  private Armed refuse(Person person, Reason reason, IpAddress source, Instant now) {
    journal.refused(
        Event.at(now, EventType.VPN_ADMISSION, Outcome.REFUSED)
            .about(person.id())
            .from(DOOR, source)
            .on("vpn:" + carrier.server())
            .because(reason),
        source);
    return new Armed.Refused(reason);
  }
}
