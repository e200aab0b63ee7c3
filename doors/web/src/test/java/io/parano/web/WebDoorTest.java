package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Enrolling;
import io.parano.authn.RegistrationResponse;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WebDoorTest {
  @Test
  void shut_whileOperatorsAsk_leavesThemTheirListener() throws Exception {
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    Readiness tampered = new Readiness.NotReady("the log was tampered with");
    try (WebDoor door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            paper.core(),
            new InFlight(),
            null,
            () -> tampered,
            () -> "")) {
      int port = door.bound().getFirst().port();
      assertThat(get(port, "/sign-in").status()).isEqualTo(200);

      door.shut();

      assertThatThrownBy(() -> get(port, "/sign-in")).isInstanceOf(IOException.class);
      Wire.Answer ready = get(door.bound().getLast().port(), "/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("tampered");
    }
  }

  @Test
  void close_whileSomebodyIsBeingAnswered_answersFirst() throws Exception {
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    WebDoor door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            paper.core(new SlowEnrolling(paper, asked, told)),
            new InFlight(),
            null,
            Readiness.Ready::new,
            () -> "");
    int port = door.bound().getFirst().port();
    FutureTask<Wire.Answer> answer = new FutureTask<>(() -> enrol(port));
    Thread.ofVirtual().start(answer);
    asked.await();
    FutureTask<Integer> closing =
        new FutureTask<>(() -> {
          door.close();
          return 0;
        });
    Thread.ofVirtual().start(closing);
    while (isOpen(port)) {
      Thread.onSpinWait();
    }

    told.countDown();

    assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(403);
    assertThat(closing.get(10, TimeUnit.SECONDS)).isZero();
  }

  /// Answers once it is told to.
  private record SlowEnrolling(Enrolling paper, CountDownLatch asked, CountDownLatch told)
      implements Enrolling {
    @Override
    public Begun begin(String name, Secret code, IpAddress source) {
      asked.countDown();
      try {
        told.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return paper.begin(name, code, source);
    }

    @Override
    public Finished finish(
        String ceremony,
        RegistrationResponse response,
        Secret password,
        String label,
        IpAddress source) {
      return paper.finish(ceremony, response, password, label, source);
    }
  }

  private static Wire.Answer enrol(int port) throws IOException {
    String body = "{\"name\":\"chloe\",\"code\":\"wrong\"}";
    try (Wire wire = new Wire(port)) {
      return wire.send(
              "POST /api/enrol/begin HTTP/1.1\r\nHost: auth.example.org\r\n"
                  + "Origin: https://auth.example.org\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .read();
    }
  }

  /// Whether pages are still answered.
  private static boolean isOpen(int port) {
    try {
      return get(port, "/sign-in").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static Wire.Answer get(int port, String path) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: auth.example.org\r\n\r\n").read();
    }
  }
}
