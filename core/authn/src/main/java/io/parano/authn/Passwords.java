package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Hashing and verifying passwords (NIST SP 800-63B-4 section 3.1.1.2, OWASP password storage).
///
/// The whole text counts, in normal form C, never cut. Somebody who does not exist is verified
/// against a hash of nobody's, so that the time says nothing. That holds as long as both were made
/// with the same parameters: after a change of parameters, people who have not signed in since can
/// be told apart by time.
///
/// A hash from another system is wrapped at once: Argon2id over the old digest, of which only the
/// scheme and the salt are kept, as `<scheme>|<PHC string>`. Who signs in with it is hashed
/// natively then ([PasswordOutcome.Right#outdated]).
public final class Passwords {
  private static final char WRAPPED = '|';

  /// Old schemes cost processor time outside the pool; no more than this at once.
  private static final int OLD_AT_ONCE = 4;

  /// SHA-crypt's cost grows with the length of the password.
  private static final int MOST_OLD_BYTES = 1_024;

  private final Semaphore old = new Semaphore(OLD_AT_ONCE);
  private final Argon2 argon2;
  private final Argon2Parameters current;
  private final Randomness randomness;
  private final PhcString nobodys;

  /// @param current what new hashes are made with
  public Passwords(Argon2 argon2, Argon2Parameters current, Randomness randomness) {
    this.argon2 = argon2;
    this.current = current;
    this.randomness = randomness;
    this.nobodys =
        new PhcString(
            current,
            Bytes.of(randomness.bytes(PhcString.SALT_LENGTH)),
            Secret.random(PhcString.TAG_LENGTH, randomness));
  }

  /// A stored hash that is none. Hashes are sealed where they are kept, so this is a fault of ours
  /// or of a newer version's, never a guess.
  public static final class HashUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HashUnreadable(String why) {
      super("a stored password hash cannot be read: " + why);
    }
  }

  /// A PHC string with a fresh salt. Blocks while it is computed; throws [Argon2.Busy] when too
  /// many wait, and [IllegalArgumentException] for what [PasswordRules] refuses as no text.
  public String hash(Secret password) {
    switch (PasswordText.read(password)) {
      case PasswordText.Reading.NotText() ->
          throw new IllegalArgumentException("only text that passed the rules is hashed");
      case PasswordText.Reading.Read(PasswordText text) -> {
        try (text;
            Secret utf8 = text.utf8()) {
          byte[] salt = randomness.bytes(PhcString.SALT_LENGTH);
          byte[] tag = argon2.hash(utf8, salt, current, PhcString.TAG_LENGTH);
          try (Secret secret = Secret.of(tag)) {
            return new PhcString(current, Bytes.of(salt), secret).write();
          } finally {
            Arrays.fill(tag, (byte) 0);
          }
        }
      }
    }
  }

  /// What is kept of an old hash. Blocks while it is computed; throws [Argon2.Busy] when too many
  /// wait.
  public String wrap(ImportedHash hash) {
    byte[] salt = randomness.bytes(PhcString.SALT_LENGTH);
    byte[] tag = argon2.hash(hash.digest(), salt, current, PhcString.TAG_LENGTH);
    try (Secret secret = Secret.of(tag)) {
      return hash.scheme().write()
          + WRAPPED
          + new PhcString(current, Bytes.of(salt), secret).write();
    } finally {
      Arrays.fill(tag, (byte) 0);
    }
  }

  /// Whether `stored` is what [#wrap] made of another system's hash.
  public static boolean wrapped(String stored) {
    return stored.indexOf(WRAPPED) >= 0;
  }

  /// Whether `password` is the one behind `stored`; throws [HashUnreadable] when that is no hash.
  public PasswordOutcome verify(Secret password, String stored) {
    int bar = stored.indexOf(WRAPPED);
    return switch (PhcString.read(stored.substring(bar + 1))) {
      case PhcString.Reading.Malformed(String why) -> throw new HashUnreadable(why);
      case PhcString.Reading.Read(PhcString phc) ->
          bar < 0 ? verify(password, phc) : verifyOld(password, scheme(stored, bar), phc);
    };
  }

  private static InnerScheme scheme(String stored, int bar) {
    return InnerScheme.read(stored.substring(0, bar))
        .orElseThrow(() -> new HashUnreadable("not a scheme that was ever imported"));
  }

  /// The same work for a person who does not exist or has no password: never right.
  public PasswordOutcome verifyNobody(Secret password) {
    return switch (verify(password, nobodys)) {
      case PasswordOutcome.Busy busy -> busy;
      case PasswordOutcome.Wrong wrong -> wrong;
      case PasswordOutcome.Right right -> new PasswordOutcome.Wrong();
    };
  }

  /// The passwords behind `hashes`, to be asked one after another: each costs a verification.
  public Earlier earlier(List<String> hashes) {
    List<String> kept = List.copyOf(hashes);
    return candidate -> {
      for (String phc : kept) {
        switch (verify(candidate, phc)) {
          case PasswordOutcome.Wrong wrong -> {}
          case PasswordOutcome.Busy busy -> {
            return busy;
          }
          case PasswordOutcome.Right right -> {
            return right;
          }
        }
      }
      return new PasswordOutcome.Wrong();
    };
  }

  private PasswordOutcome verify(Secret password, PhcString stored) {
    try (Secret comparable = comparable(password)) {
      return verify(comparable, stored, outdated(stored));
    }
  }

  private PasswordOutcome verifyOld(Secret password, InnerScheme scheme, PhcString stored) {
    if (!old.tryAcquire()) {
      return new PasswordOutcome.Busy();
    }
    byte[] digest = {};
    try (Secret comparable = comparable(password)) {
      byte[] bytes = comparable.copy();
      digest = bytes.length > MOST_OLD_BYTES ? digest : scheme.digest(bytes);
      Arrays.fill(bytes, (byte) 0);
    } finally {
      old.release();
    }
    // An empty digest is what no scheme gives: too long a password for it.
    try (Secret inner = Secret.of(digest)) {
      return verify(inner, stored, true);
    } finally {
      Arrays.fill(digest, (byte) 0);
    }
  }

  private PasswordOutcome verify(Secret input, PhcString stored, boolean outdated) {
    byte[] found;
    try {
      found = argon2.hash(input, stored.salt().copy(), stored.parameters(), stored.tag().length());
    } catch (Argon2.Busy e) {
      return new PasswordOutcome.Busy();
    }
    try (Secret tag = Secret.of(found)) {
      return tag.matches(stored.tag())
          ? new PasswordOutcome.Right(outdated)
          : new PasswordOutcome.Wrong();
    } finally {
      Arrays.fill(found, (byte) 0);
    }
  }

  private boolean outdated(PhcString stored) {
    return stored.parameters().weakerThan(current)
        || stored.salt().length() < PhcString.SALT_LENGTH
        || stored.tag().length() < PhcString.TAG_LENGTH;
  }

  /// What is no text is hashed as it came: the same work, and no stored hash was made from it.
  private static Secret comparable(Secret password) {
    return switch (PasswordText.read(password)) {
      case PasswordText.Reading.NotText() -> copy(password);
      case PasswordText.Reading.Read(PasswordText text) -> {
        try (text) {
          yield text.utf8();
        }
      }
    };
  }

  private static Secret copy(Secret password) {
    byte[] bytes = password.copy();
    Secret copy = Secret.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    return copy;
  }
}
