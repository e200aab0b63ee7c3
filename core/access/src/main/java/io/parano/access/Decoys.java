package io.parano.access;

import io.parano.authn.Assertions;
import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import io.parano.kernel.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Credentials that nobody has, for names that are nobody's: as many, as long and as slow to refuse
/// as those of one member of staff, and always the same for one name.
///
/// Whose they resemble is drawn by rendezvous hashing over the staff: it stays the same while that
/// one's tokens do, whoever else comes and goes. So a number or a length that only real names have
/// tells nothing, and a change only what a real change would.
final class Decoys {
  /// As YubiKeys make them, while nobody has a token yet.
  private static final int USUAL = 64;

  private final Roster roster;
  private final Sealer sealer;

  Decoys(Roster roster, Sealer sealer) {
    this.roster = roster;
    this.sealer = sealer;
  }

  /// By credential, in the order in which they are offered, the key that it takes as long to
  /// refuse.
  Map<Bytes, Bytes> of(String name) {
    List<Authenticator> models = models(number(tag(name, "resembles")));
    if (models.isEmpty()) {
      return Map.of(credential(name, 0, USUAL), Assertions.NOBODYS_KEY);
    }
    Map<Bytes, Bytes> decoys = new LinkedHashMap<>();
    for (int i = 0; i < models.size(); i++) {
      Authenticator model = models.get(i);
      decoys.put(credential(name, i, model.credentialId().length()), model.publicKey());
    }
    return decoys;
  }

  private List<Authenticator> models(long seed) {
    PersonId drawn = null;
    long most = Long.MIN_VALUE;
    for (Person person : roster.everybody()) {
      long weight = mixed(seed, person.id().value());
      if ((drawn == null || weight > most) && roster.holdsAny(person.id())) {
        drawn = person.id();
        most = weight;
      }
    }
    return drawn == null ? List.of() : roster.tokensOf(drawn);
  }

  private Bytes credential(String name, int number, int length) {
    byte[] id = new byte[length];
    for (int from = 0; from < length; from += 32) {
      byte[] block = tag(name, number + "/" + from);
      System.arraycopy(block, 0, id, from, Math.min(32, length - from));
    }
    return Bytes.of(id);
  }

  private byte[] tag(String name, String what) {
    return sealer.tag(name.getBytes(StandardCharsets.UTF_8), "decoy-credential/" + what);
  }

  private static long number(byte[] tag) {
    return java.nio.ByteBuffer.wrap(tag).getLong();
  }

  /// The finalizer of SplitMix64 (Steele, Lea, Flood 2014) over seed and id: the seed is secret, so
  /// the draw need only be even.
  private static long mixed(long seed, UUID id) {
    long z = seed ^ id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 32);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
