package io.parano.keys;

import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.kernel.Tagger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of one installation, by purpose and version. What was sealed under any version opens;
/// the newest seals.
///
/// Only sealing keys can be renewed so far. A new tagging key would void every tag there is, and a
/// new log key must be told to whoever witnesses the log: both are migrations, not a call.
public final class Keyset implements AutoCloseable {
  private static final int KEY_LENGTH = 32;
  private static final int ENTRY_LENGTH = 1 + Integer.BYTES + Long.BYTES + KEY_LENGTH;

  /// More versions than a century of yearly keys.
  private static final int MOST_KEYS = 256;

  /// The end of the year 9999.
  private static final long LAST_SECOND = 253_402_300_799L;

  private final List<Key> keys;

  private Keyset(List<Key> keys) {
    this.keys = keys;
  }

  /// One key as it may be shown.
  ///
  /// @param made to the second
  public record Facts(KeyPurpose purpose, int version, Instant made) {}

  record Key(Facts facts, Secret secret) {}

  /// A first key for each purpose.
  public static Keyset fresh(Instant now, Randomness randomness) {
    return new Keyset(
        Arrays.stream(KeyPurpose.values())
            .map(purpose -> key(purpose, 1, now, randomness))
            .toList());
  }

  /// This keyset and a newer sealing key. Close this one once the other is written.
  public Keyset withNewSealingKey(Instant now, Randomness randomness) {
    List<Key> more = new ArrayList<>();
    keys.forEach(key -> more.add(new Key(key.facts(), copy(key.secret()))));
    int version = newest(KeyPurpose.SEALING).facts().version() + 1;
    more.add(key(KeyPurpose.SEALING, version, now, randomness));
    return new Keyset(List.copyOf(more));
  }

  /// What is in it, without the keys.
  public List<Facts> facts() {
    return keys.stream().map(Key::facts).toList();
  }

  /// @param randomness gives the nonces
  public KeysetSealer sealer(Randomness randomness) {
    return new KeysetSealer(this, randomness);
  }

  /// Tags what the store writes.
  public Tagger rowTagger() {
    return new RowTagger(newest(KeyPurpose.TAGGING).secret());
  }

  /// Whether it has the keys of both SSH authorities. [#withSshKeys] gives them to one that was
  /// made before there were any.
  public boolean hasSshKeys() {
    return !of(KeyPurpose.SSH_USERS).isEmpty() && !of(KeyPurpose.SSH_HOSTS).isEmpty();
  }

  /// This keyset and the keys of both SSH authorities. Close this one once the other is written.
  public Keyset withSshKeys(Instant now, Randomness randomness) {
    List<Key> more = new ArrayList<>();
    keys.forEach(key -> more.add(new Key(key.facts(), copy(key.secret()))));
    for (KeyPurpose purpose : List.of(KeyPurpose.SSH_USERS, KeyPurpose.SSH_HOSTS)) {
      if (of(purpose).isEmpty()) {
        more.add(key(purpose, 1, now, randomness));
      }
    }
    return new Keyset(List.copyOf(more));
  }

  /// Signs the SSH certificates of people. Throws when [#hasSshKeys] does not hold.
  public SshSigner sshUsers() {
    return new SshSigner(newest(KeyPurpose.SSH_USERS).secret());
  }

  /// Signs the SSH certificates of hosts. Throws when [#hasSshKeys] does not hold.
  public SshSigner sshHosts() {
    return new SshSigner(newest(KeyPurpose.SSH_HOSTS).secret());
  }

  public LogSigner logSigner() {
    return new LogSigner(newest(KeyPurpose.LOG_SIGNING).secret());
  }

  /// Overwrites the keys. Sealers and signers made before keep working on copies of their own.
  @Override
  public void close() {
    keys.forEach(key -> key.secret().wipe());
  }

  @Override
  public String toString() {
    return "Keyset" + facts();
  }

  List<Key> of(KeyPurpose purpose) {
    return keys.stream().filter(key -> key.facts().purpose() == purpose).toList();
  }

  Key newest(KeyPurpose purpose) {
    return of(purpose).stream()
        .max(Comparator.comparingInt(key -> key.facts().version()))
        .orElseThrow();
  }

  /// The keys one after another: purpose, version, second of making, 32 bytes. Whoever calls wipes
  /// it.
  byte[] write() {
    ByteBuffer out = ByteBuffer.allocate(keys.size() * ENTRY_LENGTH);
    for (Key key : keys) {
      byte[] bytes = key.secret().copy();
      out.put(key.facts().purpose().code())
          .putInt(key.facts().version())
          .putLong(key.facts().made().getEpochSecond())
          .put(bytes);
      Arrays.fill(bytes, (byte) 0);
    }
    return out.array();
  }

  /// What [#write] made; empty for anything else.
  static Optional<Keyset> read(byte[] bytes) {
    if (bytes.length % ENTRY_LENGTH != 0 || bytes.length > MOST_KEYS * ENTRY_LENGTH) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Key> keys = new ArrayList<>();
    while (in.hasRemaining()) {
      Optional<KeyPurpose> purpose = KeyPurpose.of(in.get());
      int version = in.getInt();
      long made = in.getLong();
      byte[] secret = new byte[KEY_LENGTH];
      in.get(secret);
      if (purpose.isEmpty() || version < 1 || made < 0 || made > LAST_SECOND) {
        return Optional.empty();
      }
      Facts facts = new Facts(purpose.get(), version, Instant.ofEpochSecond(made));
      keys.add(new Key(facts, Secret.of(secret)));
      Arrays.fill(secret, (byte) 0);
    }
    return complete(keys) ? Optional.of(new Keyset(List.copyOf(keys))) : Optional.empty();
  }

  private static boolean complete(List<Key> keys) {
    Set<KeyPurpose> purposes = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Key key : keys) {
      purposes.add(key.facts().purpose());
      names.add(key.facts().purpose() + "/" + key.facts().version());
    }
    boolean whole =
        Arrays.stream(KeyPurpose.values())
            .allMatch(purpose -> purpose.optional() || purposes.contains(purpose));
    return whole && names.size() == keys.size();
  }

  private static Key key(KeyPurpose purpose, int version, Instant now, Randomness randomness) {
    Instant made = Instant.ofEpochSecond(now.getEpochSecond());
    return new Key(new Facts(purpose, version, made), Secret.random(KEY_LENGTH, randomness));
  }

  private static Secret copy(Secret secret) {
    byte[] bytes = secret.copy();
    Secret copy = Secret.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    return copy;
  }
}
