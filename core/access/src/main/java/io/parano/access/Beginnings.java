package io.parano.access;

import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Randomness;
import io.parano.kernel.Sealer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The beginnings of sign-ins, of which anybody can make any number. They are kept by whoever
/// began: the id says everything and carries a tag over it, so that no flood displaces somebody
/// else's, not even one from the same address. Only those that were touched are remembered here,
/// until they would have lapsed: none works twice. A restart voids them all.
final class Beginnings {
  private static final String SIGN_IN = "sign-in/";
  private static final String CHALLENGE = "sign-in-challenge/";

  private final Sealer sealer;
  private final Randomness randomness;

  /// Of this run alone.
  private final String run;

  private final Map<String, Instant> taken = new HashMap<>();

  Beginnings(Sealer sealer, Randomness randomness) {
    this.sealer = sealer;
    this.randomness = randomness;
    this.run = Bytes.of(randomness.bytes(16)).base64Url();
  }

  /// @param name as it was given, or what stands for it where nobody can be called so
  record Beginning(String id, String name, Bytes challenge, IpPrefix source, Instant expiresAt) {}

  Beginning begin(String name, IpAddress source, Instant now) {
    String said =
        String.join(
            "\n",
            Bytes.of(randomness.bytes(16)).base64Url(),
            Long.toString(now.plus(GateSettings.CEREMONY).toEpochMilli()),
            source.binding().toString(),
            name);
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    String id = Bytes.of(bytes).base64Url() + "." + tag(bytes, SIGN_IN).base64Url();
    return read(id, bytes);
  }

  /// Whoever takes it is the only one who goes on with it, until [#giveBack]. Empty when it is not
  /// ours, too old, or taken.
  Optional<Beginning> take(String id, Instant now) {
    int dot = id.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    byte[] bytes;
    Bytes shown;
    try {
      bytes = Bytes.fromBase64Url(id.substring(0, dot)).copy();
      shown = Bytes.fromBase64Url(id.substring(dot + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    // Digests of both: how long a comparison takes says nothing of the tag.
    if (!shown.digest().equals(tag(bytes, SIGN_IN).digest())) {
      return Optional.empty();
    }
    Beginning beginning = read(id, bytes);
    return now.isBefore(beginning.expiresAt()) && claim(beginning, now)
        ? Optional.of(beginning)
        : Optional.empty();
  }

  /// It led to nothing: it may be tried again, and costs no memory.
  synchronized void giveBack(Beginning beginning) {
    taken.remove(beginning.id());
  }

  private synchronized boolean claim(Beginning beginning, Instant now) {
    taken.values().removeIf(expiresAt -> !now.isBefore(expiresAt));
    return taken.putIfAbsent(beginning.id(), beginning.expiresAt()) == null;
  }

  private Beginning read(String id, byte[] bytes) {
    String[] said = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    return new Beginning(
        id,
        said[3],
        tag(bytes, CHALLENGE),
        IpPrefix.parse(said[2]),
        Instant.ofEpochMilli(Long.parseLong(said[1])));
  }

  private Bytes tag(byte[] bytes, String what) {
    return Bytes.of(sealer.tag(bytes, what + run));
  }

  /// A name that nobody can have could be as long as its typist likes; its digest is as good.
  static String standing(String name) {
    return Person.validName(name) ? name : Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
