package io.parano.access;

import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Device;
import io.parano.identity.OtpCounters;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.ValidationClient;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.DeviceId;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The staff, their tokens and their sealed passwords, and the machines that may ask about one-time
/// passwords, in memory. Changed only by [Books].
public final class Roster {
  private final Map<PersonId, Known> people = new ConcurrentHashMap<>();
  private final Map<String, PersonId> names = new ConcurrentHashMap<>();
  private final Map<AuthenticatorId, Authenticator> tokens = new ConcurrentHashMap<>();
  private final Map<Bytes, AuthenticatorId> credentials = new ConcurrentHashMap<>();
  private final Map<AuthenticatorId, OtpToken> otpTokens = new ConcurrentHashMap<>();
  private final Map<AuthenticatorId, OtpCounters> otpCounters = new ConcurrentHashMap<>();
  private final Map<String, AuthenticatorId> publicIds = new ConcurrentHashMap<>();
  private final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();
  private final Map<Long, ValidationClient> clients = new ConcurrentHashMap<>();
  private final Map<PersonId, Set<AuthenticatorId>> held = new ConcurrentHashMap<>();
  private final Map<PersonId, Change.PutPassword> passwords = new ConcurrentHashMap<>();

  Roster() {}

  /// Somebody, with what every request that passes says of them.
  ///
  /// @param groups the person's, as a set that is quick to ask
  record Known(Person person, Set<String> groups, Passing.Identity identity) {
    private static Known of(Person person) {
      List<String> groups = person.groups().stream().map(String::intern).toList();
      return new Known(
          person,
          Set.copyOf(groups),
          new Passing.Identity(person.name(), person.displayName(), person.email(), groups));
    }
  }

  public @Nullable Person person(PersonId id) {
    Known known = people.get(id);
    return known == null ? null : known.person;
  }

  Known known(Person person) {
    Known known = people.get(person.id());
    return known == null ? Known.of(person) : known;
  }

  /// The same id, as it is kept here already.
  PersonId shared(PersonId id) {
    Person person = person(id);
    return person == null ? id : person.id();
  }

  /// The same id, as it is kept here already.
  AuthenticatorId shared(AuthenticatorId id) {
    Authenticator token = tokens.get(id);
    return token == null ? id : token.id();
  }

  public Optional<Person> named(String name) {
    return Optional.ofNullable(names.get(name)).map(this::person);
  }

  public Collection<Person> everybody() {
    return people.values().stream().map(Known::person).toList();
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

  public @Nullable OtpToken otpToken(AuthenticatorId id) {
    return otpTokens.get(id);
  }

  /// By what the token of that id is shown; the weaker, should nobody know it.
  Factor factor(AuthenticatorId id) {
    return tokens.containsKey(id) ? Factor.TOUCH : Factor.OTP;
  }

  /// Whether the token of that id, of either kind, counts at `now`.
  boolean usable(AuthenticatorId id, Instant now) {
    Authenticator token = tokens.get(id);
    if (token != null) {
      return token.usable(now);
    }
    OtpToken otp = otpTokens.get(id);
    return otp != null && otp.state() == AuthenticatorState.ACTIVE;
  }

  /// @param publicId in lower case
  public Optional<OtpToken> otpTokenWith(String publicId) {
    return Optional.ofNullable(publicIds.get(publicId)).map(otpTokens::get);
  }

  /// Null before the first use.
  @Nullable OtpCounters otpCounters(AuthenticatorId token) {
    return otpCounters.get(token);
  }

  /// In the order in which they were enrolled.
  public List<OtpToken> otpTokensOf(PersonId person) {
    return otpTokens.values().stream()
        .filter(token -> token.person().equals(person))
        .sorted(Comparator.comparing(OtpToken::enrolledAt))
        .toList();
  }

  public @Nullable Device device(DeviceId id) {
    return devices.get(id);
  }

  /// In the order in which they were enrolled.
  public List<Device> devicesOf(PersonId person) {
    return devices.values().stream()
        .filter(device -> device.person().equals(person))
        .sorted(Comparator.comparing(Device::enrolledAt))
        .toList();
  }

  /// Whether it was cut or not.
  public Optional<Device> deviceWith(Bytes key) {
    return devices.values().stream().filter(device -> device.key().equals(key)).findFirst();
  }

  /// The one that counts and has the address.
  Optional<Device> deviceAt(IpAddress address) {
    return devices.values().stream()
        .filter(device -> device.active() && device.address().equals(address))
        .findFirst();
  }

  public @Nullable ValidationClient client(long number) {
    return clients.get(number);
  }

  Collection<OtpToken> otpTokens() {
    return otpTokens.values();
  }

  Collection<ValidationClient> clients() {
    return clients.values();
  }

  Collection<Change.PutPassword> passwords() {
    return passwords.values();
  }

  boolean holdsAny(PersonId person) {
    return held.containsKey(person);
  }

  /// Empty also when it is void.
  Optional<Change.PutPassword> passwordOf(PersonId person) {
    return keptPasswordOf(person).filter(kept -> !kept.isVoid());
  }

  /// With those that are remembered, void or not.
  Optional<Change.PutPassword> keptPasswordOf(PersonId person) {
    return Optional.ofNullable(passwords.get(person));
  }

  /// Registered officers: appointed and not gone, frozen or not.
  public List<Person> officers() {
    return people.values().stream()
        .map(Known::person)
        .filter(person -> person.officer() && person.state() != PersonState.GONE)
        .toList();
  }

  /// How many people are frozen.
  public int frozen() {
    return (int)
        people.values().stream()
            .filter(known -> known.person.state() == PersonState.FROZEN)
            .count();
  }

  /// A person of no later generation never becomes freer: what was worked out before a cut does not
  /// undo it.
  void put(Person person) {
    Person known = person(person.id());
    if (known != null
        && person.generation() <= known.generation()
        && person.state().compareTo(known.state()) > 0) {
      return;
    }
    people.put(person.id(), Known.of(person));
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

  void put(OtpToken token) {
    otpTokens.put(token.id(), token);
    publicIds.put(token.publicId(), token.id());
  }

  void count(AuthenticatorId token, OtpCounters counters) {
    otpCounters.merge(token, counters, (known, come) -> known.before(come) ? come : known);
  }

  /// One that was cut never counts again.
  void put(Device device) {
    devices.merge(
        device.id(), device, (known, put) -> known.active() ? put : put.as(Device.State.CUT));
  }

  void put(ValidationClient client) {
    clients.put(client.number(), client);
  }

  void drop(long client) {
    clients.remove(client);
  }

  void dropPassword(PersonId person) {
    passwords.remove(person);
  }

  void put(Change.PutPassword password) {
    passwords.put(password.person(), password);
  }
}
