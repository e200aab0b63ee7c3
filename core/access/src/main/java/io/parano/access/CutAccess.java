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
import io.parano.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The lever. What it takes away is gone from memory before it is written, and every door says when
/// nothing passes any more.
final class CutAccess implements Lever {
  /// With more sessions than this to end one by one, everybody signs in again instead: a cut must
  /// fit the reserve.
  private static final int ONE_BY_ONE = 1_000;

  private final Books books;
  private final Officers officers;
  private final List<Door> doors;
  private final InstantSource clock;

  CutAccess(Books books, Officers officers, List<Door> doors, InstantSource clock) {
    this.books = books;
    this.officers = officers;
    this.doors = List.copyOf(doors);
    this.clock = clock;
  }

  @Override
  public Report cut(Target target, String because, By by) {
    Instant began = clock.instant();
    int ended = officers.withoutDelay(() -> take(target, because, by, began));
    List<Acknowledged> acknowledged = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (Door door : doors) {
      try {
        door.closed();
        acknowledged.add(
            new Acknowledged(door.name(), Duration.between(began, clock.instant()), ended));
      } catch (Door.Silent e) {
        silent.add(door.name());
      }
    }
    return new Report(ended, acknowledged, silent);
  }

  private int take(Target target, String because, By by, Instant now) {
    List<Change> ends = ends(target);
    List<Change> changes = new ArrayList<>(closing(target));
    if (ends.size() <= ONE_BY_ONE) {
      changes.addAll(ends);
    } else if (target instanceof Target.OneNetwork) {
      changes.add(new Change.PutEpoch(books.closures().epoch() + 1, books.closures().everybody()));
    }
    Event event =
        Event.at(now, EventType.CUT, Outcome.DONE)
            .through(by.door())
            .on(name(target))
            .with("because", because)
            .with("sessions", Integer.toString(ends.size()))
            .withPersonal("origin", by.origin());
    books.withdraw(by.person() == null ? event : event.by(by.person()), changes);
    return ends.size();
  }

  private List<Change> closing(Target target) {
    return switch (target) {
      case Target.OnePerson(var id) -> {
        Person person = books.roster().person(id);
        yield person == null || person.state() == PersonState.GONE ? List.of() : frozen(person);
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
      case Target.OneDevice(var id) -> {
        Device device = books.roster().device(id);
        yield device == null
            ? List.of()
            : List.of(new Change.PutDevice(device.as(Device.State.CUT)));
      }
      case Target.OneNetwork(var network) ->
          List.of(new Change.CutNetwork(network, clock.instant()));
      case Target.OneSession session -> List.of();
      case Target.Everybody() -> List.of(new Change.PutEpoch(books.closures().epoch() + 1, true));
    };
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

  private List<Change> ends(Target target) {
    return switch (target) {
      case Target.OnePerson(var id) -> Endings.of(books, session -> session.person().equals(id));
      case Target.OneToken(var id) ->
          Endings.of(books, session -> session.authenticator().equals(id));
      case Target.OneDevice(var id) -> Endings.of(books, session -> opened(session, id));
      case Target.OneNetwork(var network) ->
          Endings.of(
              books,
              session ->
                  network.contains(session.source().first())
                      || session.source().contains(network.first())
                      || Endings.holdsAddressIn(books, session, network));
      case Target.OneSession(var id) -> Endings.of(books, session -> session.id().equals(id));
      case Target.Everybody() -> Endings.of(books, session -> true);
    };
  }

  private boolean opened(Session session, DeviceId device) {
    Leases.Held held = books.leases().of(session.id());
    return held != null && device.equals(held.lease().device());
  }

  private static String name(Target target) {
    return switch (target) {
      case Target.OnePerson(var id) -> "person:" + id;
      case Target.OneToken(var id) -> "token:" + id;
      case Target.OneDevice(var id) -> "vpn-device:" + id;
      case Target.OneNetwork(var network) -> "network:" + network;
      case Target.OneSession(var id) -> "session:" + id;
      case Target.Everybody() -> "everybody";
    };
  }
}
