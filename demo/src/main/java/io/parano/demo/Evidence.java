package io.parano.demo;

import io.parano.kernel.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Why Parano refused, from its own records: outsiders never learn it, so the demo asks where an
/// operator would.
final class Evidence {
  private static final int NEWEST = 100;
  private static final int TRIES = 80;

  /// Entries of this type add up what happened earlier.
  private static final String SUMS = "counted";

  private static final String STEP_UPS = "parano_web_pass_total{answer=\"step-up\"}";

  private final ParanoUnderTest parano;
  private final InetSocketAddress admin;

  Evidence(ParanoUnderTest parano, InetSocketAddress admin) {
    this.parano = parano;
    this.admin = admin;
  }

  /// Where log and counters stand before an attack.
  record Mark(long entry, long stepUps) {}

  Mark mark() throws IOException {
    long newest =
        parano.newestEntries(1).stream()
            .map(Json::read)
            .mapToLong(entry -> entry.number("index"))
            .findFirst()
            .orElse(-1);
    return new Mark(newest, stepUps());
  }

  /// The reason recorded since `mark`: the expected one if it is there, else the latest of any
  /// refusal. What a door notices by itself reaches the log a moment after the answer.
  Optional<Stop> since(Mark mark, Step step, Verdict.Refused refused) throws IOException {
    return switch (step.proof()) {
      case LISTED -> listed(mark, step.expected());
      case COUNTED -> stepUps() > mark.stepUps() ? Optional.of(step.expected()) : Optional.empty();
      case TOLD -> Optional.of(Stop.inLog(refused.told()));
    };
  }

  private Optional<Stop> listed(Mark mark, Stop expected) throws IOException {
    Optional<Stop> any = Optional.empty();
    for (int tries = 0; tries < TRIES; tries++) {
      any = Optional.empty();
      for (String line : parano.newestEntries(NEWEST)) {
        Json entry = Json.read(line);
        if (entry.number("index") > mark.entry()
            && !entry.text("reason").isEmpty()
            && !entry.text("type").equals(SUMS)) {
          Optional<Stop> stop = stop(entry.text("reason"));
          if (stop.filter(expected::equals).isPresent()) {
            return stop;
          }
          any = any.or(() -> stop);
        }
      }
      pause();
    }
    return any;
  }

  private long stepUps() throws IOException {
    Request request = Request.get("/metrics").with("Host", "parano");
    String text = Wire.exchange(Networks.HERE, admin, request).text();
    return text.lines()
        .filter(line -> line.startsWith(STEP_UPS))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(STEP_UPS.length()).strip()))
        .findFirst()
        .orElseThrow(() -> new IOException("the metrics have no " + STEP_UPS));
  }

  private static Optional<Stop> stop(String code) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.code().equals(code))
        .map(Stop::at)
        .findFirst();
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
