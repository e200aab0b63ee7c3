package io.parano.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// `decision`: microseconds that one decision takes when the last of 10 or of 1,000 rules matches,
/// whatever tells the rules apart, by JMH, each in a process of its own. There is no peer.
final class DecisionBench implements Bench {
  private static final int MILLIS_PER_SECOND = 1000;

  @Override
  public String name() {
    return "decision";
  }

  @Override
  public List<Figure> run(Setting setting) {
    Scale scale = setting.scale();
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(Deciding.class.getName())
        .warmupIterations(scale.rounds())
        .measurementIterations(scale.rounds())
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT);
    if (scale.rules() == Scale.TINY.rules()) {
      TimeValue instant = TimeValue.milliseconds(MILLIS_PER_SECOND / 20);
      options.param("rules", "10").warmupTime(instant).measurementTime(instant);
    }
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      return results.stream().map(DecisionBench::figure).toList();
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Figure figure(RunResult result) {
    String name =
        "decision-"
            + result.getParams().getParam("rules")
            + "-"
            + result.getParams().getParam("shape").toLowerCase(Locale.ROOT);
    double bytes =
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
    return Figure.alone(name, result.getPrimaryResult().getScore(), "us")
        .noted(
            String.format(
                Locale.ROOT,
                "± %.3f, %.0f bytes, heap %d MB; wanted < 1",
                result.getPrimaryResult().getScoreError(),
                bytes,
                Deciding.HEAP));
  }
}
