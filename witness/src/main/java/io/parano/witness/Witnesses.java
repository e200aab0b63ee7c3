package io.parano.witness;

import io.parano.audit.CosignatureKey;
import io.parano.audit.WatchedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// All witnesses of one log, asked at the same time: a slow one holds up none of the others.
public final class Witnesses {
  private final List<Witness> witnesses;
  private final Map<String, Standing> standings = new LinkedHashMap<>();

  public Witnesses(List<? extends Witness> witnesses, Instant now) {
    this.witnesses = List.copyOf(witnesses);
    witnesses.forEach(
        witness -> standings.put(name(witness), new Standing(name(witness), 0, now, "")));
  }

  public boolean none() {
    return witnesses.isEmpty();
  }

  public CosignatureKey[] keys() {
    return witnesses.stream().map(Witness::key).toArray(CosignatureKey[]::new);
  }

  /// What each of them has seen of `log`, by its name.
  public Map<String, Witness.Latest> latest(WatchedLog log) {
    return each(witness -> witness.latest(log));
  }

  /// Has each of them cosign the last checkpoint. One round at a time.
  public Map<String, Round> round(LogView log, Instant now) {
    String note = log.note();
    Map<String, Round> rounds =
        each(witness -> new WitnessRound(witness, log, note, now).push(standing(witness).size()));
    synchronized (standings) {
      rounds.forEach(
          (name, round) -> standings.computeIfPresent(name, (_, old) -> after(old, round, now)));
    }
    return rounds;
  }

  /// How they have done, in the order in which they were given.
  public List<Standing> standings() {
    synchronized (standings) {
      return List.copyOf(standings.values());
    }
  }

  private Standing standing(Witness witness) {
    return standings().stream()
        .filter(standing -> standing.witness().equals(name(witness)))
        .findFirst()
        .orElseThrow();
  }

  private static Standing after(Standing old, Round round, Instant now) {
    return switch (round) {
      case Round.Behind(long size, long witnessed) ->
          trouble(old, "it has cosigned %d entries, there are %d".formatted(witnessed, size));
      case Round.Forked(long witnessed) ->
          trouble(old, "it has cosigned %d other entries".formatted(witnessed));
      case Round.Failed(String why) -> trouble(old, why);
      case Round.Cosigned(var checkpoint) ->
          new Standing(old.witness(), checkpoint.signed().checkpoint().size(), now, "");
    };
  }

  private static Standing trouble(Standing old, String why) {
    return new Standing(old.witness(), old.size(), old.since(), why);
  }

  private <T> Map<String, T> each(Function<Witness, T> question) {
    Map<String, T> answers = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> asked = new ArrayList<>();
      witnesses.forEach(witness -> asked.add(threads.submit(() -> question.apply(witness))));
      for (int i = 0; i < asked.size(); i++) {
        answers.put(name(witnesses.get(i)), asked.get(i).get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while witnesses were asked", e);
    }
  }

  private static String name(Witness witness) {
    return witness.key().name();
  }
}
