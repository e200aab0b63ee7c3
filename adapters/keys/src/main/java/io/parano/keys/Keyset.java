package io.parano.keys;

import io.parano.kernel.Bytes;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The keys of one installation, by purpose and version. What was sealed under any version opens;
/// the newest seals.
///
/// A key whose public half others hold ([KeyPurpose#known]) is in use until it is retired: a newer
/// one stands by.
public final class Keyset implements AutoCloseable {
  private static final int KEY_LENGTH = 32;
  private static final int ENTRY_LENGTH = 1 + Integer.BYTES + Long.BYTES + KEY_LENGTH;

  /// More versions than a century of yearly keys.
  private static final int MOST_KEYS = 256;

  /// The end of the year 9999.
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final Comparator<Key> BY_VERSION =
      Comparator.comparingInt(key -> key.facts().version());

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

  /// This keyset and a newer key for `purpose`. Close this one once the other is written.
  public Keyset with(KeyPurpose purpose, Instant now, Randomness randomness) {
    List<Key> more = copies(key -> true);
    if (purpose == KeyPurpose.TAGGING && of(KeyPurpose.DECOYS).isEmpty()) {
      // Strangers go on being shown what they were shown.
      Key old = newest(KeyPurpose.TAGGING);
      more.add(new Key(new Facts(KeyPurpose.DECOYS, 1, old.facts().made()), copy(old.secret())));
    }
    int version = of(purpose).stream().mapToInt(key -> key.facts().version()).max().orElse(0) + 1;
    more.add(key(purpose, version, now, randomness));
    return new Keyset(List.copyOf(more));
  }

  /// This keyset without the older keys for `purpose`. Close this one once the other is written.
  public Keyset without(KeyPurpose purpose) {
    int newest = newest(purpose).facts().version();
    return new Keyset(
        List.copyOf(
            copies(key -> key.facts().purpose() != purpose || key.facts().version() == newest)));
  }

  /// What is in it, without the keys.
  public List<Facts> facts() {
    return keys.stream().map(Key::facts).toList();
  }

  /// @param randomness gives the nonces
  public KeysetSealer sealer(Randomness randomness) {
    return new KeysetSealer(this, randomness);
  }

  /// Tags what the store writes. While a renewal is under way it knows the keys before.
  public Tagger rowTagger() {
    List<Tagger> taggers =
        of(KeyPurpose.TAGGING).stream()
            .sorted(BY_VERSION.reversed())
            .<Tagger>map(key -> new RowTagger(key.secret(), List.of()))
            .toList();
    return new RowTagger(newest(KeyPurpose.TAGGING).secret(), taggers.subList(1, taggers.size()));
  }

  /// Whether it has the keys of both SSH authorities. [#withSshKeys] gives them to one that was
  /// made before there were any.
  public boolean hasSshKeys() {
    return !of(KeyPurpose.SSH_USERS).isEmpty() && !of(KeyPurpose.SSH_HOSTS).isEmpty();
  }

  /// This keyset and the keys of both SSH authorities. Close this one once the other is written.
  public Keyset withSshKeys(Instant now, Randomness randomness) {
    List<Key> more = copies(key -> true);
    for (KeyPurpose purpose : List.of(KeyPurpose.SSH_USERS, KeyPurpose.SSH_HOSTS)) {
      if (of(purpose).isEmpty()) {
        more.add(key(purpose, 1, now, randomness));
      }
    }
    return new Keyset(List.copyOf(more));
  }

  /// Signs the SSH certificates of people. Throws when [#hasSshKeys] does not hold.
  public SshSigner sshUsers() {
    return new SshSigner(inUse(KeyPurpose.SSH_USERS).secret());
  }

  /// Signs the SSH certificates of hosts. Throws when [#hasSshKeys] does not hold.
  public SshSigner sshHosts() {
    return new SshSigner(inUse(KeyPurpose.SSH_HOSTS).secret());
  }

  /// The log's key: the one that verifiers have.
  public LogSigner logSigner() {
    return new LogSigner(inUse(KeyPurpose.LOG_SIGNING).secret());
  }

  /// All keys that sign the log, the one that verifiers have first.
  public List<LogSigner> logSigners() {
    return of(KeyPurpose.LOG_SIGNING).stream()
        .sorted(BY_VERSION)
        .map(key -> new LogSigner(key.secret()))
        .toList();
  }

  /// The public half of each key for `purpose`, Ed25519, by version; empty for a purpose whose keys
  /// have none.
  public SortedMap<Integer, Bytes> publicKeys(KeyPurpose purpose) {
    SortedMap<Integer, Bytes> halves = new TreeMap<>();
    if (purpose.known()) {
      for (Key key : of(purpose)) {
        halves.put(key.facts().version(), Bytes.of(new LogSigner(key.secret()).publicKey32()));
      }
    }
    return halves;
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
    return of(purpose).stream().max(BY_VERSION).orElseThrow();
  }

  /// The key under which strangers' decoys are made.
  Key decoys() {
    return of(KeyPurpose.DECOYS).isEmpty() ? newest(KeyPurpose.TAGGING) : newest(KeyPurpose.DECOYS);
  }

  private Key inUse(KeyPurpose purpose) {
    return of(purpose).stream().min(BY_VERSION).orElseThrow();
  }

  private List<Key> copies(Predicate<Key> which) {
    List<Key> copies = new ArrayList<>();
    keys.stream()
        .filter(which)
        .forEach(key -> copies.add(new Key(key.facts(), copy(key.secret()))));
    return copies;
  }

  /// The keys one after another: purpose, version, second of making, 32 bytes. Whoever calls wipes
  /// it.
  byte[] write() {
    ByteBuffer out = ByteBuffer.allocate(keys.size() * ENTRY_LENGTH);
    for (Key key : keys) {
      byte[] bytes = key.secret().copy();
      out.put(key.facts().purpose().number())
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
