package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Tracing;
import io.parano.web.Tally.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An authority in another process. This one decides nothing, and refuses what it is not told.
final class Apart implements Behind {
  /// What a disk under load takes; a silent authority is given up long before.
  private static final int CALL_SECONDS = 30;

  private final WebConfig config;
  private final AuthorityPlace place;
  private final Tracing tracing;
  private final Layout layout;
  private final List<AuthorityLink> links = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Readiness readiness = new Readiness.NotReady("the authority was not met yet");
  private volatile String gauges = "";

  Apart(WebConfig config, AuthorityPlace place, Tracing tracing) {
    this.config = config;
    this.place = place;
    this.tracing = tracing;
    this.layout = new Layout(config);
  }

  Readiness readiness() {
    return readiness;
  }

  String gauges() {
    return gauges;
  }

  void silent(String why) {
    readiness = new Readiness.NotReady("the authority is not there: " + why);
    gauges = "";
  }

  void heard() {
    readiness = new Readiness.Ready();
  }

  /// @param state as [DoorLine] counts them
  void told(int state, String why, String figures) {
    gauges = figures;
    readiness =
        switch (state) {
          case 2 -> new Readiness.Ready();
          case 1 -> new Readiness.Doubtful(why);
          default -> new Readiness.NotReady(why);
        };
  }

  @Override
  public Gate gate(Vertx vertx, Workers workers, IdentityHeaders headers, Tally tally) {
    AuthorityLink link = new AuthorityLink(vertx, layout, place, this, tally, tracing);
    links.add(link);
    return link;
  }

  @Override
  public void disbelieve(IpAddress from, Reason reason, String detail) {
    link()
        .send(out ->
            out.begin(FrameKind.DISBELIEVE)
                .text(reason.code())
                .eight(from.high())
                .eight(from.low())
                .text(detail)
                .end());
  }

  @Override
  public Intake.Counter counter(Tally tally) {
    PlainPages plain = new PlainPages(new Frame(config, new Assets(null)));
    SecurityHeaders headers = new SecurityHeaders(null);
    return new Intake.Counter() {
      @Override
      public Response answer(Call call) {
        Response answer = asked(call);
        if (answer != null) {
          return answer;
        }
        tally.count(Kind.FAULTS);
        Visit visit = new Visit(call, Words.of(Tongue.of(call)));
        return call.path().startsWith("/api/")
            ? Problem.of(503, "unavailable", visit.say(Phrase.ERROR_FAULT_TEXT))
            : plain.error(visit, 500);
      }

      @Override
      public Response refusal(int status) {
        return Response.text(status, "");
      }

      @Override
      public void dress(HttpServerResponse response, boolean secure) {
        headers.on(response, secure);
      }
    };
  }

  private @Nullable Response asked(Call call) {
    CompletableFuture<Optional<Response>> answer = new CompletableFuture<>();
    link().call(call, response -> answer.complete(Optional.ofNullable(response)));
    try {
      return answer.get(CALL_SECONDS, TimeUnit.SECONDS).orElse(null);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private AuthorityLink link() {
    return links.get(Math.floorMod(turn.getAndIncrement(), links.size()));
  }
}
