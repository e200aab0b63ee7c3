package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Device;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpPrefix;
import io.parano.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// The lever. What it takes away is gone from memory before it is written, and every door says when
/// nothing passes any more, none of them waiting for another.
///
/// With the cut is written down that the doors are still to be told, and once all have answered,
/// what they said: whoever dies in between finds it at the next start and tells them again.
final class CutAccess implements Lever {
  /// With more sessions than this to end one by one, everybody signs in again instead: a cut must
  /// fit the reserve.
  private static final int ONE_BY_ONE = 1_000;

  /// How long after the lever was pulled the report comes, whoever is silent; the doors have the
  /// rest of a second to be late by.
  private static final Duration LONGEST = Duration.ofMillis(900);

  /// What doors get when the disk has taken all of that.
  private static final Duration LEAST = Duration.ofMillis(200);

  private final Books books;
  private final Officers officers;
  private final List<Door> doors;
  private final Abreast abreast;
  private final InstantSource clock;
  private final AtomicLong numbers = new AtomicLong();
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

  CutAccess(
      Books books, Officers officers, List<Door> doors, Abreast abreast, InstantSource clock) {
    this.books = books;
    this.officers = officers;
    this.doors = List.copyOf(doors);
    this.abreast = abreast;
    this.clock = clock;
    books.untold().forEach(cut -> numbers.accumulateAndGet(cut.number(), Math::max));
  }

  @Override
  public Report cut(Target target, String because, By by) {
    Instant began = clock.instant();
    long number = numbers.incrementAndGet();
    underWay.add(number);
    try {
      Taken taken = officers.withoutDelay(() -> take(number, target, because, by, began));
      Report report = tell(taken, began);
      told(report, name(target), began, Set.of(number));
      return report;
    } finally {
      underWay.remove(number);
    }
  }

  @Override
  public void tellAgain() {
    List<Untold> left =
        books.untold().stream().filter(cut -> !underWay.contains(cut.number())).toList();
    if (left.isEmpty()) {
      return;
    }
    Instant began = clock.instant();
    Report report =
        tell(new Taken(left.stream().flatMap(cut -> cut.ended().stream()).toList()), began);
    if (report.silent().isEmpty()) {
      told(
          report,
          left.size() + " cuts",
          began,
          left.stream().map(Untold::number).collect(Collectors.toSet()));
    }
  }

  private Report tell(Taken taken, Instant began) {
    Map<String, Acknowledged> said = new ConcurrentHashMap<>();
    List<Runnable> tasks = new ArrayList<>();
    for (Door door : doors) {
      tasks.add(() -> {
        try {
          int ended = door.closed(taken);
          said.put(door.name(), new Acknowledged(door.name(), since(began), ended));
        } catch (Door.Silent e) {
          // Whoever has not said anything is silent.
        }
      });
    }
    Duration left = LONGEST.minus(since(began));
    abreast.run(tasks, left.compareTo(LEAST) < 0 ? LEAST : left);
    List<Acknowledged> acknowledged = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (Door door : doors) {
      Acknowledged one = said.get(door.name());
      if (one == null) {
        silent.add(door.name());
      } else {
        acknowledged.add(one);
      }
    }
    return new Report(taken.ended().size(), acknowledged, silent);
  }

  private Duration since(Instant began) {
    return Duration.between(began, clock.instant());
  }

  /// Writes down what the doors said. While the log can't be written they count as untold, which
  /// costs no more than telling them again.
  private void told(Report report, String what, Instant began, Set<Long> cuts) {
    boolean all = report.silent().isEmpty();
    Event event =
        Event.at(began, EventType.CUT_ACKNOWLEDGED, all ? Outcome.DONE : Outcome.FAILED)
            .on(what)
            .with(
                "doors",
                report.doors().stream()
                    .map(door ->
                        "%s %d us, %d ended"
                            .formatted(door.door(), door.took().toNanos() / 1000, door.ended()))
                    .collect(Collectors.joining("; ")));
    List<Change> changes = new ArrayList<>();
    if (all) {
      cuts.forEach(number -> changes.add(new Change.DropUntold(number)));
    } else {
      event = event.with("silent", String.join("; ", report.silent()));
    }
    try {
      books.commit(event, changes);
    } catch (Ledger.Unavailable e) {
      // They are told again.
    }
  }

  private Taken take(long number, Target target, String because, By by, Instant now) {
    List<Session> ends = ends(target);
    List<Change> changes = new ArrayList<>(closing(target));
    Taken taken = new Taken(ends.stream().map(Taken.Ended::of).toList());
    List<Taken.Ended> outside = List.of();
    if (ends.size() <= ONE_BY_ONE) {
      changes.addAll(Endings.changes(ends));
      outside = taken.ended().stream().filter(Taken.Ended::outside).toList();
    } else if (target instanceof Target.OneNetwork || target instanceof Target.OneZone) {
      changes.add(new Change.PutEpoch(books.closures().epoch() + 1, books.closures().everybody()));
    }
    changes.add(new Change.PutUntold(new Untold(number, now, outside)));
    Event event =
        Event.at(now, EventType.CUT, Outcome.DONE)
            .through(by.door())
            .on(name(target))
            .with("because", because)
            .with("sessions", Integer.toString(ends.size()))
            .withPersonal("origin", by.origin());
    books.withdraw(by.person() == null ? event : event.by(by.person()), changes);
    return taken;
  }

  private List<Change> closing(Target target) {
    return switch (target) {
      case Target.OnePerson(var id) -> {
        Person person = books.roster().person(id);
        if (person == null) {
          yield List.of();
        }
        // Written once more: a cut that overtook their leaving was written after it.
        yield person.state() == PersonState.GONE
            ? List.of(new Change.PutPerson(person))
            : frozen(person);
      }
      case Target.OneToken(var id) -> {
        Authenticator token = books.roster().token(id);
        OtpToken otp = books.roster().otpToken(id);
        if (token != null) {
          yield List.of(new Change.PutAuthenticator(token.as(AuthenticatorState.CUT)));
        }
        yield otp == null
            ? List.of()
            : List.of(new Change.PutOtpToken(otp.as(AuthenticatorState.CUT)));
      }
      case Target.OneVpnDevice(var id) -> {
        Device device = books.roster().device(id);
        yield device == null
            ? List.of()
            : List.of(new Change.PutDevice(device.as(Device.State.CUT)));
      }
      case Target.OneNetwork(var network) ->
          List.of(new Change.CutNetwork(network, clock.instant()));
      case Target.OneZone(var zone) ->
          List.of(new Change.CutZone(zone, networks(zone), clock.instant()));
      case Target.OneSession session -> List.of();
      case Target.OneDevice(var id) -> List.of(new Change.DropDevicePassword(id));
      case Target.Everybody() -> List.of(new Change.PutEpoch(books.closures().epoch() + 1, true));
    };
  }

  /// Those that the policy in force gives the zone, and those that are cut under its name already.
  private Set<IpPrefix> networks(String zone) {
    Set<IpPrefix> all = new HashSet<>(books.policy().policy().networksOf(zone));
    all.addAll(books.closures().zones().getOrDefault(zone, Set.of()));
    return all;
  }

  /// With the ways in that officers had opened for them and that nobody has used yet.
  private List<Change> frozen(Person person) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutPerson(person.as(PersonState.FROZEN).renewed()));
    books.docket().enrolments().stream()
        .filter(enrolment -> enrolment.person().equals(person.id()))
        .forEach(enrolment -> changes.add(new Change.CloseEnrolment(enrolment.act())));
    return changes;
  }

  private List<Session> ends(Target target) {
    return switch (target) {
      case Target.OnePerson(var id) ->
          Endings.sessions(books, session -> session.person().equals(id));
      case Target.OneToken(var id) ->
          Endings.sessions(books, session -> session.authenticator().equals(id));
      case Target.OneVpnDevice(var id) -> Endings.sessions(books, session -> opened(session, id));
      case Target.OneNetwork(var network) -> from(Set.of(network));
      case Target.OneZone(var zone) -> from(networks(zone));
      case Target.OneDevice device -> List.of();
      case Target.OneSession(var id) -> Endings.sessions(books, session -> session.id().equals(id));
      case Target.Everybody() -> Endings.sessions(books, session -> true);
    };
  }

  private boolean opened(Session session, DeviceId device) {
    Leases.Held held = books.leases().of(session.id());
    return held != null && device.equals(held.lease().device());
  }

  private List<Session> from(Collection<IpPrefix> networks) {
    return Endings.sessions(
        books,
        session ->
            networks.stream()
                .anyMatch(network ->
                    network.contains(session.source().first())
                        || session.source().contains(network.first())
                        || Endings.holdsAddressIn(books, session, network)));
  }

  private static String name(Target target) {
    return switch (target) {
      case Target.OnePerson(var id) -> "person:" + id;
      case Target.OneToken(var id) -> "token:" + id;
      case Target.OneVpnDevice(var id) -> "vpn-device:" + id;
      case Target.OneNetwork(var network) -> "network:" + network;
      case Target.OneZone(var zone) -> "zone:" + zone;
      case Target.OneDevice(var id) -> "device:" + id;
      case Target.OneSession(var id) -> "session:" + id;
      case Target.Everybody() -> "everybody";
    };
  }
}
