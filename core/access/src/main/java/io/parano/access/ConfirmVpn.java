package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionResponse;
import io.parano.authn.Assertions;
import io.parano.authn.GuessLimits;
import io.parano.authn.GuessOutcome;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// [Confirming]. Who relays somebody else's login has them type a code at their own address, and
/// the login waits for a touch at its device's: neither helps the other.
final class ConfirmVpn implements Confirming {
  private static final String COVERS = "parano vpn touch 1";

  private final Books books;
  private final HeldLogins held;
  private final Ceremonies ceremonies;
  private final Offers offers;
  private final Touches touches;
  private final GuessLimits limits;
  private final Journal journal;
  private final Randomness randomness;
  private final InstantSource clock;

  ConfirmVpn(
      Books books,
      HeldLogins held,
      Ceremonies ceremonies,
      Offers offers,
      Touches touches,
      GuessLimits limits,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.held = held;
    this.ceremonies = ceremonies;
    this.offers = offers;
    this.touches = touches;
    this.limits = limits;
    this.journal = journal;
    this.randomness = randomness;
    this.clock = clock;
  }

  @Override
  public Begun begin(String typed, String code, IpAddress source) {
    Instant now = clock.instant();
    String name = Beginnings.standing(typed.strip().toLowerCase(Locale.ROOT));
    Person person = books.roster().named(name).orElse(null);
    Reason bySource = Sources.refusal(books, source);
    // An enrolled device may be anywhere; who has one is nothing to learn here.
    if (bySource != null && bySource != Reason.SOURCE_UNLISTED) {
      return new Begun.Refused(refuse(null, "", bySource, "", source, now));
    }
    GuessOutcome asked =
        person == null ? limits.askNobody(name, source, now) : limits.ask(person.id(), source, now);
    return switch (asked) {
      case GuessOutcome.Shut shut -> limited(person, source, now);
      case GuessOutcome.Wait wait -> limited(person, source, now);
      case GuessOutcome.Go go -> guessed(name, person, HeldLogins.typed(code), go, source, now);
    };
  }

  private Begun guessed(
      String name,
      @Nullable Person person,
      String code,
      GuessOutcome.Go go,
      IpAddress source,
      Instant now) {
    HeldLogins.Shown login = held.shown(name, code, now).orElse(null);
    IpAddress station = login == null ? null : login.asked().station();
    if (login == null || station == null) {
      Reason bySource = Sources.refusal(books, source);
      return new Begun.Refused(
          refuse(person, "", bySource == null ? Reason.CODE_UNKNOWN : bySource, "", source, now));
    }
    Reason byPlace = ShownDevice.firstLevel(books, login.asked()).refusal(person, source, now);
    if (byPlace != null) {
      return new Begun.Refused(refuse(person, "", byPlace, "", source, now));
    }
    String server = login.asked().server();
    if (!station.binding().contains(source)) {
      return new Begun.Refused(
          refuse(person, server, Reason.SOURCE_CHANGED, "device at " + station, source, now));
    }
    limits.right(go);
    Bytes challenge = challenge(code, server, station);
    return ceremonies
        .begin(
            new Ceremony.Confirming(
                name,
                login.state(),
                login.asked(),
                challenge,
                source.binding(),
                now.plus(GateSettings.CEREMONY)),
            now)
        .<Begun>map(id ->
            new Begun.Options(
                id,
                challenge,
                List.copyOf(offers.to(name).keySet()),
                HeldLogins.LIFE,
                server,
                station))
        .orElseGet(() -> limited(person, source, now));
  }

  /// What the token signs: fresh, and of this code, this server and this place.
  private Bytes challenge(String code, String server, IpAddress station) {
    String covered =
        String.join(
            "\n",
            COVERS,
            Bytes.of(randomness.bytes(32)).base64Url(),
            code,
            server,
            station.toString());
    return Bytes.of(Digest.of(covered.getBytes(StandardCharsets.UTF_8)).bytes());
  }

  @Override
  public Confirmed finish(String id, AssertionResponse assertion, IpAddress source) {
    Instant now = clock.instant();
    if (!(ceremonies.take(id, now).orElse(null) instanceof Ceremony.Confirming begun)) {
      return refused(null, "", Reason.CEREMONY_UNKNOWN, "", source, now);
    }
    Person person = books.roster().named(begun.name()).orElse(null);
    Reason refusal = refusal(begun, person, source, now);
    Touches.Touch touch =
        touches.verify(
            refusal == null ? person : null,
            begun.challenge(),
            assertion,
            offers.to(begun.name()).getOrDefault(assertion.credentialId(), Assertions.NOBODYS_KEY),
            source,
            now);
    return switch (touch) {
      case Touches.Touch.Refused(var reason, var detail) ->
          refused(person, begun.server(), refusal == null ? reason : refusal, detail, source, now);
      case Touches.Touch.Accepted accepted when person == null ->
          throw new IllegalStateException("a touch was accepted for nobody");
      case Touches.Touch.Accepted accepted -> accept(begun, accepted, person, source, now);
    };
  }

  private @Nullable Reason refusal(
      Ceremony.Confirming begun, @Nullable Person person, IpAddress source, Instant now) {
    if (!begun.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    Reason bySource = ShownDevice.firstLevel(books, begun.asked()).refusal(person, source, now);
    return bySource != null || person == null ? bySource : People.refusal(books, person);
  }

  private Confirmed accept(
      Ceremony.Confirming begun,
      Touches.Touch.Accepted touch,
      Person person,
      IpAddress source,
      Instant now) {
    books.commit(
        Event.at(now, EventType.VPN_TOUCH, Outcome.DONE)
            .by(person.id())
            .from("web", source)
            .on("vpn:" + begun.server())
            .with("token", touch.token().id().toString()),
        touch.count());
    HeldLogins.Touched touched = new HeldLogins.Touched(person.id(), touch.token().id());
    return held.touch(begun.state(), touched, now)
        ? new Confirmed.Done()
        : refused(person, begun.server(), Reason.CODE_EXPIRED, "", source, now);
  }

  private Begun limited(@Nullable Person person, IpAddress source, Instant now) {
    return new Begun.Refused(refuse(person, "", Reason.RATE_LIMITED, "", source, now));
  }

  private Confirmed refused(
      @Nullable Person person,
      String server,
      Reason reason,
      String detail,
      IpAddress source,
      Instant now) {
    return new Confirmed.Refused(refuse(person, server, reason, detail, source, now));
  }

  private Reason refuse(
      @Nullable Person person,
      String server,
      Reason reason,
      String detail,
      IpAddress source,
      Instant now) {
    Event event =
        Event.at(now, EventType.VPN_TOUCH, Outcome.REFUSED)
            .from("web", source)
            .on("vpn:" + server)
            .because(reason)
            .with("detail", detail);
    journal.refused(person == null ? event : event.about(person.id()), source);
    return reason;
  }
}
