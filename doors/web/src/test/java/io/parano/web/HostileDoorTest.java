package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Door;
import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.access.Taken;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.web.RawLine.Heard;
import io.parano.web.WebConfig.Limits;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a door process in an intruder's hands can send. Every line is ended at the first thing that
/// is no question; beside each stands one that differs in that alone and is answered.
@Tag("slow")
class HostileDoorTest {
  private static final WebConfig CONFIG = TestDoor.config(Limits.usual());
  private static final Layout LAYOUT = new Layout(CONFIG);

  @TempDir private Path folder;
  private final ScriptedPassing passing = new ScriptedPassing();
  private final ApartDoors doors = new ApartDoors(new InFlight());
  private AuthorityDoor authority;
  private final Identities.Hearer told = new Identities.Hearer();
  private RawLine line;

  @BeforeEach
  void open() throws IOException {
    AuthorityPlace.Socket place =
        new AuthorityPlace.Socket(folder.resolve("authority"), System.getProperty("user.name", ""));
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    authority =
        AuthorityDoor.open(
            CONFIG, place, paper.core(passing), doors, Readiness.Ready::new, () -> "");
    line = RawLine.to(place.path());
  }

  @AfterEach
  void close() throws IOException {
    line.close();
    authority.close();
  }

  /// Fields of a question; one of them is attacked.
  private record Asked(
      int host, int proxy, int upgrade, String method, String path, @Nullable String traceparent) {}

  private static final Asked GOOD = new Asked(0, 0, 0, "GET", "/accounts", Watched.UNDER_WAY);

  private void ask(Asked asked) throws IOException {
    line.out
        .begin(FrameKind.PASS)
        .four(42)
        .text(asked.traceparent())
        .two(asked.host())
        .two(asked.proxy())
        .one(asked.upgrade())
        .eight(0)
        .eight(0xffff_c000_0207L)
        .text(asked.method())
        .text(asked.path())
        .text("good")
        .end();
    line.send();
  }

  private Answer answer() throws IOException {
    Heard heard = line.hear();
    assertThat(heard.kind()).isEqualTo(FrameKind.ANSWER);
    assertThat(heard.frame().four()).isEqualTo(42);
    return Layout.answer(heard.frame(), told);
  }

  private void meet() throws IOException {
    Heard heard = line.hello(LAYOUT).hear();
    assertThat(heard.kind()).isEqualTo(FrameKind.WELCOME);
  }

  enum Attack {
    UNKNOWN_HOST(2, 0, 0, "GET", "/accounts"),
    UNKNOWN_PROXY(0, 4, 0, "GET", "/accounts"),
    PROXY_OF_OTHER_HOSTS(1, 0, 0, "GET", "/accounts"),
    UPGRADE_NEITHER_YES_NOR_NO(0, 0, 7, "GET", "/accounts"),
    METHOD_OF_TWO_LINES(0, 0, 0, "GET\n", "/accounts"),
    NO_METHOD(0, 0, 0, "", "/accounts"),
    DOT_SEGMENTS(0, 0, 0, "GET", "/reports/../accounts"),
    EMPTY_SEGMENT(0, 0, 0, "GET", "//accounts"),
    CONTROL_IN_PATH(0, 0, 0, "GET", "/accounts\u0000"),
    NO_PATH(0, 0, 0, "GET", "accounts"),
    LONG_TRACEPARENT(0, 0, 0, "GET", "/accounts", "0".repeat(65));

    private final int host;
    private final int proxy;
    private final int upgrade;
    private final String method;
    private final String path;
    private final @Nullable String traceparent;

    Attack(int host, int proxy, int upgrade, String method, String path) {
      this(host, proxy, upgrade, method, path, null);
    }

    Attack(
        int host,
        int proxy,
        int upgrade,
        String method,
        String path,
        @Nullable String traceparent) {
      this.host = host;
      this.proxy = proxy;
      this.upgrade = upgrade;
      this.method = method;
      this.path = path;
      this.traceparent = traceparent;
    }

    private Asked asked() {
      return new Asked(host, proxy, upgrade, method, path, traceparent);
    }
  }

  @ParameterizedTest
  @EnumSource
  void pass_thatNoProxyCouldAsk_endsTheLineUnasked(Attack attack) throws IOException {
    meet();
    ask(GOOD);
    assertThat(answer()).isEqualTo(new Answer.Allowed(ScriptedPassing.ALICE, null));
    passing.questions.clear();

    ask(attack.asked());
    assertThat(line.ended()).isTrue();
    assertThat(passing.questions).isEmpty();
  }

  @Test
  void pass_withoutABearer_getsNoMoreThanAnOutsider() throws IOException {
    meet();
    Question question =
        new Question(
            null, "app.example.org", "/accounts", "GET", false, address("192.0.2.7"), "edge");
    LAYOUT.question(line.out, 1, null, question);
    Heard heard = line.send().hear();
    assertThat(heard.frame().four()).isEqualTo(1);
    assertThat(Layout.answer(heard.frame(), told))
        .isEqualTo(new Answer.SignIn(Reason.SESSION_MISSING));
  }

  enum Wrong {
    NO_GREETING,
    OTHER_VERSION,
    OTHER_CONFIGURATION,
    GREETED_TWICE,
    ANSWERS_ITSELF,
    UNKNOWN_KIND,
    CUT_SHORT,
    TOO_MUCH,
    LENGTH_BEYOND_THE_FRAME,
    FRAME_TOO_LONG,
    LENGTH_NEGATIVE
  }

  @ParameterizedTest
  @EnumSource
  void line_thatBreaksTheProtocol_isEnded(Wrong wrong) throws IOException {
    switch (wrong) {
      case NO_GREETING -> line.out.begin(FrameKind.PING).end();
      case OTHER_VERSION ->
          line.out.begin(FrameKind.HELLO).one(Layout.VERSION + 1).raw(LAYOUT.digest()).end();
      case OTHER_CONFIGURATION ->
          line.out.begin(FrameKind.HELLO).one(Layout.VERSION).raw(new byte[32]).end();
      default -> {
        meet();
        line.out.begin(FrameKind.PING).end();
        Heard heard = line.send().hear();
        assertThat(heard.kind()).isEqualTo(FrameKind.PONG);
      }
    }
    switch (wrong) {
      case NO_GREETING, OTHER_VERSION, OTHER_CONFIGURATION -> {}
      case GREETED_TWICE ->
          line.out.begin(FrameKind.HELLO).one(Layout.VERSION).raw(LAYOUT.digest()).end();
      case ANSWERS_ITSELF ->
          Layout.answer(line.out, 1, new Answer.Unavailable(), new Identities.Teller());
      case UNKNOWN_KIND -> line.send(Buffer.buffer().appendInt(1).appendByte((byte) 99));
      case CUT_SHORT -> line.out.begin(FrameKind.PASS).four(1).end();
      case TOO_MUCH -> line.out.begin(FrameKind.PING).one(1).end();
      case LENGTH_BEYOND_THE_FRAME ->
          line.out
              .begin(FrameKind.DISBELIEVE)
              .text(Reason.HEADER_FORGED.code())
              .eight(0)
              .eight(1)
              .four(1 << 20)
              .end();
      case FRAME_TOO_LONG -> line.send(Buffer.buffer().appendInt(Layout.LONGEST_ASKED + 1));
      case LENGTH_NEGATIVE -> line.send(Buffer.buffer().appendInt(-1).appendByte((byte) 0));
    }
    if (wrong == Wrong.FRAME_TOO_LONG) {
      line.send(Buffer.buffer().appendByte((byte) 0));
    }
    assertThat(line.send().ended()).isTrue();
  }

  @Test
  void cut_doorThatDoesNotSayItIsDone_isCutOff() throws Exception {
    meet();
    CompletableFuture<Void> cut = CompletableFuture.runAsync(() -> doors.closed(Taken.NOTHING));
    Heard asked = line.hear();
    assertThat(asked.kind()).isEqualTo(FrameKind.CLEAR);
    assertThat(cut).isNotDone();
    line.out.begin(FrameKind.CLEARED).four(asked.frame().four()).end();
    line.send();
    assertThatCode(() -> cut.get(5, TimeUnit.SECONDS)).doesNotThrowAnyException();

    assertThatThrownBy(() -> doors.closed(Taken.NOTHING)).isInstanceOf(Door.Silent.class);
    assertThat(line.hear().kind()).isEqualTo(FrameKind.CLEAR);
    assertThat(line.ended()).as("cut off").isTrue();
    assertThatCode(() -> doors.closed(Taken.NOTHING)).doesNotThrowAnyException();
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text);
  }
}
