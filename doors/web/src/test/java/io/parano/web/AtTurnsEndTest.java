package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Passing;
import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Tracing;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
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
      Gate gate = gate(question -> ALLOWED, Tracing.OFF);
      ask(gate, "/1");
      ask(gate, "/2");
      happened.add("turned");
    });

    assertThat(happened)
        .containsExactly(
            "turned", "fetched /1 /2", "decided /1", "decided /2", "told /1", "told /2");
  }

  /// The cut comes between what the decision reads and its answer, which is the latest at which it
  /// may still be let through.
  @Test
  void ask_cutWhileItIsDecided_isToldBeforeTheLoopComesToTheCut() throws Exception {
    onTheLoop(loop -> {
      Gate gate =
          gate(
              question -> {
                loop.runOnContext(nothing -> happened.add("cut"));
                return ALLOWED;
              },
              Tracing.OFF);
      ask(gate, "/");
    });

    assertThat(happened).containsExactly("fetched /", "decided /", "told /", "cut");
  }

  @Test
  void ask_whoIsToldAsksAgain_isDecidedInAnotherTurn() throws Exception {
    onTheLoop(loop -> {
      Gate gate = gate(question -> REFUSED, Tracing.OFF);
      gate.ask(question("/"), answer -> ask(gate, "/again"));
      ask(gate, "/2");
    });

    assertThat(happened)
        .containsExactly(
            "fetched / /2",
            "decided /",
            "decided /2",
            "told /2",
            "fetched /again",
            "decided /again",
            "told /again");
  }

  @Test
  void ask_somebodyLooks_isDecidedAsAPartOfIt() throws Exception {
    onTheLoop(loop -> {
      Watched watched = new Watched();
      Gate gate = gate(question -> ALLOWED, watched);
      Traced.ask(
          watched, "forward-auth", null, gate, question("/"), answer -> happened.add("told /"));
      happened.add("turned");
    });

    assertThat(happened).containsExactly("decided /", "told /", "turned");
  }

  @Test
  void ask_oneCannotBeDecidedAndOneNotTold_theOthersAre() throws Exception {
    onTheLoop(loop -> {
      Gate gate =
          gate(
              question -> {
                if (question.path().equals("/broken")) {
                  throw new IllegalStateException("broken");
                }
                return ALLOWED;
              },
              Tracing.OFF);
      gate.ask(question("/broken"), answer -> happened.add(answer.toString()));
      gate.ask(
          question("/"),
          answer -> {
            happened.add(answer.toString());
            throw new IllegalStateException("broken");
          });
      ask(gate, "/2");
    });

    String fault = new Answer.Unavailable().toString();
    assertThat(happened)
        .containsExactly(
            "fetched /broken / /2",
            "decided /broken",
            "decided /",
            "decided /2",
            fault,
            ALLOWED.toString(),
            fault,
            "told /2");
  }

  private Gate gate(Function<Question, Answer> deciding, Tracing tracing) {
    OwnGate own =
        new OwnGate(
            new Deciding(deciding),
            new Workers(WebConfig.Limits.usual()),
            new InFlight(),
            new Tally(),
            tracing);
    return new AtTurnsEnd(own, new IdentityHeaders(), tracing);
  }

  private final class Deciding implements Passing {
    private final Function<Question, Answer> deciding;

    Deciding(Function<Question, Answer> deciding) {
      this.deciding = deciding;
    }

    @Override
    public Sought seek(Question question) {
      return new Sought(question, null);
    }

    @Override
    public void fetch(List<Sought> sought) {
      happened.add(
          sought.stream()
              .map(one -> " " + one.question().path())
              .collect(Collectors.joining("", "fetched", "")));
    }

    @Override
    public Answer pass(Sought sought) {
      happened.add("decided " + sought.question().path());
      return deciding.apply(sought.question());
    }

    @Override
    public Answer passRecorded(Question question) {
      throw new AssertionError("nothing here is a first use");
    }

    @Override
    public void disbelieve(IpAddress peer, Reason reason, String detail) {
      throw new AssertionError(detail);
    }
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
