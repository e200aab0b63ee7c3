package io.parano.access;

import io.parano.kernel.Digest;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a device's password reads: seven groups of four characters of Crockford's alphabet, which
/// has nothing that looks like something else. 26 characters are random, 130 bits; the last two are
/// a check over them, so that a slip of the finger is told from a guess in the log.
///
/// The check is no secret: whoever guesses can compute it.
public final class DevicePasswordText {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final byte[] CHECK = "parano-device-check".getBytes(StandardCharsets.US_ASCII);
  private static final int RANDOM = 26;
  private static final int LENGTH = RANDOM + 2;
  private static final int GROUP = 4;

  /// Beyond any way of writing one down.
  private static final int LONGEST_TYPED = 64;

  private DevicePasswordText() {}

  public static Secret random(Randomness randomness) {
    byte[] draws = randomness.bytes(RANDOM);
    byte[] text = new byte[LENGTH];
    for (int i = 0; i < RANDOM; i++) {
      text[i] = (byte) ALPHABET.charAt(draws[i] & 31);
    }
    long over = over(text);
    text[RANDOM] = first(over);
    text[RANDOM + 1] = second(over);
    byte[] grouped = new byte[LENGTH + LENGTH / GROUP - 1];
    for (int i = 0; i < LENGTH; i++) {
      grouped[i + i / GROUP] = text[i];
    }
    for (int i = GROUP; i < grouped.length; i += GROUP + 1) {
      grouped[i] = '-';
    }
    Secret secret = Secret.of(grouped);
    Arrays.fill(draws, (byte) 0);
    Arrays.fill(text, (byte) 0);
    Arrays.fill(grouped, (byte) 0);
    return secret;
  }

  /// The digest under which what was typed would be kept, however it was grouped and in whichever
  /// case; null when no device's password reads like it.
  public static @Nullable Digest digest(Secret typed) {
    if (typed.length() > LONGEST_TYPED) {
      return null;
    }
    byte[] came = typed.copy();
    byte[] text = new byte[LENGTH];
    boolean reads = read(came, text);
    Arrays.fill(came, (byte) 0);
    Digest digest = reads && checks(text) ? Digest.of(text) : null;
    Arrays.fill(text, (byte) 0);
    return digest;
  }

  private static boolean read(byte[] came, byte[] text) {
    int length = 0;
    for (byte octet : came) {
      if (octet == '-' || octet == ' ') {
        continue;
      }
      char meant = meant((char) octet);
      if (length == LENGTH || ALPHABET.indexOf(meant) < 0) {
        return false;
      }
      text[length++] = (byte) meant;
    }
    return length == LENGTH;
  }

  /// As Crockford has it: o is read as 0, i and l as 1.
  private static char meant(char typed) {
    char lower = typed >= 'A' && typed <= 'Z' ? (char) (typed + ('a' - 'A')) : typed;
    return switch (lower) {
      case 'o' -> '0';
      case 'i', 'l' -> '1';
      default -> lower;
    };
  }

  private static boolean checks(byte[] text) {
    long over = over(text);
    return text[RANDOM] == first(over) && text[RANDOM + 1] == second(over);
  }

  private static byte first(long over) {
    return (byte) ALPHABET.charAt((int) (over >>> 59));
  }

  private static byte second(long over) {
    return (byte) ALPHABET.charAt((int) (over >>> 54) & 31);
  }

  /// What the check is taken from.
  private static long over(byte[] text) {
    byte[] random = Arrays.copyOf(text, RANDOM);
    Digest over = Digest.of(CHECK, random);
    Arrays.fill(random, (byte) 0);
    return over.a();
  }
}
