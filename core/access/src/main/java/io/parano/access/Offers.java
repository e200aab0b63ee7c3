package io.parano.access;

import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The credentials that a name gets to touch, each with the key whose work it takes to refuse it:
/// somebody's own, or the likeness of somebody's for a name that nobody has.
final class Offers {
  /// Whoever has no name here is looked up all the same.
  private static final PersonId NOBODY = new PersonId(new UUID(0, 0));

  private final Roster roster;
  private final Decoys decoys;

  Offers(Roster roster, Decoys decoys) {
    this.roster = roster;
    this.decoys = decoys;
  }

  Map<Bytes, Bytes> to(String name) {
    Optional<Person> person = roster.named(name);
    Map<Bytes, Bytes> drawn = decoys.of(name);
    Map<Bytes, Bytes> own = new LinkedHashMap<>();
    for (Authenticator token : roster.tokensOf(person.map(Person::id).orElse(NOBODY))) {
      own.put(token.credentialId(), token.publicKey());
    }
    return own.isEmpty() ? drawn : own;
  }
}
