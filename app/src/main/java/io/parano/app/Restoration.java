package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Restoring;
import io.parano.argon2.Argon2Pool;
import io.parano.audit.NoteSigner;
import io.parano.audit.Verdict;
import io.parano.config.Configuration;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.keys.BackupOpener;
import io.parano.keys.Keyset;
import io.parano.keys.KeysetFile;
import io.parano.keys.KeysetOpening;
import io.parano.store.AuditReader;
import io.parano.store.CheckpointFolder;
import io.parano.store.KeptOutside;
import io.parano.store.Opening;
import io.parano.store.SqlLedger;
import io.parano.store.SqliteLog;
import io.parano.store.StoreCopy;
import io.parano.store.StorePlace;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts a backup to use as a new installation. Everything is made ready in a folder of its own
/// inside `data`: unsealed, compared with its own keys, voided, and its log given another name.
/// Only then is it put in its places, the database last, so that a process that dies leaves nothing
/// that a server would serve. Said again, it begins anew, or finishes what was ready.
final class Restoration {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Configuration configuration;
  private final Path folder;
  private final Path log;
  private final Path keyset;
  private final Path checkpoint;
  private final Path ready;
  private final Randomness randomness = new SystemRandomness();
  private final Consumer<Step> watcher;

  /// @param watcher told of each step when it is done
  Restoration(Configuration configuration, Consumer<Step> watcher) {
    this.configuration = configuration;
    this.watcher = watcher;
    this.folder = configuration.data().resolve("restoring");
    this.log = folder.resolve("log");
    this.keyset = folder.resolve("keyset");
    this.checkpoint = folder.resolve("checkpoint");
    this.ready = folder.resolve("ready");
  }

  /// In their order; each may be the last before a process dies.
  enum Step {
    UNSEALED,
    COMPARED,
    VOIDED,
    KEYSET_RENAMED,
    LOG_RENAMED,
    READY,
    CHECKPOINT_KEPT,
    KEYSET_THERE,
    DATABASE_THERE
  }

  /// Whether an earlier one was ready, and only its pieces are to be put in their places.
  boolean isReady() {
    return Files.exists(ready);
  }

  /// Why nothing can be restored here; empty when it can.
  Optional<String> objection() throws IOException {
    StorePlace store = new ConfiguredPlan(configuration).store();
    switch (store.begun()) {
      case StorePlace.Begun.Unknown(var why) -> throw new IOException(StoreWords.of(why));
      case StorePlace.Begun.Yes _ -> {
        if (isReady()) {
          // An earlier one died when all was in its place.
          remove(folder);
        }
        return Optional.of(Texts.say("restore.there", where(store)));
      }
      case StorePlace.Begun.No _ -> {}
    }
    if (isReady()) {
      return Optional.empty();
    }
    Path file = configuration.keyset().file();
    if (Files.exists(file)) {
      return Optional.of(Texts.say("restore.there", file.toString()));
    }
    if (CheckpointFolder.at(configuration.checkpoints()).newest().isPresent()) {
      return Optional.of(Texts.say("restore.there", configuration.checkpoints().toString()));
    }
    return Optional.empty();
  }

  private static String where(StorePlace store) {
    return switch (store) {
      case StorePlace.File(Path directory) -> directory.toString();
      case StorePlace.Postgres place -> place.name();
    };
  }

  /// What was in the backup, unsealed beside where it is to be. Throws [IOException], saying what
  /// is wrong with it.
  BackupContent unseal(Path backup, BackupOpener opener) throws IOException {
    remove(folder);
    if (!Files.exists(configuration.data())) {
      Files.createDirectories(configuration.data(), FOLDER);
    }
    Files.createDirectory(folder, FOLDER);
    Files.createDirectory(log, FOLDER);
    Path database = Files.createFile(SqliteLog.database(log), FILE);
    try (InputStream in = opener.open(Files.newInputStream(backup))) {
      BackupContent content = BackupContent.read(in, database);
      Files.write(Files.createFile(keyset, FILE), content.keyset());
      watcher.accept(Step.UNSEALED);
      return content;
    } catch (BackupOpener.Unopened e) {
      throw new IOException(
          Texts.say(
              "restore." + e.why().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
              backup.toString()),
          e);
    } catch (EOFException e) {
      throw new IOException(Texts.say("restore.no-backup", backup.toString()), e);
    }
  }

  /// Compares what was unsealed with its own keys, voids what it grants, gives its log another
  /// name, and marks it as ready.
  Restoring.Voided prepare(BackupContent content, Secret passphrase, Instant now)
      throws IOException {
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1)) {
      KeysetFile file = Preparation.home(configuration, keyset).open(argon2, randomness);
      try (Keyset before = opened(file.open(passphrase));
          Keyset after = before.withLogName(now, randomness)) {
        Restoring.Voided voided =
            voided(content, before, ConfiguredPlan.origin(configuration, after), now);
        file.replace(after, passphrase, KeysetFile.DEFAULT_COST);
        watcher.accept(Step.KEYSET_RENAMED);
        NoteSigner signer =
            new OriginSigner(ConfiguredPlan.origin(configuration, after), after.logSigner());
        Files.writeString(checkpoint, SqliteLog.rename(log, signer));
        watcher.accept(Step.LOG_RENAMED);
        force(checkpoint);
        Files.createFile(ready);
        force(folder);
        watcher.accept(Step.READY);
        return voided;
      }
    }
  }

  /// Puts what is ready in its places; done again, it goes on.
  void place(Instant now) throws IOException {
    CheckpointFolder.at(configuration.checkpoints()).keep(Files.readString(checkpoint), now);
    watcher.accept(Step.CHECKPOINT_KEPT);
    Path file = configuration.keyset().file();
    try {
      // A link, since a rename would silently replace what came meanwhile.
      Files.createLink(file, keyset);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isSameFile(file, keyset)) {
        throw new IOException(Texts.say("restore.there", file.toString()), e);
      }
    }
    force(file.toAbsolutePath().getParent());
    watcher.accept(Step.KEYSET_THERE);
    switch (new ConfiguredPlan(configuration).store()) {
      case StorePlace.File(Path directory) -> {
        Files.move(
            SqliteLog.database(log), SqliteLog.database(directory), StandardCopyOption.ATOMIC_MOVE);
        force(directory);
      }
      case StorePlace.Postgres(var address) -> {
        try {
          StoreCopy.place(SqliteLog.database(log), address, now);
        } catch (IOException e) {
          throw new IOException(StoreWords.of(String.valueOf(e.getMessage())), e);
        }
      }
    }
    watcher.accept(Step.DATABASE_THERE);
    remove(folder);
  }

  private Restoring.Voided voided(BackupContent content, Keyset keys, String name, Instant now)
      throws IOException {
    OriginSigner signer = new OriginSigner(content.origin(), keys.logSigner());
    Opening opening =
        new SqliteLog(
                log,
                inMemory(content.checkpoint()),
                signer,
                keys.rowTagger(),
                randomness,
                notice -> {})
            .open(now);
    if (!(opening instanceof Opening.Opened(SqlLedger ledger, AuditReader reader, var state))) {
      throw new IOException(Texts.say("restore.not-whole", describe(opening)));
    }
    try (ledger) {
      if (reader.verifyAll(entries -> {}) instanceof Verdict.Broken broken) {
        throw new IOException(Texts.say("restore.not-whole", broken.findings().toString()));
      }
      watcher.accept(Step.COMPARED);
      Restoring.Voided voided =
          Restoring.voidGrants(new Books(ledger, state), content.origin(), name, now);
      watcher.accept(Step.VOIDED);
      return voided;
    }
  }

  private static String describe(Opening opening) {
    return switch (opening) {
      case Opening.RowsAltered(var findings) -> RowWords.of(findings);
      case Opening.Altered(var why, var findings) -> StoreWords.of(why);
      case Opening.Refused(var why) -> StoreWords.of(why);
      case Opening.Failed(var why, var cause) -> StoreWords.of(why);
      case Opening.Behind _,
          Opening.BehindWitness _,
          Opening.Forked _,
          Opening.Unwitnessed _,
          Opening.Opened _,
          Opening.NewLog _ ->
          opening.toString();
    };
  }

  private static Keyset opened(KeysetOpening opening) throws IOException {
    return switch (opening) {
      case KeysetOpening.Opened(Keyset keyset) -> keyset;
      case KeysetOpening.Shut shut -> throw new IOException(Preparation.sentence(shut));
    };
  }

  private static KeptOutside inMemory(String checkpoint) {
    AtomicReference<String> newest = new AtomicReference<>(checkpoint);
    return new KeptOutside() {
      @Override
      public Optional<String> newest() {
        return Optional.of(newest.get());
      }

      @Override
      public void keep(String note, Instant at) {
        newest.set(note);
      }
    };
  }

  private static void force(@Nullable Path path) throws IOException {
    if (path == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all;
      try (Stream<Path> found = Files.walk(folder)) {
        all = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : all) {
        Files.delete(each);
      }
    }
  }
}
