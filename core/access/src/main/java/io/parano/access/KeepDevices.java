package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionResponse;
import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.session.LiveSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [DeviceKeeping].
final class KeepDevices implements DeviceKeeping {
  private final Books books;
  private final Portals portals;
  private final Ceremonies ceremonies;
  private final Touches touches;
  private final Journal journal;
  private final Duration life;
  private final Randomness randomness;
  private final InstantSource clock;

  KeepDevices(
      Books books,
      Portals portals,
      Ceremonies ceremonies,
      Touches touches,
      Journal journal,
      Duration life,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.ceremonies = ceremonies;
    this.touches = touches;
    this.journal = journal;
    this.life = life;
    this.randomness = randomness;
    this.clock = clock;
  }

  @Override
  public Duration life() {
    return life;
  }

  @Override
  public SigningIn.Begun begin(String bearer, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findPortal(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new SigningIn.Begun.Refused(reason);
      case Portals.Found.Holder(var live, var person) -> begin(live, person, source, now);
    };
  }

  private SigningIn.Begun begin(LiveSession live, Person person, IpAddress source, Instant now) {
    Bytes challenge = Bytes.of(randomness.bytes(32));
    List<Bytes> allowed =
        books.roster().tokensOf(person.id()).stream()
            .filter(token -> token.usable(now))
            .map(Authenticator::credentialId)
            .toList();
    return ceremonies
        .begin(
            new Ceremony.DeviceAsked(
                live.id(), challenge, source.binding(), now.plus(GateSettings.CEREMONY)),
            now)
        .<SigningIn.Begun>map(
            id -> new SigningIn.Begun.Options(id, challenge, allowed, GateSettings.CEREMONY))
        .orElseGet(() -> new SigningIn.Begun.Refused(Reason.RATE_LIMITED));
  }

  @Override
  public Made make(
      String bearer, String id, AssertionResponse assertion, String label, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findPortal(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Made.Refused(reason);
      case Portals.Found.Holder(var live, var person) ->
          ceremonies.take(id, now).orElse(null) instanceof Ceremony.DeviceAsked asked
                  && asked.session().equals(live.id())
              ? touched(live, person, asked, assertion, label.strip(), source, now)
              : refuse(person, Reason.CEREMONY_UNKNOWN, "", source, now);
    };
  }

  private Made touched(
      LiveSession live,
      Person person,
      Ceremony.DeviceAsked asked,
      AssertionResponse assertion,
      String label,
      IpAddress source,
      Instant now) {
    if (label.isEmpty() || !Authenticator.validLabel(label)) {
      return refuse(person, Reason.REQUEST_MALFORMED, "label", source, now);
    }
    if (counting(person, now).size() >= MOST) {
      return refuse(person, Reason.RATE_LIMITED, "there are " + MOST, source, now);
    }
    return switch (touches.verify(person, asked.challenge(), assertion, source, now)) {
      case Touches.Touch.Refused(var reason, var detail) ->
          refuse(person, reason, detail, source, now);
      case Touches.Touch.Accepted accepted -> made(live, person, accepted, label, source, now);
    };
  }

  private Made made(
      LiveSession live,
      Person person,
      Touches.Touch.Accepted touch,
      String label,
      IpAddress source,
      Instant now) {
    Secret password = DevicePasswordText.random(randomness);
    DevicePassword device =
        new DevicePassword(
            DeviceId.next(now, randomness),
            person.id(),
            label,
            java.util.Objects.requireNonNull(DevicePasswordText.digest(password)),
            live.generation(),
            live.epoch(),
            now,
            now.plus(life));
    books.commit(
        Event.at(now, EventType.DEVICE_PASSWORD_MADE, Outcome.DONE)
            .by(person.id())
            .from("web", source)
            .on("device:" + device.id())
            .with("token", touch.token().id().toString())
            .with("session", live.id().toString())
            .with("until", device.endsAt().toString())
            .withPersonal("label", label),
        touch.count(),
        new Change.PutDevicePassword(device));
    return new Made.Done(device.id(), password, device.endsAt());
  }

  @Override
  public Reply<List<Row>> list(String bearer, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOperator(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Reply.Refused<>(reason);
      case Portals.Found.Holder(var live, var person) ->
          new Reply.Done<>(
              counting(person.officer() ? null : person, now).stream().map(this::row).toList());
    };
  }

  /// @param person whose; null for everybody's
  private List<DevicePassword> counting(@Nullable Person person, Instant now) {
    return books.devicePasswords().all().stream()
        .filter(device -> person == null || device.person().equals(person.id()))
        .filter(device -> device.over(books, now) == null)
        .sorted(Comparator.comparing(DevicePassword::madeAt))
        .toList();
  }

  private Row row(DevicePassword device) {
    Person person = books.roster().person(device.person());
    return new Row(
        device.id(),
        person == null ? device.person().toString() : person.name(),
        device.label(),
        device.madeAt(),
        device.endsAt());
  }

  private Made refuse(Person person, Reason reason, String detail, IpAddress source, Instant now) {
    journal.refused(
        Event.at(now, EventType.DEVICE_PASSWORD_MADE, Outcome.REFUSED)
            .by(person.id())
            .from("web", source)
            .because(reason)
            .with("detail", detail),
        source);
    return new Made.Refused(reason);
  }
}
