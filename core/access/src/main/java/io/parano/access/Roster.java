package io.parano.access;

import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The staff, their tokens and their sealed passwords, in memory. Changed only by [Books].
public final class Roster {
  private final Map<PersonId, Person> people = new ConcurrentHashMap<>();
  private final Map<String, PersonId> names = new ConcurrentHashMap<>();
  private final Map<AuthenticatorId, Authenticator> tokens = new ConcurrentHashMap<>();
  private final Map<Bytes, AuthenticatorId> credentials = new ConcurrentHashMap<>();
  private final Map<PersonId, Set<AuthenticatorId>> held = new ConcurrentHashMap<>();
  private final Map<PersonId, Change.PutPassword> passwords = new ConcurrentHashMap<>();

  Roster() {}

  public @Nullable Person person(PersonId id) {
    return people.get(id);
  }

  public Optional<Person> named(String name) {
    return Optional.ofNullable(names.get(name)).map(people::get);
  }

  public Collection<Person> everybody() {
    return people.values();
  }

  public @Nullable Authenticator token(AuthenticatorId id) {
    return tokens.get(id);
  }

  public Optional<Authenticator> tokenWith(Bytes credentialId) {
    return Optional.ofNullable(credentials.get(credentialId)).map(tokens::get);
  }

  /// In the order in which they were enrolled.
  public List<Authenticator> tokensOf(PersonId person) {
    return held.getOrDefault(person, Set.of()).stream()
        .map(tokens::get)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(Authenticator::enrolledAt))
        .toList();
  }

  boolean holdsAny(PersonId person) {
    return held.containsKey(person);
  }

  Optional<Change.PutPassword> passwordOf(PersonId person) {
    return Optional.ofNullable(passwords.get(person));
  }

  /// Registered officers: appointed and not gone, frozen or not.
  public List<Person> officers() {
    return people.values().stream()
        .filter(person -> person.officer() && person.state() != PersonState.GONE)
        .toList();
  }

  /// A person of no later generation never becomes freer: what was worked out before a cut does not
  /// undo it.
  void put(Person person) {
    Person known = people.get(person.id());
    if (known != null
        && person.generation() <= known.generation()
        && person.state().compareTo(known.state()) > 0) {
      return;
    }
    people.put(person.id(), person);
    if (known != null && !known.name().equals(person.name())) {
      names.remove(known.name());
    }
    names.put(person.name(), person.id());
  }

  /// A counter never goes back: a change that was worked out before a touch forgets none.
  void put(Authenticator token) {
    tokens.merge(
        token.id(),
        token,
        (known, put) -> put.counted(Math.max(known.signCount(), put.signCount())));
    credentials.put(token.credentialId(), token.id());
    held.computeIfAbsent(token.person(), id -> ConcurrentHashMap.newKeySet()).add(token.id());
  }

  void count(AuthenticatorId token, long signCount) {
    tokens.computeIfPresent(
        token, (id, known) -> known.counted(Math.max(known.signCount(), signCount)));
  }

  void dropPassword(PersonId person) {
    passwords.remove(person);
  }

  void put(Change.PutPassword password) {
    passwords.put(password.person(), password);
  }
}
