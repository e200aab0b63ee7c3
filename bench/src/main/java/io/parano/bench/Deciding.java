package io.parano.bench;

import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.policy.Asker;
import io.parano.policy.Decision;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.policy.Question;
import java.time.Instant;
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

/// What [DecisionBench] has JMH measure: one decision, by the last rule.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms" + Deciding.HEAP + "m", "-Xmx" + Deciding.HEAP + "m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class Deciding {
  /// Megabytes.
  static final int HEAP = 256;

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
        new Asker.Holder(groups, Factor.TOUCH, now.minusSeconds(60), false),
        now);
  }

  @Benchmark
  public Decision decide() {
    return policy.decide(question);
  }
}
