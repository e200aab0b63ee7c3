package io.parano.app;

import io.parano.access.Ledger;
import io.parano.access.Resealing;
import io.parano.app.KeyChange.Refusal;
import io.parano.app.KeyChange.Refused;
import io.parano.app.KeyChange.Step;
import io.parano.argon2.Argon2Pool;
import io.parano.config.Configuration;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.keys.KeyPurpose;
import io.parano.keys.Keyset;
import io.parano.keys.KeysetFault;
import io.parano.keys.KeysetFile;
import io.parano.keys.KeysetHome;
import io.parano.keys.KeysetOpening;
import io.parano.keys.KeysetSealer;
import io.parano.store.SqlLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of a running server: what there are, and their renewal while it serves. One change at a
/// time, in a thread of its own: recorded, then written to the keyset file, then followed by what
/// the server does and by what lies in its database. A process that dies between two steps leaves a
/// keyset that opens everything, and its next start does what is still to do ([#resume], and the
/// store for its rows).
final class KeyDesk implements AutoCloseable {
  /// Whatever was sealed before the newer key was followed has reached the books by then.
  static final Duration SETTLED = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(KeyDesk.class);

  private volatile Place place;
  private final KeysetSealer sealer;
  private final Resealing resealing;
  private final SqlLedger ledger;
  private final KeyFollowing following;
  private final Randomness randomness;
  private final InstantSource clock;
  private List<Keyset.Facts> facts;
  private List<Named> named;
  private Work work = new Work("", "", "", true);
  private boolean closing;
  private @Nullable Thread worker;
  private Consumer<Step> watcher = step -> {};

  /// @param home null where the keyset is in memory alone
  /// @param origin the log's name
  /// @param sealed what stands in the configuration
  private record Place(
      @Nullable KeysetHome home, String origin, List<Configuration.Sealed> sealed) {}

  /// A key as it is shown.
  ///
  /// @param publicKey as those who need it want it; empty for a key that has no public half
  record Named(Keyset.Facts facts, String publicKey) {}

  /// What is being done, or was done last.
  ///
  /// @param refusal the code of a [Refusal]; empty when there is none
  record Work(String change, String refusal, String detail, boolean over) {}

  private KeyDesk(
      Place place,
      Keyset keyset,
      KeysetSealer sealer,
      Resealing resealing,
      KeyFollowing following,
      Randomness randomness,
      InstantSource clock) {
    this.place = place;
    this.sealer = sealer;
    this.resealing = resealing;
    this.ledger = following.log().ledger();
    this.following = following;
    this.randomness = randomness;
    this.clock = clock;
    this.facts = keyset.facts();
    this.named = KeyWords.named(keyset, place.origin());
  }

  /// @param sealer what the server seals by
  static KeyDesk of(
      ServerPlan plan,
      KeysetSealer sealer,
      Resealing resealing,
      KeyFollowing following,
      Randomness randomness,
      InstantSource clock) {
    return new KeyDesk(
        new Place(plan.keysetHome(), plan.logOrigin(), plan.sealed()),
        plan.keyset(),
        sealer,
        resealing,
        following,
        randomness,
        clock);
  }

  /// Tells `watcher` of each step when it is done, in the thread that did it.
  void watchedBy(Consumer<Step> watcher) {
    this.watcher = watcher;
  }

  synchronized Json describe() {
    return Json.object(
        "outcome",
        "done",
        "keys",
        named.stream().map(key -> KeyWords.json(key, facts)).toList(),
        "sealed",
        resealing.all(),
        "sealedUnderEarlier",
        resealing.left(),
        "configuredUnderEarlier",
        SealedLines.earlier(place.sealed(), sealer),
        "change",
        work.change(),
        "over",
        work.over(),
        "refusal",
        work.refusal(),
        "detail",
        work.detail());
  }

  /// Goes on with what a process before left half done.
  synchronized void resume() {
    if (worker == null && resealing.left() > 0) {
      work = new Work("sealing", "", "", false);
      start(this::sealAnew);
    }
  }

  /// Begins a change; [#describe] says how it goes.
  ///
  /// @param fresh the new passphrase, where that is what is to change
  /// @param operator who asked, as the kernel names them
  synchronized void begin(KeyChange change, Secret passphrase, Secret fresh, String operator) {
    if (!work.over()) {
      passphrase.close();
      fresh.close();
      throw new Refused(Refusal.UNDER_WAY, work.change());
    }
    work = new Work(change.subject(), "", "", false);
    start(() -> {
      try (passphrase;
          fresh) {
        change(change, passphrase, fresh, operator);
      }
    });
  }

  /// Waits for the step under way.
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closing = true;
      last = worker;
    }
    try {
      if (last != null) {
        last.join(Duration.ofSeconds(30));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(Runnable doing) {
    worker = Thread.ofPlatform().name("keys").daemon().start(() -> finish(doing));
  }

  private void finish(Runnable doing) {
    String refusal = "";
    String detail = "";
    try {
      doing.run();
    } catch (Refused e) {
      refusal = e.refusal.code();
      detail = String.valueOf(e.getMessage());
    } catch (Ledger.Unavailable | KeysetFault e) {
      refusal = Refusal.FAILED.code();
      detail = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a change of keys failed", e);
      refusal = Refusal.FAILED.code();
      detail = e.toString();
    }
    synchronized (this) {
      work = new Work(work.change(), refusal, detail, true);
      worker = null;
    }
  }

  private void change(KeyChange change, Secret passphrase, Secret fresh, String operator) {
    KeysetHome home = place.home();
    if (home == null) {
      throw new Refused(Refusal.NO_FILE, "");
    }
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1)) {
      KeysetFile file = home.open(argon2, randomness);
      try (Keyset present = opened(home.file(), file.open(passphrase))) {
        Changing changing = new Changing(file, present, passphrase, operator);
        switch (change) {
          case KeyChange.Passphrase _ ->
              lock(changing, KeyLock.renewed(home, fresh), fresh, "passphrase", "another");
          case KeyChange.Move(var module) ->
              lock(changing, KeyLock.moved(home, module, fresh), fresh, "lock", KeyLock.of(module));
          case KeyChange.SshAuthorities _ -> authorities(changing);
          case KeyChange.Rotate(KeyPurpose purpose) -> rotate(changing, purpose);
          case KeyChange.Retire(KeyPurpose purpose) -> retire(changing, purpose);
        }
        done(Step.DONE);
      }
    }
  }

  private record Changing(KeysetFile file, Keyset present, Secret passphrase, String operator) {}

  private Keyset opened(Path file, KeysetOpening opening) {
    return switch (opening) {
      case KeysetOpening.PassphraseWrong wrong ->
          throw new Refused(Refusal.PASSPHRASE_WRONG, wrong.file().toString());
      case KeysetOpening.Shut shut -> throw new Refused(Refusal.NOT_OPENED, shut.message());
      case KeysetOpening.Opened(Keyset keyset) -> {
        if (!keyset.facts().equals(facts())) {
          keyset.close();
          throw new Refused(Refusal.OTHER_KEYSET, file.toString());
        }
        yield keyset;
      }
    };
  }

  private void lock(Changing changing, KeysetHome next, Secret fresh, String subject, String what) {
    record(subject, what, changing.operator(), "");
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1)) {
      next.open(argon2, randomness).replace(changing.present(), fresh, KeysetFile.DEFAULT_COST);
    }
    place = new Place(next, place.origin(), place.sealed());
    done(Step.KEY_WRITTEN);
  }

  private void authorities(Changing changing) {
    if (changing.present().hasSshKeys()) {
      throw new Refused(Refusal.ALREADY_THERE, "");
    }
    try (Keyset more = changing.present().withSshKeys(clock.instant(), randomness)) {
      record("ssh", "made", changing.operator(), "");
      write(changing, more, Step.KEY_WRITTEN);
      following.added(more);
      done(Step.IN_USE);
    }
  }

  private void rotate(Changing changing, KeyPurpose purpose) {
    Keyset present = changing.present();
    long before = present.facts().stream().filter(one -> one.purpose() == purpose).count();
    if (purpose.known() && before > 1) {
      throw new Refused(Refusal.STANDING_BY, purpose.code());
    }
    try (Keyset more = present.with(purpose, clock.instant(), randomness)) {
      record(
          purpose.code(),
          before == 0 ? "made" : "renewed",
          changing.operator(),
          KeyWords.newest(more, purpose, place.origin()));
      write(changing, more, Step.KEY_WRITTEN);
      follow(changing, more, purpose);
    }
  }

  private void follow(Changing changing, Keyset more, KeyPurpose purpose) {
    switch (purpose) {
      case SEALING -> {
        sealer.follow(more);
        done(Step.IN_USE);
        sealAnew();
      }
      case TAGGING -> {
        sealer.follow(more);
        ledger.retag(more.rowTagger(), clock.instant());
        done(Step.ROWS_TAGGED);
        try (Keyset less = more.without(KeyPurpose.TAGGING)) {
          write(changing, less, Step.OLDER_DROPPED);
        }
      }
      case LOG_SIGNING -> {
        if (ledger.signBy(OriginSigner.all(place.origin(), more), clock.instant())
            instanceof SqlLedger.Checkpointed.Failed(String why)) {
          throw new Refused(Refusal.FAILED, why);
        }
        done(Step.COUNTERSIGNED);
      }
      case DECOYS -> {
        sealer.follow(more);
        done(Step.IN_USE);
      }
      // The older one signs until it is retired; one that is the first of its kind, at once.
      case SSH_USERS, SSH_HOSTS -> following.added(more);
      // The log is not called anew here.
      case LOG_NAME -> {}
    }
  }

  private void retire(Changing changing, KeyPurpose purpose) {
    Keyset present = changing.present();
    if (present.facts().stream().filter(one -> one.purpose() == purpose).count() < 2) {
      throw new Refused(Refusal.NONE_OLDER, purpose.code());
    }
    if (purpose == KeyPurpose.SEALING) {
      objectToWhatIsSealed(present);
    }
    if (purpose == KeyPurpose.LOG_SIGNING) {
      haveSigned(present);
    }
    record(purpose.code(), "retired", changing.operator(), "");
    try (Keyset less = present.without(purpose)) {
      write(changing, less, Step.OLDER_DROPPED);
      following.retired(purpose, less);
      done(Step.IN_USE);
    }
  }

  /// Every note that is kept, in the database and outside, by all keys.
  private void haveSigned(Keyset keyset) {
    switch (ledger.signBy(OriginSigner.all(place.origin(), keyset), clock.instant())) {
      case SqlLedger.Checkpointed.Failed(String why) -> throw new Refused(Refusal.FAILED, why);
      case SqlLedger.Checkpointed.NotOutside(String why) -> throw new Refused(Refusal.FAILED, why);
      case SqlLedger.Checkpointed.Signed _, SqlLedger.Checkpointed.Unchanged _ -> {}
    }
  }

  private void objectToWhatIsSealed(Keyset present) {
    int left = resealing.left() + resealing.beside();
    if (left > 0) {
      throw new Refused(Refusal.STILL_SEALED, Integer.toString(left));
    }
    List<String> configured = SealedLines.earlier(place.sealed(), sealer);
    if (!configured.isEmpty()) {
      throw new Refused(Refusal.STILL_CONFIGURED, String.join(", ", configured));
    }
    boolean soon =
        present.facts().stream()
            .filter(one -> one.purpose() == KeyPurpose.SEALING)
            .anyMatch(one -> one.made().plus(SETTLED).isAfter(clock.instant()));
    if (soon) {
      throw new Refused(Refusal.TOO_SOON, Long.toString(SETTLED.toMinutes()));
    }
  }

  private void sealAnew() {
    while (!isClosing() && resealing.round() > 0) {
      done(Step.SEALED_ANEW);
    }
  }

  /// Before anything is done: throws when the log can't take it.
  private void record(String subject, String what, String operator, String publicKey) {
    var _ =
        ledger.commit(
            KeyWords.event(clock.instant(), subject, what, operator, publicKey), List.of());
    done(Step.RECORDED);
  }

  private void write(Changing changing, Keyset keyset, Step step) {
    changing.file().replace(keyset, changing.passphrase(), KeysetFile.DEFAULT_COST);
    synchronized (this) {
      facts = keyset.facts();
      named = KeyWords.named(keyset, place.origin());
    }
    done(step);
  }

  private synchronized List<Keyset.Facts> facts() {
    return facts;
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private void done(Step step) {
    LOG.info("keys: {}", step);
    watcher.accept(step);
  }
}
