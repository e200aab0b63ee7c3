package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.util.Arrays;
import java.util.List;

/// Hashing and verifying passwords (NIST SP 800-63B-4 section 3.1.1.2, OWASP password storage).
///
/// The whole text counts, in normal form C, never cut. Somebody who does not exist is verified
/// against a hash of nobody's, so that the time says nothing. That holds as long as both were made
/// with the same parameters: after a change of parameters, people who have not signed in since can
/// be told apart by time.
public final class Passwords {
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

  /// Whether `password` is the one behind `phc`; throws [HashUnreadable] when that is no hash.
  public PasswordOutcome verify(Secret password, String phc) {
    return switch (PhcString.read(phc)) {
      case PhcString.Reading.Malformed(String why) -> throw new HashUnreadable(why);
      case PhcString.Reading.Read(PhcString stored) -> verify(password, stored);
    };
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
    byte[] found;
    try (Secret comparable = comparable(password)) {
      found =
          argon2.hash(comparable, stored.salt().copy(), stored.parameters(), stored.tag().length());
    } catch (Argon2.Busy e) {
      return new PasswordOutcome.Busy();
    }
    try (Secret tag = Secret.of(found)) {
      return tag.matches(stored.tag())
          ? new PasswordOutcome.Right(outdated(stored))
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
