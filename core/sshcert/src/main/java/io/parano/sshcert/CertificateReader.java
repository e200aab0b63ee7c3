package io.parano.sshcert;

import io.parano.kernel.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads what an authority signs, in the order of PROTOCOL.certkeys.
final class CertificateReader {
  /// OpenSSH's own bound (SSHKEY_CERT_MAX_PRINCIPALS).
  private static final int MOST_PRINCIPALS = 256;

  private static final int LEAST_NONCE = 16;

  private CertificateReader() {}

  static Certificate read(WireReader in) {
    KeyType type =
        KeyType.ofCertified(in.text())
            .orElseThrow(() -> new WireReader.Flawed(Flaw.KEY_TYPE_UNKNOWN));
    Bytes nonce = Bytes.of(in.string());
    if (nonce.length() < LEAST_NONCE) {
      throw new WireReader.Flawed(Flaw.NONCE_SHORT);
    }
    SshKey key = SshKey.fields(type, in);
    long serial = in.uint64();
    Certificate.Kind kind = kind(in.uint32());
    String keyId = in.text();
    List<String> principals = principals(in.nested());
    long validAfter = in.uint64();
    long validBefore = in.uint64();
    if (Long.compareUnsigned(validAfter, validBefore) >= 0) {
      throw new WireReader.Flawed(Flaw.VALIDITY_EMPTY);
    }
    SortedMap<String, Bytes> critical = options(in.nested());
    SortedMap<String, Bytes> extensions = options(in.nested());
    if (in.string().length > 0) {
      throw new WireReader.Flawed(Flaw.RESERVED_USED);
    }
    return new Certificate(
        key,
        nonce,
        serial,
        kind,
        keyId,
        principals,
        validAfter,
        validBefore,
        critical,
        extensions,
        authority(in.string()));
  }

  private static Certificate.Kind kind(long number) {
    for (Certificate.Kind kind : Certificate.Kind.values()) {
      if (kind.number() == number) {
        return kind;
      }
    }
    throw new WireReader.Flawed(Flaw.KIND_UNKNOWN);
  }

  private static List<String> principals(WireReader in) {
    List<String> principals = new ArrayList<>();
    while (in.hasMore()) {
      if (principals.size() == MOST_PRINCIPALS) {
        throw new WireReader.Flawed(Flaw.PRINCIPALS_TOO_MANY);
      }
      principals.add(in.text());
    }
    return principals;
  }

  /// Each once, in order: a second one of a name would mean what a reader makes of it.
  private static SortedMap<String, Bytes> options(WireReader in) {
    TreeMap<String, Bytes> options = new TreeMap<>();
    while (in.hasMore()) {
      String name = in.text();
      boolean ascii = name.chars().allMatch(c -> c < 0x80);
      if (!ascii || (!options.isEmpty() && options.lastKey().compareTo(name) >= 0)) {
        throw new WireReader.Flawed(Flaw.OPTIONS_UNSORTED);
      }
      options.put(name, Bytes.of(in.string()));
    }
    return options;
  }

  /// A plain key: certificates have no chains.
  private static SshKey authority(byte[] blob) {
    try {
      return SshKey.read(blob);
    } catch (WireReader.Flawed e) {
      throw new WireReader.Flawed(Flaw.AUTHORITY_UNUSABLE);
    }
  }
}
