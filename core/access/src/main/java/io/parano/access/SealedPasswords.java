package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.Argon2;
import io.parano.authn.Earlier;
import io.parano.authn.ImportedHash;
import io.parano.authn.PasswordOutcome;
import io.parano.authn.PasswordRules;
import io.parano.authn.Passwords;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Passwords as they are kept: Argon2id strings sealed under a key that is not in the database (the
/// pepper), each bound to its person.
final class SealedPasswords implements OldHashes {
  private final Books books;
  private final Officers officers;
  private final Passwords passwords;
  private final Sealer sealer;
  private final Map<PersonId, Judged> judged = new ConcurrentHashMap<>();

  private record Judged(Bytes hash, boolean wrapped) {}

  SealedPasswords(Books books, Officers officers, Passwords passwords, Sealer sealer) {
    this.books = books;
    this.officers = officers;
    this.passwords = passwords;
    this.sealer = sealer;
  }

  /// Costs the same for somebody who has no password.
  PasswordOutcome verify(Person person, Secret password) {
    return books
        .roster()
        .passwordOf(person.id())
        .map(kept -> passwords.verify(password, open(kept.hash(), person.id())))
        .orElseGet(() -> passwords.verifyNobody(password));
  }

  /// The same work for a name that nobody has: never right.
  PasswordOutcome verifyNobody(Secret password) {
    return passwords.verifyNobody(password);
  }

  /// The present password and the ones before it, for comparison with a new one.
  Earlier earlier(PersonId person) {
    List<String> hashes =
        books.roster().keptPasswordOf(person).stream()
            .flatMap(kept -> kept.remembered().stream())
            .map(hash -> open(hash, person))
            .toList();
    return passwords.earlier(hashes);
  }

  /// The change that makes `password` the person's own and remembers the ones before. Throws
  /// [Argon2.Busy] when the pool is full.
  Change.PutPassword chosen(PersonId person, Secret password, Instant now) {
    List<Bytes> before =
        books.roster().keptPasswordOf(person).stream()
            .flatMap(kept -> kept.remembered().stream())
            .limit(PasswordRules.REMEMBERED - 1)
            .toList();
    return new Change.PutPassword(person, seal(passwords.hash(password), person), before, now);
  }

  /// What is kept of a hash of another system, for somebody who will be `person`. Throws
  /// [Argon2.Busy] when the pool is full.
  Bytes brought(PersonId person, ImportedHash hash) {
    return seal(passwords.wrap(hash), person);
  }

  /// Hashes the same password anew under today's parameters. Not vital: while the pool is busy it
  /// waits for another sign-in, and where something of the person was changed meanwhile, which may
  /// have been the password, it is left.
  void renew(Person person, Secret password, IpAddress source, Instant now) {
    books
        .roster()
        .passwordOf(person.id())
        .ifPresent(kept -> {
          Bytes hash;
          try {
            hash = seal(passwords.hash(password), person.id());
          } catch (Argon2.Busy busy) {
            return;
          }
          Event event =
              Event.at(now, EventType.PASSWORD_SET, Outcome.DONE)
                  .by(person.id())
                  .from("web", source)
                  .on("person:" + person.id())
                  .with("how", "same password, stronger hash");
          var _ =
              officers.exclusively(() -> {
                boolean same = isStill(person, kept);
                if (same) {
                  books.commit(
                      event,
                      new Change.PutPassword(person.id(), hash, kept.previous(), kept.setAt()));
                }
                return same;
              });
        });
  }

  private boolean isStill(Person before, Change.PutPassword kept) {
    Person person = books.roster().person(before.id());
    return person != null
        && person.generation() == before.generation()
        && books.roster().passwordOf(before.id()).filter(kept::equals).isPresent();
  }

  @Override
  public int left() {
    return (int)
        books.roster().passwords().stream()
            .filter(kept -> !kept.isVoid())
            .filter(this::old)
            .count();
  }

  /// Opened once for each hash, however often it is asked.
  private boolean old(Change.PutPassword kept) {
    return judged
        .compute(
            kept.person(),
            (person, known) ->
                known != null && known.hash().equals(kept.hash())
                    ? known
                    : new Judged(kept.hash(), Passwords.wrapped(open(kept.hash(), person))))
        .wrapped();
  }

  private Bytes seal(String phc, PersonId person) {
    return Bytes.of(sealer.seal(phc.getBytes(StandardCharsets.UTF_8), context(person)));
  }

  private String open(Bytes sealed, PersonId person) {
    try (Secret phc = sealer.open(sealed.copy(), context(person))) {
      return new String(phc.copy(), StandardCharsets.UTF_8);
    }
  }

  static String context(PersonId person) {
    return "password/" + person;
  }
}
