package io.parano.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Load by wrk: one thread on the load's core, 64 connections, each asking again as soon as it is
/// answered. The requests are rendered beforehand and go round.
final class Wrk {
  static final int CONNECTIONS = 64;

  private static final int PATIENCE_SECONDS = 10;
  private static final int MOST_WARM_UPS = 8;
  private static final double STEADY = 1.03;

  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern ANSWERS = Pattern.compile("([0-9]+) requests in");
  private static final Pattern P99 = Pattern.compile("(?m)^\\s+99%\\s+([0-9.]+)(us|ms|s)\\s*$");
  private static final Pattern BAD =
      Pattern.compile("Non-2xx or 3xx responses: .*|Socket errors: .*");

  private final Setting setting;
  private final Path script;
  private final int requests;

  /// @param requests how many different ones the script goes round
  private Wrk(Setting setting, Path script, int requests) {
    this.setting = setting;
    this.script = script;
    this.requests = requests;
  }

  /// @param answers all of them
  /// @param rate answers a second
  /// @param p99 milliseconds that 99 of 100 took no longer than
  record Load(double answers, double rate, double p99) {}

  /// Whether it is here, if need be by installing it; if not, that is told.
  static boolean isHad(String bench) throws IOException, InterruptedException {
    boolean had = Packages.have("wrk", "wrk");
    if (!had) {
      System.out.println(bench + ": not measured, since wrk is missing here (package wrk)");
    } else if (!Cores.apart()) {
      System.out.println(bench + ": server and load share what cores there are here");
    }
    return had;
  }

  /// A load that asks for everybody who is signed in there.
  static Wrk passing(Setting setting, String name, Installation installation) throws IOException {
    return asking(setting, name, installation.visits().stream().map(Asking::pass).toList());
  }

  /// A load that asks these in turn.
  static Wrk asking(Setting setting, String name, List<Asking> requests) throws IOException {
    Path text = setting.folder().resolve(name + ".requests");
    StringBuilder all = new StringBuilder();
    requests.forEach(request -> all.append(request.text()));
    Files.writeString(text, all);
    Path script = setting.folder().resolve(name + ".lua");
    Files.writeString(script, script(text));
    return new Wrk(setting, script, requests.size());
  }

  private static String script(Path requests) {
    return """
    local requests = {}
    local text = io.open("%s", "rb"):read("*a")
    for one in text:gmatch("(.-\\r\\n\\r\\n)") do requests[#requests + 1] = one end
    local next = 0
    request = function()
      next = next %% #requests + 1
      return requests[next]
    end
    """
        .formatted(requests);
  }

  /// Until everybody has come and a turn is hardly faster than the one before it, or patience ends:
  /// the first use of each session waits for its record, and the compiler works on the server's own
  /// core. What comes of it does not count, refusals included: a first use that has to wait may
  /// find the door busy.
  void warmUp(int port, Scale scale) throws IOException, InterruptedException {
    double answers = 0;
    double before = 0;
    for (int turn = 0; turn < MOST_WARM_UPS; turn++) {
      String told = run(port, scale.seconds());
      double rate = Double.parseDouble(found(RATE, told).group(1));
      answers += Double.parseDouble(found(ANSWERS, told).group(1));
      boolean steady = !scale.steady() || rate < STEADY * before;
      if (answers >= 2.0 * requests && steady) {
        return;
      }
      before = rate;
    }
  }

  /// Throws [IOException] when an answer was no 200 or a connection failed: a figure of refusals is
  /// none.
  Load on(int port, int seconds) throws IOException, InterruptedException {
    String told = run(port, seconds);
    if (BAD.matcher(told).find()) {
      throw new IOException("wrk: " + told);
    }
    Matcher p99 = found(P99, told);
    return new Load(
        Double.parseDouble(found(ANSWERS, told).group(1)),
        Double.parseDouble(found(RATE, told).group(1)),
        Double.parseDouble(p99.group(1))
            * switch (p99.group(2)) {
              case "us" -> 0.001;
              case "ms" -> 1;
              default -> 1000;
            });
  }

  private String run(int port, int seconds) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s"));
    command.addAll(List.of("--timeout", PATIENCE_SECONDS + "s", "--latency"));
    command.addAll(List.of("-s", script.toString(), "http://127.0.0.1:" + port));
    Process wrk =
        setting
            .children()
            .start(new ProcessBuilder(Cores.LOAD.hold(command)).redirectErrorStream(true));
    String told = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0) {
      throw new IOException("wrk: " + told);
    }
    return told;
  }

  private static Matcher found(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("wrk says nothing of " + pattern + ": " + text);
    }
    return matcher;
  }
}
