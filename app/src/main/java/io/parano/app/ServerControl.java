package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Certifying;
import io.parano.access.Lever;
import io.parano.access.OldHashes;
import io.parano.access.Targets;
import io.parano.kernel.Secret;
import io.parano.web.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// [Control] of a running server.
///
/// @param certifying gives null while there are no SSH authorities
/// @param logEntries how many entries the log has
/// @param witnesses how the witnesses do
record ServerControl(
    Books books,
    Lever lever,
    OldHashes oldHashes,
    Supplier<? extends @Nullable Certifying> certifying,
    KeyDesk keyDesk,
    MetadataDesk metadata,
    BackupDesk backups,
    LongSupplier logEntries,
    Supplier<Readiness> ready,
    Supplier<String> witnesses,
    Instant startedAt)
    implements Control {
  @Override
  public Status status() {
    return new Status(
        readiness(),
        startedAt,
        books.policy().version(),
        books.roster().everybody().size(),
        books.roster().officers().size(),
        books.sessions().size(),
        logEntries.getAsLong(),
        books.closures().networks().size(),
        List.copyOf(new TreeSet<>(books.closures().zones().keySet())),
        books.closures().everybody(),
        oldHashes.left(),
        witnesses.get());
  }

  @Override
  public Lever.Report cut(String order, String because, String operator) {
    return lever.cut(Targets.parse(order, books), because, new Lever.By(null, "control", operator));
  }

  @Override
  public String certifyHost(String key, String names, String days, String operator) {
    Certifying desk = certifying.get();
    if (desk == null || !days.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          desk == null
              ? "this server has no SSH authorities"
              : "expected a number of days, found " + days);
    }
    return desk.certifyHost(
            key,
            Arrays.asList(names.split(",", -1)),
            Duration.ofDays(Integer.parseInt(days)),
            "control",
            operator)
        .line("");
  }

  @Override
  public String recall(String file, String operator) {
    return metadata.recall(file, operator);
  }

  @Override
  public SshAuthorities sshAuthorities() {
    Certifying desk = certifying.get();
    if (desk == null) {
      throw new IllegalArgumentException("this server has no SSH authorities");
    }
    Certifying.Authorities authorities = desk.authorities();
    return new SshAuthorities(
        authorities.users().line("parano-users"), authorities.hosts().line("parano-hosts"));
  }

  @Override
  public String backUp(String recipient, String operator) {
    return backups.begin(recipient, operator).toString();
  }

  @Override
  public String keys() {
    return keyDesk.describe().toString();
  }

  @Override
  public void changeKeys(KeyChange change, Secret passphrase, Secret fresh, String operator) {
    keyDesk.begin(change, passphrase, fresh, operator);
  }

  private String readiness() {
    return switch (ready.get()) {
      case Readiness.Doubtful(var what) -> "ready, but " + what;
      case Readiness.Ready _ -> "ready";
      case Readiness.NotReady(var why) -> why;
    };
  }
}
