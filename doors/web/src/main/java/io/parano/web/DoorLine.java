package io.parano.web;

import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.web.Tally.Kind;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a door process. It may be in an intruder's hands: it can ask what anybody at a
/// proxy or a browser could, within bounds, and nothing else. What is not a question as written
/// down ends the connection. On one event loop, but for [#clear] and [#cutOff].
final class DoorLine {
  private static final Logger LOG = LoggerFactory.getLogger(DoorLine.class);

  private final AuthorityDoor.Desk desk;
  private final NetSocket socket;
  private final Gate gate;
  private final Context loop = Loop.current();
  private final FrameSplitter splitter = new FrameSplitter(Layout.LONGEST_ASKED);
  private final FrameWriter out = new FrameWriter();
  private final Identities.Teller identities = new Identities.Teller();
  private final Map<Integer, CompletableFuture<Boolean>> clearing = new HashMap<>();
  private Runnable left;
  private boolean met;
  private boolean reading;
  private boolean ended;
  private int rounds;

  DoorLine(AuthorityDoor.Desk desk, NetSocket socket, Gate gate, Runnable left) {
    this.desk = desk;
    this.socket = socket;
    this.gate = gate;
    this.left = left;
    socket.handler(this::arrived);
    socket.closeHandler(closed -> gone());
    socket.exceptionHandler(broken -> LOG.debug("a door's connection broke", broken));
  }

  boolean isMet() {
    return met;
  }

  /// Has `also` done when the door is gone.
  void whenGone(Runnable also) {
    Runnable before = left;
    left =
        () -> {
          before.run();
          also.run();
        };
  }

  /// Completes when the door has seen off all that it was told before: with false when it is gone,
  /// and what it held with it.
  CompletableFuture<Boolean> clear() {
    CompletableFuture<Boolean> cleared = new CompletableFuture<>();
    loop.runOnContext(nothing -> {
      int round = rounds++;
      clearing.put(round, cleared);
      out.begin(FrameKind.CLEAR).four(round).end();
      flush();
    });
    return cleared;
  }

  void cutOff() {
    loop.runOnContext(nothing -> end("it does not answer a cut"));
  }

  void end(String why) {
    LOG.error("the connection of a door is ended: {}", why);
    ended = true;
    var _ = socket.close();
  }

  private void gone() {
    left.run();
    desk.doors().remove(this);
    clearing.values().forEach(one -> one.complete(false));
    clearing.clear();
  }

  private void arrived(Buffer bytes) {
    if (ended) {
      return;
    }
    reading = true;
    try {
      splitter.feed(bytes, this::take);
    } catch (FrameReader.Malformed e) {
      desk.tally().count(Kind.INVALID);
      end(String.valueOf(e.getMessage()));
    } finally {
      reading = false;
    }
    flush();
    if (socket.writeQueueFull()) {
      socket.pause();
      socket.drainHandler(drained -> socket.resume());
    }
  }

  private void flush() {
    if (!reading && !out.isEmpty()) {
      var _ = socket.write(out.take());
    }
  }

  private void take(FrameKind kind, FrameReader frame) {
    if (!met) {
      meet(kind, frame);
      return;
    }
    switch (kind) {
      case PASS -> pass(frame.four(), frame);
      case CALL -> call(frame.four(), frame);
      case DISBELIEVE -> disbelieve(frame);
      case PING -> {
        frame.end();
        pong();
      }
      case CLEARED -> {
        CompletableFuture<Boolean> cleared = clearing.remove(frame.four());
        frame.end();
        if (cleared != null) {
          cleared.complete(true);
        }
      }
      case HELLO, WELCOME, ANSWER, REPLY, PONG, CLEAR ->
          throw new FrameReader.Malformed("a door does not say " + kind);
    }
  }

  private void meet(FrameKind kind, FrameReader frame) {
    if (kind != FrameKind.HELLO || frame.one() != Layout.VERSION) {
      throw new FrameReader.Malformed("expected a door of version " + Layout.VERSION);
    }
    boolean same = Arrays.equals(frame.raw(), desk.layout().digest());
    frame.end();
    if (!same) {
      throw new FrameReader.Malformed(
          "expected a door with the same hosts, proxies and cookies: start both of one"
              + " configuration and one version");
    }
    met = true;
    desk.doors().add(this);
    out.begin(FrameKind.WELCOME).end();
  }

  private void pass(int number, FrameReader frame) {
    String begun = Layout.traceparent(frame);
    Question question = desk.layout().question(frame);
    Traced.askOn(
        desk.tracing(),
        begun,
        gate,
        question,
        answer -> {
          Layout.answer(out, number, answer, identities);
          flush();
        });
  }

  private void call(int number, FrameReader frame) {
    String begun = Layout.traceparent(frame);
    Call call = desk.layout().call(frame);
    boolean started =
        desk.workers()
            .start(
                call.source(),
                () -> {
                  Response response =
                      Traced.callOn(desk.tracing(), call, begun, () -> answer(call));
                  loop.runOnContext(nothing -> reply(number, response));
                });
    if (!started) {
      desk.tally().count(Kind.BUSY);
      reply(number, desk.counter().refusal(503));
    }
  }

  /// A bug answers too.
  private Response answer(Call call) {
    try {
      return desk.counter().answer(call);
    } catch (RuntimeException e) {
      desk.tally().count(Kind.BUGS);
      LOG.error("{\"event\":\"web-crashed\"}", e);
      return desk.counter().refusal(500);
    }
  }

  private void reply(int number, Response response) {
    Layout.response(out, number, response);
    flush();
  }

  private void disbelieve(FrameReader frame) {
    Reason reason = Layout.reason(frame);
    IpAddress from = Layout.address(frame);
    String detail = frame.text();
    frame.end();
    desk.disbelief().of(from, reason, detail);
  }

  private void pong() {
    FrameWriter frame = out.begin(FrameKind.PONG);
    switch (desk.readiness().get()) {
      case Readiness.NotReady(String why) -> frame.one(0).text(why);
      case Readiness.Doubtful(String what) -> frame.one(1).text(what);
      case Readiness.Ready() -> frame.one(2).text("");
    }
    frame.text(desk.gauges().get()).end();
  }
}
