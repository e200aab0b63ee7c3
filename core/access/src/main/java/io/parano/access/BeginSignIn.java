package io.parano.access;

import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The first step in: options for a touch, the same for names that exist and names that do not.
final class BeginSignIn {
  /// Whoever has no name here is looked up all the same.
  private static final PersonId NOBODY = new PersonId(new UUID(0, 0));

  private final Books books;
  private final Ceremonies ceremonies;
  private final Decoys decoys;
  private final Randomness randomness;
  private final InstantSource clock;

  BeginSignIn(
      Books books,
      Ceremonies ceremonies,
      Decoys decoys,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.ceremonies = ceremonies;
    this.decoys = decoys;
    this.randomness = randomness;
    this.clock = clock;
  }

  SigningIn.Begun begin(String typed, IpAddress source) {
    Instant now = clock.instant();
    String name = typed.strip().toLowerCase(Locale.ROOT);
    Optional<Person> person = books.roster().named(name);
    Map<Bytes, Bytes> drawn = decoys.of(name);
    Map<Bytes, Bytes> own = tokens(person.map(Person::id).orElse(NOBODY));
    Map<Bytes, Bytes> offered = own.isEmpty() ? drawn : own;
    Bytes challenge = Bytes.of(randomness.bytes(32));
    PersonId id = person.map(Person::id).orElse(null);
    var ceremony =
        new Ceremony.SigningIn(
            id, offered, challenge, source.binding(), now.plus(GateSettings.CEREMONY));
    return (Sources.refusal(books, source) == null
            ? ceremonies.begin(ceremony, now)
            : Optional.of(ceremonies.beginElsewhere(ceremony, now)))
        .<SigningIn.Begun>map(begun ->
            new SigningIn.Begun.Options(
                begun, challenge, List.copyOf(offered.keySet()), GateSettings.CEREMONY))
        .orElseGet(() -> new SigningIn.Begun.Refused(Reason.RATE_LIMITED));
  }

  private Map<Bytes, Bytes> tokens(PersonId person) {
    Map<Bytes, Bytes> tokens = new LinkedHashMap<>();
    for (Authenticator token : books.roster().tokensOf(person)) {
      tokens.put(token.credentialId(), token.publicKey());
    }
    return tokens;
  }
}
