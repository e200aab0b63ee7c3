package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Leaf;
import io.parano.audit.Outcome;
import io.parano.audit.StoredEntry;
import io.parano.identity.Device;
import io.parano.identity.Person;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.policy.Asker;
import io.parano.policy.Explanation;
import io.parano.policy.Question;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// [Operating]: each answer after a look at who asks.
final class OperatorsDesk implements Operating {
  private final Books books;
  private final Portals portals;
  private final Lever lever;
  private final LogBook logBook;
  private final InstantSource clock;

  OperatorsDesk(Books books, Portals portals, Lever lever, LogBook logBook, InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.lever = lever;
    this.logBook = logBook;
    this.clock = clock;
  }

  @Override
  public Reply<List<StaffRow>> staff(String bearer, IpAddress source) {
    return forOfficer(
        bearer,
        source,
        officer ->
            books.roster().everybody().stream()
                .sorted(Comparator.comparing(Person::name))
                .map(this::row)
                .toList());
  }

  @Override
  public Reply<List<SessionRow>> sessions(String bearer, IpAddress source) {
    return forAnybody(
        bearer,
        source,
        person ->
            books
                .sessions()
                .where(session -> person.officer() || session.person().equals(person.id()))
                .stream()
                .sorted(Comparator.comparing((LiveSession live) -> live.startedAt()))
                .map(this::row)
                .toList());
  }

  @Override
  public Reply<Lever.Report> cut(String bearer, String order, String because, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOperator(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Reply.Refused<>(reason);
      case Portals.Found.Holder(var live, var person) -> {
        Lever.Target target = Targets.parse(order, books);
        yield person.officer() || own(target, person)
            ? new Reply.Done<>(
                lever.cut(target, because, new Lever.By(person.id(), "web", source.toString())))
            : new Reply.Refused<>(Reason.NOT_AN_OFFICER);
      }
    };
  }

  @Override
  public Reply<PolicyInForce> policy(String bearer, IpAddress source) {
    return forOfficer(bearer, source, officer -> books.policy());
  }

  @Override
  public Reply<Explanation> explain(
      String bearer,
      String host,
      String path,
      String method,
      IpAddress from,
      @Nullable String name,
      Factor factor,
      IpAddress source) {
    Instant now = clock.instant();
    return forOfficer(
        bearer,
        source,
        officer -> {
          Asker asker = name == null ? new Asker.Outsider() : holder(name, factor, from, now);
          return books
              .policy()
              .policy()
              .explain(new Question(host, path, method, false, from, asker, now));
        });
  }

  private Asker holder(String name, Factor factor, IpAddress from, Instant now) {
    Person person =
        books
            .roster()
            .named(name)
            .orElseThrow(() ->
                new IllegalArgumentException("nobody on the staff is called \"" + name + "\""));
    return new Asker.Holder(
        person.groups(), factor, now, Sources.leased(books, from, person.id(), now));
  }

  @Override
  public Reply<List<LogBook.Line>> log(String bearer, LogBook.Query query, IpAddress source) {
    return forOfficer(
        bearer,
        source,
        officer -> {
          recordRead(officer, query.asked(), source);
          return logBook.read(query);
        });
  }

  @Override
  public Reply<List<LogBook.Line>> follow(String bearer, long index, int most, IpAddress source) {
    return forOfficer(
        bearer,
        source,
        officer -> {
          List<LogBook.Line> lines = logBook.after(index, most);
          if (lines.stream().allMatch(OperatorsDesk::tellsOfReading)) {
            return List.of();
          }
          recordRead(
              officer,
              "entries %d to %d".formatted(lines.getFirst().index(), lines.getLast().index()),
              source);
          return lines;
        });
  }

  @Override
  public Reply<Optional<LogBook.Signed>> exportable(String bearer, IpAddress source) {
    return forOfficer(
        bearer,
        source,
        officer -> {
          recordRead(officer, "checkpoints", source);
          return logBook.signed();
        });
  }

  @Override
  public Reply<List<StoredEntry>> export(
      String bearer, long from, long until, boolean personal, IpAddress source) {
    return forOfficer(
        bearer,
        source,
        officer -> {
          List<StoredEntry> entries =
              personal
                  ? logBook.entries(from, until)
                  : logBook.entries(from, until).stream().map(OperatorsDesk::bare).toList();
          recordRead(
              officer,
              "export of entries %d to %d, %s personal data"
                  .formatted(from, from + entries.size() - 1, personal ? "with" : "without"),
              source);
          return entries;
        });
  }

  private static StoredEntry bare(StoredEntry entry) {
    return new StoredEntry(entry.at(), entry.leaf(), entry.hash(), null);
  }

  private static boolean tellsOfReading(LogBook.Line line) {
    try {
      Leaf leaf = Leaf.parse(line.leaf().getBytes(StandardCharsets.UTF_8));
      return leaf.type().equals(EventType.LOG_READ.code());
    } catch (IllegalArgumentException e) {
      // An entry that somebody damaged is news.
      return false;
    }
  }

  private void recordRead(Person officer, String query, IpAddress source) {
    books.commit(
        Event.at(clock.instant(), EventType.LOG_READ, Outcome.DONE)
            .by(officer.id())
            .from("web", source)
            .with("query", query));
  }

  /// Anybody may end a session, or report a token or a device lost, that is their own.
  private boolean own(Lever.Target target, Person person) {
    return switch (target) {
      case Lever.Target.OneSession(var id) -> {
        LiveSession live = books.sessions().with(id);
        yield live != null && live.person().equals(person.id());
      }
      case Lever.Target.OneDevice(var id) -> {
        DevicePassword device = books.devicePasswords().with(id);
        yield device != null && device.person().equals(person.id());
      }
      case Lever.Target.OneToken(var id) ->
          tokens(person).stream().anyMatch(token -> token.id().equals(id));
      case Lever.Target.OneVpnDevice(var id) ->
          books.roster().devicesOf(person.id()).stream().anyMatch(device -> device.id().equals(id));
      case Lever.Target.OnePerson(var id) -> id.equals(person.id());
      case Lever.Target.OneNetwork network -> false;
      case Lever.Target.OneZone zone -> false;
      case Lever.Target.Everybody everybody -> false;
    };
  }

  private <T> Reply<T> forOfficer(String bearer, IpAddress source, Function<Person, T> answer) {
    return answer(portals.findOfficer(bearer, source, clock.instant()), answer);
  }

  private <T> Reply<T> forAnybody(String bearer, IpAddress source, Function<Person, T> answer) {
    return answer(portals.findOperator(bearer, source, clock.instant()), answer);
  }

  private static <T> Reply<T> answer(Portals.Found found, Function<Person, T> answer) {
    return switch (found) {
      case Portals.Found.Nobody(var reason) -> new Reply.Refused<>(reason);
      case Portals.Found.Holder(var live, var person) -> new Reply.Done<>(answer.apply(person));
    };
  }

  private StaffRow row(Person person) {
    return new StaffRow(
        person.id(),
        person.name(),
        person.displayName(),
        List.copyOf(person.groups()),
        person.state(),
        person.officer(),
        tokens(person),
        books.roster().devicesOf(person.id()).stream().map(OperatorsDesk::row).toList());
  }

  private static DeviceRow row(Device device) {
    return new DeviceRow(
        device.id(),
        device.label(),
        device.kind(),
        device.kind().write(device.key()),
        device.address(),
        device.state(),
        device.enrolledAt());
  }

  /// Those that sign, then those that type one-time passwords.
  private List<TokenRow> tokens(Person person) {
    Roster roster = books.roster();
    return Stream.concat(
            roster.tokensOf(person.id()).stream()
                .map(token ->
                    new TokenRow(token.id(), token.label(), token.state(), token.enrolledAt())),
            roster.otpTokensOf(person.id()).stream()
                .map(token ->
                    new TokenRow(token.id(), token.label(), token.state(), token.enrolledAt())))
        .toList();
  }

  private SessionRow row(LiveSession live) {
    Session session = live.session();
    Person person = books.roster().person(session.person());
    return new SessionRow(
        session.id(),
        person == null ? session.person().toString() : person.name(),
        session.kind(),
        session.host(),
        session.source().toString(),
        session.startedAt(),
        live.lastSeen(),
        session.endsAt(),
        live.passes());
  }
}
