package io.parano.sshcert;

import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a certificate says (PROTOCOL.certkeys; draft-miller-ssh-cert), before or after it is
/// signed.
///
/// @param nonce 16 to 32 bytes that nobody could foresee, against collisions
/// @param serial 64 bits; by it a certificate is revoked
/// @param keyId free text, which sshd writes to its log
/// @param principals the accounts or hosts that it stands for; never empty where Parano signs:
///   older servers take that for any
/// @param validAfter seconds since 1970, 64 bits without sign; likewise `validBefore`, from which
///   moment on it is over
/// @param critical what a server must understand or refuse; the data of one that has a value is
///   itself a string
/// @param extensions what it gives beyond being let in
/// @param authority who signs
public record Certificate(
    SshKey key,
    Bytes nonce,
    long serial,
    Kind kind,
    String keyId,
    List<String> principals,
    long validAfter,
    long validBefore,
    SortedMap<String, Bytes> critical,
    SortedMap<String, Bytes> extensions,
    SshKey authority) {

  /// `validBefore` of a certificate that never ends.
  public static final long FOREVER = -1L;

  public static final String FORCE_COMMAND = "force-command";
  public static final String SOURCE_ADDRESS = "source-address";
  public static final String VERIFY_REQUIRED = "verify-required";

  public Certificate {
    principals = List.copyOf(principals);
    critical = inOrder(critical);
    extensions = inOrder(extensions);
  }

  public enum Kind {
    USER(1),
    HOST(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /// Whether `now` lies within its time.
  public boolean covers(Instant now) {
    long second = now.getEpochSecond();
    return Long.compareUnsigned(validAfter, second) <= 0
        && Long.compareUnsigned(second, validBefore) < 0;
  }

  /// The value of a critical option that has one.
  public Optional<String> option(String name) {
    Bytes data = critical.get(name);
    if (data == null) {
      return Optional.empty();
    }
    try {
      WireReader in = new WireReader(data.copy());
      String value = in.text();
      in.end();
      return Optional.of(value);
    } catch (WireReader.Flawed e) {
      return Optional.empty();
    }
  }

  /// The data of an option with a value.
  public static Bytes value(String text) {
    return Bytes.of(new WireWriter().text(text).bytes());
  }

  /// The bytes that the authority signs: everything but the signature.
  byte[] toBeSigned() {
    return new WireWriter()
        .text(key.type().certified())
        .string(nonce.copy())
        .raw(key.fields())
        .uint64(serial)
        .uint32(kind.number())
        .text(keyId)
        .string(packed())
        .uint64(validAfter)
        .uint64(validBefore)
        .string(options(critical))
        .string(options(extensions))
        .string(new byte[0])
        .string(authority.blob().copy())
        .bytes();
  }

  private WireWriter packed() {
    WireWriter out = new WireWriter();
    principals.forEach(out::text);
    return out;
  }

  private static WireWriter options(SortedMap<String, Bytes> options) {
    WireWriter out = new WireWriter();
    options.forEach((name, data) -> out.text(name).string(data.copy()));
    return out;
  }

  /// By bytes, as OpenSSH compares; names are ASCII, where that is the order of characters too.
  private static SortedMap<String, Bytes> inOrder(SortedMap<String, Bytes> options) {
    for (String name : options.keySet()) {
      if (!StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
        throw new IllegalArgumentException("expected an option's name in ASCII, found " + name);
      }
    }
    SortedMap<String, Bytes> natural = new TreeMap<>();
    natural.putAll(options);
    return Collections.unmodifiableSortedMap(natural);
  }
}
