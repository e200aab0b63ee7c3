package io.parano.access;

import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Device;
import io.parano.identity.HeldToken;
import io.parano.identity.Member;
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
  private final Map<PersonId, Member> people = new ConcurrentHashMap<>();
  private final Map<String, PersonId> names = new ConcurrentHashMap<>();
  private final Map<AuthenticatorId, HeldToken> tokens = new ConcurrentHashMap<>();
  private final Map<Bytes, AuthenticatorId> credentials = new ConcurrentHashMap<>();
  private final Map<AuthenticatorId, OtpCounters> otpCounters = new ConcurrentHashMap<>();
  private final Map<String, AuthenticatorId> publicIds = new ConcurrentHashMap<>();
  private final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();
  private final Map<Long, ValidationClient> clients = new ConcurrentHashMap<>();
  private final Map<PersonId, Set<AuthenticatorId>> held = new ConcurrentHashMap<>();
  private final Map<PersonId, Change.PutPassword> passwords = new ConcurrentHashMap<>();
  private final Map<Set<String>, Set<String>> groups = new ConcurrentHashMap<>();

  Roster() {}

  /// Somebody as they stand now, and from now on; whoever is unknown may become known.
  Member member(PersonId id) {
    Member member = people.get(id);
    return member == null ? people.computeIfAbsent(id, unknown -> new Member()) : member;
  }

  public @Nullable Person person(PersonId id) {
    Member member = people.get(id);
    return member == null ? null : member.person();
  }

  /// The token of that id as it stands now, and from now on.
  HeldToken heldToken(AuthenticatorId id) {
    HeldToken token = tokens.get(id);
    return token == null ? tokens.computeIfAbsent(id, unknown -> new HeldToken()) : token;
  }

  public Optional<Person> named(String name) {
    return Optional.ofNullable(names.get(name)).map(this::person);
  }

  public Collection<Person> everybody() {
    return people.values().stream().map(Member::person).filter(Objects::nonNull).toList();
  }

  public @Nullable Authenticator token(AuthenticatorId id) {
    HeldToken token = tokens.get(id);
    return token == null ? null : token.authenticator();
  }

  public Optional<Authenticator> tokenWith(Bytes credentialId) {
    return Optional.ofNullable(credentials.get(credentialId)).map(this::token);
  }

  /// In the order in which they were enrolled.
  public List<Authenticator> tokensOf(PersonId person) {
    return held.getOrDefault(person, Set.of()).stream()
        .map(this::token)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(Authenticator::enrolledAt))
        .toList();
  }

  public @Nullable OtpToken otpToken(AuthenticatorId id) {
    HeldToken token = tokens.get(id);
    return token == null ? null : token.otpToken();
  }

  /// By what the token of that id is shown; the weaker, should nobody know it.
  Factor factor(AuthenticatorId id) {
    HeldToken token = tokens.get(id);
    return token == null ? Factor.OTP : token.factor();
  }

  /// Whether the token of that id, of either kind, counts at `now`.
  boolean usable(AuthenticatorId id, Instant now) {
    Authenticator token = token(id);
    if (token != null) {
      return token.usable(now);
    }
    OtpToken otp = otpToken(id);
    return otp != null && otp.state() == AuthenticatorState.ACTIVE;
  }

  /// @param publicId in lower case
  public Optional<OtpToken> otpTokenWith(String publicId) {
    return Optional.ofNullable(publicIds.get(publicId)).map(this::otpToken);
  }

  /// Null before the first use.
  @Nullable OtpCounters otpCounters(AuthenticatorId token) {
    return otpCounters.get(token);
  }

  /// In the order in which they were enrolled.
  public List<OtpToken> otpTokensOf(PersonId person) {
    return otpTokens().stream()
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
    return tokens.values().stream().map(HeldToken::otpToken).filter(Objects::nonNull).toList();
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
    return everybody().stream()
        .filter(person -> person.officer() && person.state() != PersonState.GONE)
        .toList();
  }

  /// How many people are frozen.
  public int frozen() {
    return (int)
        everybody().stream().filter(person -> person.state() == PersonState.FROZEN).count();
  }

  /// A person of no later generation never becomes freer: what was worked out before a cut does not
  /// undo it. All else that it changes holds; who is gone, though, stays as they went.
  void put(Person put) {
    Person known = person(put.id());
    Person person = put;
    if (known != null
        && put.generation() <= known.generation()
        && put.state().compareTo(known.state()) > 0) {
      if (known.state() == PersonState.GONE) {
        return;
      }
      person = put.as(known.state(), known.generation());
    }
    member(person.id()).become(person, shared(person.groups()));
    if (known != null && !known.name().equals(person.name())) {
      names.remove(known.name());
    }
    names.put(person.name(), person.id());
  }

  /// One set for all who are in the same groups: each request that passes asks it.
  private Set<String> shared(Set<String> of) {
    Set<String> own = Set.copyOf(of);
    Set<String> first = groups.putIfAbsent(own, own);
    return first == null ? own : first;
  }

  /// A counter never goes back: a change that was worked out before a touch forgets none.
  void put(Authenticator token) {
    Authenticator known = token(token.id());
    heldToken(token.id())
        .become(
            known == null ? token : token.counted(Math.max(known.signCount(), token.signCount())));
    credentials.put(token.credentialId(), token.id());
    held.computeIfAbsent(token.person(), id -> ConcurrentHashMap.newKeySet()).add(token.id());
  }

  void count(AuthenticatorId token, long signCount) {
    Authenticator known = token(token);
    if (known != null) {
      heldToken(token).become(known.counted(Math.max(known.signCount(), signCount)));
    }
  }

  void put(OtpToken token) {
    heldToken(token.id()).become(token);
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
