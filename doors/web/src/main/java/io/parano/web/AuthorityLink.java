package io.parano.web;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.Tracing;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An event loop's line to the authority: questions one behind the other without waiting, answers
/// in whatever order they come. Everything here happens on that loop.
///
/// Nothing is kept of an answer, and none counts that is older than [#PATIENCE]: a process that was
/// stopped and goes on must not pass on what has been taken away meanwhile. An authority that says
/// nothing for [#SILENCE], not even that it is there, is given up with all that was asked of it.
final class AuthorityLink implements Gate {
  static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration SILENCE = Duration.ofMillis(3_500);
  private static final int SWEEP_MILLIS = 250;
  private static final long PING_NANOS = 1_000_000_000L;

  /// Questions without answer; a power of two.
  private static final int AT_ONCE = 4096;

  /// What pages may have under way towards the authority; as many as may wait here.
  private static final int CALLS_AT_ONCE = 512;

  private static final Logger LOG = LoggerFactory.getLogger(AuthorityLink.class);
  private static final Answer UNAVAILABLE = new Answer.Unavailable();

  /// Whoever waits for a page.
  interface Caller {
    /// @param response null when there is none
    void told(@Nullable Response response);
  }

  private record Waiting(int number, long since, Asker asker) {}

  private final Layout layout;
  private final Meeting meeting;
  private final Apart apart;
  private final Tally tally;
  private final Tracing tracing;
  private final Context loop = Loop.current();
  private final NetClient client;
  private final FrameWriter out = new FrameWriter();
  private final @Nullable Waiting[] waiting = new @Nullable Waiting[AT_ONCE];
  private final Map<Integer, Caller> calls = new HashMap<>();
  private @Nullable NetSocket socket;
  private FrameSplitter splitter = new FrameSplitter(Layout.LONGEST_ANSWERED);
  private Identities.Hearer identities = new Identities.Hearer();
  private boolean connecting;
  private boolean welcomed;
  private boolean flushing;
  private long heard;
  private long pinged;
  private long expires;
  private int next;

  AuthorityLink(
      Vertx vertx, Layout layout, AuthorityPlace place, Apart apart, Tally tally, Tracing tracing) {
    this.layout = layout;
    this.meeting = new Meeting(place);
    this.apart = apart;
    this.tally = tally;
    this.tracing = tracing;
    this.client = vertx.createNetClient(meeting.client());
    vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
    connect();
  }

  boolean isUp() {
    return welcomed;
  }

  @Override
  public void ask(Question question, Asker asker) {
    int number = next++;
    int at = number & (AT_ONCE - 1);
    NetSocket to = socket;
    if (to == null || !welcomed || waiting[at] != null || to.writeQueueFull()) {
      OwnGate.tell(asker, UNAVAILABLE, tally);
      return;
    }
    waiting[at] = new Waiting(number, System.nanoTime(), asker);
    layout.question(out, number, tracing.traceparent(), question);
    flushSoon();
  }

  /// From any thread.
  ///
  /// @param caller told on the loop
  void call(Call call, Caller caller) {
    String traceparent = tracing.traceparent();
    loop.runOnContext(nothing -> {
      NetSocket to = socket;
      if (to == null || !welcomed || calls.size() >= CALLS_AT_ONCE) {
        caller.told(null);
        return;
      }
      int number = next++;
      calls.put(number, caller);
      layout.call(out, number, traceparent, call);
      flushSoon();
    });
  }

  /// From any thread; untold where there is nobody to tell.
  void send(Consumer<FrameWriter> frame) {
    loop.runOnContext(nothing -> {
      NetSocket to = socket;
      if (to != null && welcomed && !to.writeQueueFull()) {
        frame.accept(out);
        flushSoon();
      }
    });
  }

  /// All that is asked in one turn of the loop goes out in one piece.
  private void flushSoon() {
    if (!flushing) {
      flushing = true;
      loop.runOnContext(nothing -> flush());
    }
  }

  private void flush() {
    flushing = false;
    NetSocket to = socket;
    if (to != null && !out.isEmpty()) {
      var _ = to.write(out.take());
    }
  }

  private void connect() {
    connecting = true;
    client
        .connect(meeting.address())
        .onSuccess(this::connected)
        .onFailure(cause -> {
          connecting = false;
          apart.silent(String.valueOf(cause.getMessage()));
        });
  }

  private void connected(NetSocket to) {
    connecting = false;
    switch (meeting.look(to)) {
      case Meeting.Met.Stranger(var found) -> {
        LOG.error("somebody else is where the authority should be: {}", found);
        apart.silent("somebody else is there: " + found);
        var _ = to.close();
      }
      case Meeting.Met.Peer(long millis) -> met(to, millis);
    }
  }

  private void met(NetSocket to, long millis) {
    socket = to;
    expires = millis == Long.MAX_VALUE ? millis : System.currentTimeMillis() + millis;
    splitter = new FrameSplitter(Layout.LONGEST_ANSWERED);
    identities = new Identities.Hearer();
    heard = System.nanoTime();
    to.handler(arrived -> arrived(to, arrived));
    to.closeHandler(closed -> lost(to, "it closed the connection"));
    to.exceptionHandler(broken -> lost(to, String.valueOf(broken.getMessage())));
    out.begin(FrameKind.HELLO).one(Layout.VERSION).raw(layout.digest()).end();
    flushSoon();
  }

  private void arrived(NetSocket from, Buffer bytes) {
    if (!from.equals(socket)) {
      return;
    }
    heard = System.nanoTime();
    try {
      splitter.feed(bytes, this::take);
    } catch (FrameReader.Malformed e) {
      LOG.error("what the authority says can't be read: {}", e.getMessage());
      lost(from, "what it says can't be read");
    }
  }

  private void take(FrameKind kind, FrameReader frame) {
    switch (kind) {
      case WELCOME -> {
        welcomed = true;
        frame.end();
        apart.heard();
      }
      case ANSWER -> answered(frame.four(), Layout.answer(frame, identities));
      case REPLY -> {
        Caller caller = calls.remove(frame.four());
        Response response = Layout.response(frame);
        if (caller != null) {
          caller.told(response);
        }
      }
      case PONG -> {
        int state = frame.one();
        apart.told(state, frame.text(), frame.text());
        frame.end();
      }
      // What came before this was answered as it came.
      case CLEAR -> {
        out.begin(FrameKind.CLEARED).four(frame.four()).end();
        frame.end();
        flushSoon();
      }
      case HELLO, PASS, CALL, DISBELIEVE, PING, CLEARED ->
          throw new FrameReader.Malformed("an authority does not say " + kind);
    }
  }

  private void answered(int number, Answer answer) {
    int at = number & (AT_ONCE - 1);
    Waiting asked = waiting[at];
    if (asked == null || asked.number() != number) {
      return;
    }
    waiting[at] = null;
    boolean late = System.nanoTime() - asked.since() > PATIENCE.toNanos();
    OwnGate.tell(asked.asker(), late ? UNAVAILABLE : answer, tally);
  }

  private void sweep() {
    long now = System.nanoTime();
    NetSocket to = socket;
    giveUp(now - PATIENCE.toNanos());
    if (to == null) {
      if (!connecting) {
        connect();
      }
    } else if (now - heard > SILENCE.toNanos()) {
      lost(to, "it says nothing");
    } else if (System.currentTimeMillis() >= expires) {
      lost(to, "its certificate has expired");
    } else if (welcomed && now - pinged > PING_NANOS) {
      pinged = now;
      out.begin(FrameKind.PING).end();
      flushSoon();
    }
  }

  private void lost(NetSocket from, String why) {
    if (!from.equals(socket)) {
      return;
    }
    LOG.error("the authority is lost: {}", why);
    socket = null;
    welcomed = false;
    if (!out.isEmpty()) {
      var _ = out.take();
    }
    apart.silent(why);
    var _ = from.close();
    giveUp(System.nanoTime());
    calls.values().forEach(caller -> caller.told(null));
    calls.clear();
  }

  /// Answers what was asked before `since`, and was not answered.
  private void giveUp(long since) {
    for (int at = 0; at < AT_ONCE; at++) {
      Waiting asked = waiting[at];
      if (asked != null && asked.since() - since <= 0) {
        waiting[at] = null;
        OwnGate.tell(asked.asker(), UNAVAILABLE, tally);
      }
    }
  }
}
