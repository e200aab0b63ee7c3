package io.parano.argon2;

import io.parano.authn.Argon2;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Secret;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Argon2id by a fixed number of threads with a bounded line before them. Whoever finds the line
/// full is told so at once ([Argon2.Busy]). So the memory in use is at most the number of workers
/// times the largest memory parameter asked for, however many ask.
///
/// The threads are the platform's own: a computation holds its thread for tens of milliseconds in
/// native code, and would hold up every virtual thread behind it.
public final class Argon2Pool implements Argon2, AutoCloseable {
  private static final ScopedValue<Engine.Bench> BENCH = ScopedValue.newInstance();
  private static final byte[] NONE = {};

  private final Engine engine;
  private final ThreadPoolExecutor workers;

  private Argon2Pool(Engine engine, int workers, int waiting) {
    this.engine = engine;
    this.workers =
        new ThreadPoolExecutor(
            workers,
            workers,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            this::worker,
            new ThreadPoolExecutor.AbortPolicy());
  }

  /// The installed libargon2, else Bouncy Castle.
  ///
  /// @param workers how many compute at once; as many as there are cores to spare
  /// @param waiting how many more may wait; with w workers and a computation of s seconds the last
  ///   in line waits `waiting / w * s`
  public static Argon2Pool start(int workers, int waiting) {
    Engine engine = Libargon2.find().map(Engine.class::cast).orElseGet(BouncyCastle::new);
    return start(engine, workers, waiting);
  }

  /// Bouncy Castle, whatever is installed: for whoever allows no native code.
  public static Argon2Pool startPureJava(int workers, int waiting) {
    return start(new BouncyCastle(), workers, waiting);
  }

  static Argon2Pool start(Engine engine, int workers, int waiting) {
    return new Argon2Pool(engine, workers, waiting);
  }

  /// Which library computes, for the operator.
  public String engine() {
    return engine.name();
  }

  @Override
  public byte[] hash(Secret password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    try {
      return CompletableFuture.supplyAsync(
              () -> compute(password, salt, parameters, tagLength), workers)
          .join();
    } catch (RejectedExecutionException full) {
      throw new Busy();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  /// Lets those who wait finish, and frees the memory. Later callers find it busy.
  @Override
  public void close() {
    workers.close();
  }

  private static byte[] compute(
      Secret password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    byte[] tag = new byte[tagLength];
    BENCH.get().compute(password.copy(), salt, NONE, NONE, parameters, tag);
    return tag;
  }

  private Thread worker(Runnable work) {
    return Thread.ofPlatform()
        .name("argon2")
        .daemon()
        .unstarted(() -> {
          try (Engine.Bench bench = engine.open()) {
            ScopedValue.where(BENCH, bench).run(work);
          }
        });
  }
}
