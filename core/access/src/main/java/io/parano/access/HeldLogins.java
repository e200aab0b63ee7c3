package io.parano.access;

import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Logins whose password was typed and that wait for the token, each for a minute, wiped
/// afterwards: for the one-time password, or for a touch that confirms the code shown. In bounded
/// memory. Each server has its own bound: one that is flooded holds up no other; and each name from
/// each place has one: whoever begins logins in somebody's name elsewhere holds up nothing of
/// theirs.
final class HeldLogins {
  static final Duration LIFE = Duration.ofMinutes(1);
  static final int PER_SERVER = 256;
  static final int PER_PERSON_AND_PLACE = 4;

  /// Nothing in it is taken for something else, and no vowels make words of it.
  private static final String ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ";

  /// 28 bits, for a minute, of one name, from one place, with guesses counted.
  private static final int CODE_LENGTH = 6;

  private final Randomness randomness;
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>();
  private final Map<String, Integer> ofServer = new HashMap<>();

  private record Held(
      Admitting.Asked asked,
      Secret password,
      String code,
      @Nullable Touched touched,
      Instant until) {}

  /// Who touched what for it.
  record Touched(PersonId person, AuthenticatorId token) {}

  /// @param state brings the next request back to it
  /// @param code brings a touch back to it
  record Kept(String state, String code) {}

  /// How a login stands. From the most refusing to the most allowing.
  sealed interface Standing {
    /// There is none, or it was for somebody, some server or some place else.
    record Gone() implements Standing {}

    record Waiting() implements Standing {}

    /// It is over with this. The password is the caller's.
    record Ready(Secret password, Touched touched) implements Standing {}
  }

  /// Whose code it is.
  record Shown(String state, Admitting.Asked asked, Instant until) {}

  HeldLogins(Randomness randomness) {
    this.randomness = randomness;
  }

  /// Owns `password` from now on. Empty when the server, or that person there, has too many
  /// waiting.
  synchronized Optional<Kept> hold(Admitting.Asked asked, Secret password, Instant now) {
    dropExpired(now);
    if (ofServer.getOrDefault(asked.server(), 0) >= PER_SERVER
        || held.values().stream().filter(one -> one.asked().equals(asked)).count()
            >= PER_PERSON_AND_PLACE) {
      password.wipe();
      return Optional.empty();
    }
    String state = Bytes.of(randomness.bytes(32)).base64Url();
    String code = code();
    held.put(state, new Held(asked, password, code, null, now.plus(LIFE)));
    ofServer.merge(asked.server(), 1, Integer::sum);
    return Optional.of(new Kept(state, code));
  }

  /// The password that waits under `state`, once, for whoever typed it: who asks otherwise than it
  /// was asked has used it up.
  synchronized Optional<Secret> take(String state, Admitting.Asked asked, Instant now) {
    dropExpired(now);
    Held taken = held.remove(state);
    if (taken == null) {
      return Optional.empty();
    }
    forget(taken);
    if (!taken.asked().equals(asked)) {
      taken.password().wipe();
      return Optional.empty();
    }
    return Optional.of(taken.password());
  }

  /// Whether the touch came; the login is taken with it.
  synchronized Standing look(String state, Admitting.Asked asked, Instant now) {
    dropExpired(now);
    Held one = held.get(state);
    Touched touched = one == null ? null : one.touched();
    if (one != null && one.asked().equals(asked) && touched == null) {
      return new Standing.Waiting();
    }
    Optional<Secret> password = take(state, asked, now);
    return password.isEmpty() || touched == null
        ? new Standing.Gone()
        : new Standing.Ready(password.get(), touched);
  }

  /// The login of that name which shows that code, and is not touched yet.
  synchronized Optional<Shown> shown(String name, String code, Instant now) {
    dropExpired(now);
    for (Map.Entry<String, Held> entry : held.entrySet()) {
      Held one = entry.getValue();
      if (one.touched() == null && one.asked().name().equals(name) && one.code().equals(code)) {
        return Optional.of(new Shown(entry.getKey(), one.asked(), one.until()));
      }
    }
    return Optional.empty();
  }

  /// Says whether it was still waiting: one code confirms one login once.
  synchronized boolean touch(String state, Touched touched, Instant now) {
    dropExpired(now);
    Held one = held.get(state);
    if (one == null || one.touched() != null) {
      return false;
    }
    held.put(state, new Held(one.asked(), one.password(), one.code(), touched, one.until()));
    return true;
  }

  /// As it is kept, however somebody typed it.
  static String typed(String code) {
    return code.replaceAll("[\\s-]", "").toUpperCase(java.util.Locale.ROOT);
  }

  private String code() {
    StringBuilder code = new StringBuilder();
    while (code.length() < CODE_LENGTH) {
      int drawn = randomness.bytes(1)[0] & 0xff;
      // What is left of 256 would come more often.
      if (drawn < 256 - 256 % ALPHABET.length()) {
        code.append(ALPHABET.charAt(drawn % ALPHABET.length()));
      }
    }
    return code.toString();
  }

  private void forget(Held gone) {
    ofServer.computeIfPresent(
        gone.asked().server(), (server, count) -> count == 1 ? null : count - 1);
  }

  /// Each waits equally long, so the expired ones stand first.
  private void dropExpired(Instant now) {
    Iterator<Held> oldest = held.values().iterator();
    while (oldest.hasNext()) {
      Held one = oldest.next();
      if (now.isBefore(one.until())) {
        return;
      }
      oldest.remove();
      one.password().wipe();
      forget(one);
    }
  }
}
