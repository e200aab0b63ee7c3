package io.parano.access;

import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Sealer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The first step in: options for a touch, the same for names that exist and names that do not.
final class BeginSignIn {
  private final Books books;
  private final Ceremonies ceremonies;
  private final Sealer sealer;
  private final Randomness randomness;
  private final InstantSource clock;

  BeginSignIn(
      Books books,
      Ceremonies ceremonies,
      Sealer sealer,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.ceremonies = ceremonies;
    this.sealer = sealer;
    this.randomness = randomness;
    this.clock = clock;
  }

  SigningIn.Begun begin(String typed, IpAddress source) {
    Instant now = clock.instant();
    String name = typed.strip().toLowerCase(Locale.ROOT);
    Optional<Person> person = books.roster().named(name);
    Bytes decoy = decoy(name);
    List<Bytes> tokens =
        person
            .map(Person::id)
            .map(this::tokens)
            .filter(ids -> !ids.isEmpty())
            .orElse(List.of(decoy));
    Bytes challenge = Bytes.of(randomness.bytes(32));
    PersonId id = person.map(Person::id).orElse(null);
    return ceremonies
        .begin(
            new Ceremony.SigningIn(
                id, challenge, source.binding(), now.plus(GateSettings.CEREMONY)),
            now)
        .<SigningIn.Begun>map(ceremony ->
            new SigningIn.Begun.Options(ceremony, challenge, tokens, GateSettings.CEREMONY))
        .orElseGet(() -> new SigningIn.Begun.Refused(Reason.RATE_LIMITED));
  }

  private List<Bytes> tokens(PersonId person) {
    return books.roster().tokensOf(person).stream().map(Authenticator::credentialId).toList();
  }

  /// A credential id that nobody has, always the same for one name: an unknown name looks like a
  /// known one.
  private Bytes decoy(String name) {
    byte[] first = sealer.tag(name.getBytes(StandardCharsets.UTF_8), "decoy-credential/1");
    byte[] second = sealer.tag(name.getBytes(StandardCharsets.UTF_8), "decoy-credential/2");
    byte[] id = new byte[64];
    System.arraycopy(first, 0, id, 0, 32);
    System.arraycopy(second, 0, id, 32, 32);
    return Bytes.of(id);
  }
}
