package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.OtpToken;
import io.parano.identity.ValidationClient;
import io.parano.kernel.Bytes;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Seals anew, under the key that seals now, what is kept under an earlier one: a few at a time,
/// each few with its entry in the log, officers' acts held off meanwhile. What is left says itself
/// which key it is under, so that nothing need be remembered of how far this came: whoever is
/// killed goes on with the next round.
public final class Resealing {
  /// Rows in one round: milliseconds in which acts wait.
  private static final int A_ROUND = 50;

  private final Books books;
  private final Officers officers;
  private final Sealer sealer;
  private final InstantSource clock;

  Resealing(Books books, Officers officers, Sealer sealer, InstantSource clock) {
    this.books = books;
    this.officers = officers;
    this.sealer = sealer;
    this.clock = clock;
  }

  /// How many rows hold something sealed.
  public int all() {
    return books.roster().passwords().size()
        + books.roster().otpTokens().size()
        + books.roster().clients().size();
  }

  /// How many of them hold something under an earlier key.
  public int left() {
    return (int) stale().count();
  }

  /// How many seeds lie under an earlier key beside acts that nobody has signed yet. They are not
  /// sealed anew: the act names the very bytes. They go with it.
  public int beside() {
    return (int) books.docket().enclosures().stream().filter(kept -> !isFresh(kept)).count();
  }

  /// One round; says how many rows are left. Throws [Ledger.Unavailable], and then nothing changed.
  public int round() {
    officers.exclusively(() -> {
      List<Change> changes = stale().limit(A_ROUND).map(Supplier::get).toList();
      if (!changes.isEmpty()) {
        books.commit(
            Event.at(clock.instant(), EventType.KEYS_CHANGED, Outcome.DONE)
                .on("key:sealing")
                .with("step", "sealed-anew")
                .with("rows", Integer.toString(changes.size())),
            changes);
      }
      return changes.size();
    });
    return left();
  }

  /// Of each row that holds something under an earlier key, how it is to be.
  private Stream<Supplier<Change>> stale() {
    Stream<Supplier<Change>> passwords =
        books.roster().passwords().stream()
            .filter(
                kept -> !isFresh(kept.hash()) || !kept.previous().stream().allMatch(this::isFresh))
            .map(kept -> () -> renewed(kept));
    Stream<Supplier<Change>> tokens =
        books.roster().otpTokens().stream()
            .filter(token -> !isFresh(token.seed()))
            .map(token -> () -> renewed(token));
    Stream<Supplier<Change>> clients =
        books.roster().clients().stream()
            .filter(client -> !isFresh(client.key()))
            .map(client -> () -> renewed(client));
    return Stream.concat(passwords, Stream.concat(tokens, clients));
  }

  private Change renewed(Change.PutPassword kept) {
    String context = SealedPasswords.context(kept.person());
    return new Change.PutPassword(
        kept.person(),
        renewed(kept.hash(), context),
        kept.previous().stream().map(hash -> renewed(hash, context)).toList(),
        kept.setAt());
  }

  private Change renewed(OtpToken token) {
    return new Change.PutOtpToken(
        token.with(renewed(token.seed(), OtpSeeds.context(token.publicId()))));
  }

  private Change renewed(ValidationClient client) {
    return new Change.PutClient(
        client.with(renewed(client.key(), OtpActs.context(client.number()))));
  }

  private Bytes renewed(Bytes sealed, String context) {
    if (isFresh(sealed)) {
      return sealed;
    }
    try (Secret secret = sealer.open(sealed.copy(), context)) {
      byte[] plain = secret.copy();
      try {
        return Bytes.of(sealer.seal(plain, context));
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    }
  }

  /// A void password has nothing to seal.
  private boolean isFresh(Bytes sealed) {
    return sealed.length() == 0 || sealer.isFresh(sealed.copy());
  }
}
