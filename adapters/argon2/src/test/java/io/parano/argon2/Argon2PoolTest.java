package io.parano.argon2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.authn.Argon2;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class Argon2PoolTest {
  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1);

  /// An engine whose computations begin and end when the test says so.
  private static final class HeldEngine implements Engine {
    final CountDownLatch begun;
    final CountDownLatch go = new CountDownLatch(1);
    final AtomicInteger benches = new AtomicInteger();
    final AtomicInteger computed = new AtomicInteger();

    HeldEngine(int workers) {
      this.begun = new CountDownLatch(workers);
    }

    @Override
    public String name() {
      return "held";
    }

    @Override
    public Bench open() {
      benches.incrementAndGet();
      return new Bench() {
        @Override
        public void compute(
            byte[] password,
            byte[] salt,
            byte[] key,
            byte[] associated,
            Argon2Parameters parameters,
            byte[] tag) {
          begun.countDown();
          await(go);
          computed.incrementAndGet();
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void hash_flood_isToldBusyAtOnceAndTakesNoMoreThanItsMemory() {
    var engine = new HeldEngine(2);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        Argon2Pool pool = Argon2Pool.start(engine, 2, 3)) {
      List<CompletableFuture<byte[]>> computing = ask(pool, callers, 2);
      await(engine.begun);
      CountDownLatch busy = new CountDownLatch(997);
      List<CompletableFuture<byte[]>> rest = ask(pool, callers, 1_000);
      rest.forEach(one -> one.exceptionally(refused -> counted(busy, refused)));
      await(busy);
      assertThat(engine.benches).hasValue(2);
      engine.go.countDown();
      computing.forEach(CompletableFuture::join);
    }
    assertThat(engine.computed).hasValue(5);
  }

  @Test
  void hash_afterTheFlood_works() {
    try (Argon2Pool pool = Argon2Pool.start(1, 1)) {
      byte[] first = hash(pool);
      assertThat(hash(pool)).isEqualTo(first).hasSize(32);
    }
  }

  @Test
  void hash_afterClose_isBusy() {
    Argon2Pool pool = Argon2Pool.startPureJava(1, 1);
    pool.close();
    assertThatThrownBy(() -> hash(pool)).isInstanceOf(Argon2.Busy.class);
  }

  @Test
  void hash_engineFails_saysSoAndGoesOn() {
    Engine broken =
        new Engine() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Bench open() {
            return new Bench() {
              @Override
              public void compute(
                  byte[] password,
                  byte[] salt,
                  byte[] key,
                  byte[] associated,
                  Argon2Parameters parameters,
                  byte[] tag) {
                throw new Argon2Failed("no memory");
              }

              @Override
              public void close() {}
            };
          }
        };
    try (Argon2Pool pool = Argon2Pool.start(broken, 1, 1)) {
      assertThatThrownBy(() -> hash(pool)).isInstanceOf(Argon2Failed.class);
      assertThatThrownBy(() -> hash(pool)).isInstanceOf(Argon2Failed.class);
    }
  }

  @Test
  void start_pureJavaAndInstalled_giveTheSameTag() {
    try (Argon2Pool pure = Argon2Pool.startPureJava(1, 1);
        Argon2Pool installed = Argon2Pool.start(1, 1)) {
      assertThat(hash(pure)).isEqualTo(hash(installed));
      assertThat(pure.engine()).contains("Bouncy Castle");
    }
  }

  private static byte[] counted(CountDownLatch busy, Throwable refused) {
    assertThat(refused).hasRootCauseInstanceOf(Argon2.Busy.class);
    busy.countDown();
    return new byte[0];
  }

  private static List<CompletableFuture<byte[]>> ask(
      Argon2Pool pool, ExecutorService callers, int times) {
    List<CompletableFuture<byte[]>> asked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      asked.add(CompletableFuture.supplyAsync(() -> hash(pool), callers));
    }
    return asked;
  }

  private static byte[] hash(Argon2 argon2) {
    return argon2.hash(Secret.ofText("correct horse"), new byte[16], CHEAP, 32);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
