package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When who asks is told, in one event loop's order.
class AtTurnsEndTest {
  private static final Answer ALLOWED = new Answer.Allowed(null, null);
  private static final Answer REFUSED = new Answer.Refused(Reason.NO_RULE);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> happened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void ask_twoInOneTurn_areDecidedBeforeEitherIsTold() throws Exception {
    onTheLoop(loop -> {
      Gate gate =
          gate((question, asker) -> {
            happened.add("decided " + question.path());
            asker.told(ALLOWED);
          });
      ask(gate, "/1");
      ask(gate, "/2");
    });

    assertThat(happened).containsExactly("decided /1", "decided /2", "told /1", "told /2");
  }

  /// The cut comes between what the decision reads and its answer, which is the latest at which it
  /// may still be let through.
  @Test
  void ask_cutWhileItIsDecided_isToldBeforeTheLoopComesToTheCut() throws Exception {
    onTheLoop(loop -> {
      Gate gate =
          gate((question, asker) -> {
            loop.runOnContext(nothing -> happened.add("cut"));
            asker.told(ALLOWED);
          });
      ask(gate, "/");
    });

    assertThat(happened).containsExactly("told /", "cut");
  }

  @Test
  void ask_answerComesInAnotherTurn_isToldAtOnce() throws Exception {
    onTheLoop(loop -> {
      Gate gate =
          gate((question, asker) ->
              loop.runOnContext(nothing -> {
                asker.told(REFUSED);
                happened.add("recorded");
              }));
      ask(gate, "/");
    });

    assertThat(happened).containsExactly("told /", "recorded");
  }

  @Test
  void ask_oneCannotBeTold_theOthersAre() throws Exception {
    onTheLoop(loop -> {
      Gate gate = gate((question, asker) -> asker.told(ALLOWED));
      gate.ask(
          question("/"),
          answer -> {
            happened.add(answer.toString());
            throw new IllegalStateException("broken");
          });
      ask(gate, "/2");
    });

    assertThat(happened)
        .containsExactly(ALLOWED.toString(), new Answer.Unavailable().toString(), "told /2");
  }

  private static Gate gate(Gate deciding) {
    return new AtTurnsEnd(deciding, new Tally());
  }

  private void ask(Gate gate, String path) {
    gate.ask(question(path), answer -> happened.add("told " + path));
  }

  private static Question question(String path) {
    return new Question(
        null, "app.example", path, "GET", false, IpAddress.parse("192.0.2.1"), "front");
  }

  /// Returns when the loop has come to rest.
  private void onTheLoop(Consumer<Context> work) throws Exception {
    CompletableFuture<Void> rested = new CompletableFuture<>();
    Context loop = vertx.getOrCreateContext();
    loop.runOnContext(nothing -> {
      try {
        work.accept(loop);
        // After what the work put there, and after what that put there.
        loop.runOnContext(first -> loop.runOnContext(second -> rested.complete(null)));
      } catch (RuntimeException e) {
        rested.completeExceptionally(e);
      }
    });
    rested.get(5, TimeUnit.SECONDS);
  }
}
