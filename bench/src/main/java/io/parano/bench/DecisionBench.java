package io.parano.bench;

import io.parano.kernel.IpAddress;
import io.parano.policy.Asker;
import io.parano.policy.Decision;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.policy.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// `decision`: microseconds that one decision takes when the last of 10 or of 1,000 rules matches,
/// whatever tells the rules apart. There is no peer; the bound is 1 microsecond.
///
/// `DecisionBench [--json FILE] [--seconds N]`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class DecisionBench {
  /// What tells one rule from the next.
  public enum Shape {
    /// Every rule is about a host of its own.
    HOSTS,
    /// All about one host, each about a folder of its own.
    PATHS,
    /// Every rule is about all hosts below a domain of its own.
    WILDCARDS,
    /// All about one host and path, each for a group of its own: the shape that no index helps.
    GROUPS,
    /// As `PATHS`, asked by somebody for whom no rule matches: why not must be found as well.
    REFUSED
  }

  @Param({"10", "1000"})
  int rules;

  @Param({"HOSTS", "PATHS", "WILDCARDS", "GROUPS", "REFUSED"})
  Shape shape = Shape.HOSTS;

  private Policy policy = Policy.SILENT;
  private Question question = question("", "/", Set.of());

  @Setup
  public void prepare() {
    StringBuilder document = new StringBuilder("version: 1\nzones:\n");
    for (int i = 0; i < 10; i++) {
      document.append("  branch").append(i).append(": [198.51.").append(i).append(".0/24]\n");
    }
    document.append("  office: [192.0.2.0/24, \"2001:db8:1::/48\"]\nrules:\n");
    for (int i = 0; i < rules; i++) {
      document.append("  - { name: rule").append(i).append(demands(i)).append(", touch: 15m }\n");
    }
    policy =
        switch (Policy.read(document.toString())) {
          case PolicyReading.Read read -> read.policy();
          case PolicyReading.Mistaken mistaken ->
              throw new IllegalStateException(mistaken.toString());
        };
    question = lastQuestion(rules - 1);
    Decision decision = policy.decide(question);
    if (shape == Shape.REFUSED
        ? !(decision instanceof Decision.Refused)
        : !decision.equals(new Decision.Allowed("rule" + (rules - 1), null))) {
      throw new IllegalStateException("the last rule should match, but: " + decision);
    }
  }

  private String demands(int rule) {
    String staff = ", groups: [staff], zones: [branch1, office], hosts: ";
    return switch (shape) {
      case HOSTS -> staff + "[host" + rule + ".example.com], methods: [GET, POST]";
      case PATHS, REFUSED -> staff + "[intranet.example.com], paths: [/app/part" + rule + "/*]";
      case WILDCARDS -> staff + "[\"*.site" + rule + ".example.com\"]";
      case GROUPS -> ", groups: [team" + rule + "], zones: [office], hosts: [intranet.example.com]";
    };
  }

  private Question lastQuestion(int last) {
    Set<String> groups = Set.of("staff", "operators", "on-call", "team" + last);
    return switch (shape) {
      case HOSTS -> question("host" + last + ".example.com", "/reports/2026/03", groups);
      case PATHS -> question("intranet.example.com", "/app/part" + last + "/list/7", groups);
      case WILDCARDS -> question("www.site" + last + ".example.com", "/reports/2026/03", groups);
      case GROUPS -> question("intranet.example.com", "/reports/2026/03", groups);
      case REFUSED -> question("intranet.example.com", "/app/part" + last + "/7", Set.of("sales"));
    };
  }

  private static Question question(String host, String path, Set<String> groups) {
    Instant now = Instant.parse("2026-03-01T09:00:00Z");
    return new Question(
        host,
        path,
        "GET",
        false,
        IpAddress.parse("192.0.2.7"),
        new Asker.Holder(groups, now.minusSeconds(60), false),
        now);
  }

  @Benchmark
  public Decision decide() {
    return policy.decide(question);
  }

  /// One figure.
  ///
  /// @param microseconds the mean
  /// @param error half the width of its 99.9 % confidence interval
  /// @param bytes allocated by one decision
  public record Measured(String name, double microseconds, double error, double bytes) {}

  /// All of them, each in a process of its own.
  public static List<Measured> measure(int seconds) {
    try {
      Collection<RunResult> results =
          new Runner(
                  new OptionsBuilder()
                      .include(DecisionBench.class.getName())
                      .measurementIterations(seconds)
                      .addProfiler(GCProfiler.class)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .run();
      return results.stream().map(DecisionBench::measured).toList();
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Measured measured(RunResult result) {
    return new Measured(
        "decision-"
            + result.getParams().getParam("rules")
            + "-"
            + result.getParams().getParam("shape").toLowerCase(Locale.ROOT),
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore());
  }

  public static void main(String[] args) throws IOException {
    List<String> given = List.of(args);
    List<Measured> all = measure(Integer.parseInt(option(given, "--seconds", "3")));
    for (Measured one : all) {
      System.out.printf(
          Locale.ROOT,
          "%-24s %.3f us (± %.3f), %.0f bytes; bound 1 us%n",
          one.name,
          one.microseconds,
          one.error,
          one.bytes);
    }
    String json = option(given, "--json", "");
    if (!json.isEmpty()) {
      Files.writeString(Path.of(json), json(all));
    }
  }

  private static String json(List<Measured> all) {
    List<String> parts = new ArrayList<>();
    for (Measured one : all) {
      parts.add(
          String.format(
              Locale.ROOT,
              "{\"name\": \"%s\", \"value\": %.4f, \"unit\": \"us\", \"peer\": null,"
                  + " \"peerValue\": null, \"ratio\": null}",
              one.name,
              one.microseconds));
    }
    return "[" + String.join(",\n ", parts) + "]\n";
  }

  private static String option(List<String> given, String name, String otherwise) {
    int at = given.indexOf(name);
    return at < 0 || at + 1 == given.size() ? otherwise : given.get(at + 1);
  }
}
