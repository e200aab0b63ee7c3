package io.parano.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `forward-auth`: how many times a second a proxy is answered, over HTTP, by the real server with
/// its real state, the requests going round all host sessions. One core is the server's, one the
/// load's. The peers: the engine alone, nginx, and ourselves with next to nothing to know.
final class ForwardAuthBench implements Bench {
  /// Megabytes, for every Java server of ours.
  static final int HEAP = 128;

  private static final int FEW_SESSIONS = 100;
  private static final int FEW_RULES = 10;
  private static final String WANTED = "wanted >= 0.45, aim 0.60";

  @Override
  public String name() {
    return "forward-auth";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Wrk.isHad(name())) {
      return List.of();
    }
    Serving.build(setting.children());
    Scale scale = setting.scale();
    Installation few =
        Installation.make(
            setting.folder().resolve("small"), FEW_SESSIONS, Math.min(FEW_RULES, scale.rules()));
    Installation many =
        Installation.make(setting.folder().resolve("large"), scale.sessions(), scale.rules());
    try (Serving one = Serving.product(setting, few, HEAP, Cores.SERVER);
        Serving other = Serving.product(setting, many, HEAP, Cores.SERVER)) {
      Target small = new Target(Wrk.passing(setting, "small", few), few.port(), one);
      Target large = new Target(Wrk.passing(setting, "large", many), many.port(), other);
      List<Figure> figures = new ArrayList<>(besidePeers(setting, large, small));
      figures.add(
          Figure.alone("forward-auth-memory", other.memory(), "MB resident")
              .noted("after the run; wanted < 300"));
      return figures;
    }
  }

  private static List<Figure> besidePeers(Setting setting, Target large, Target small)
      throws IOException, InterruptedException {
    int port = Ports.free();
    int nginxPort = Ports.free();
    List<Figure> figures = new ArrayList<>();
    try (Serving engine = engine(setting, port);
        @Nullable Serving nginx = nginx(setting, nginxPort)) {
      Target constant = new Target(large.wrk(), port, engine);
      List<Target> targets = new ArrayList<>(List.of(large, constant, small));
      if (nginx != null) {
        Wrk least = Wrk.asking(setting, "least", List.of(Nginx.CONSTANT));
        targets.add(new Target(large.wrk(), nginxPort, nginx));
        targets.add(new Target(least, nginxPort, nginx));
      }
      Target.takeTurns(setting.scale(), targets);
      figures.addAll(besideEngine(large, constant));
      figures.addAll(besideSmall(setting.scale(), large, small));
      if (nginx != null) {
        figures.addAll(besideNginx(large, targets.get(3), targets.get(4)));
      }
    }
    return figures;
  }

  private static List<Figure> besideEngine(Target large, Target constant) {
    return List.of(
        large
            .beside("forward-auth", "the engine alone, constant 200", constant)
            .noted("heap %d MB; wanted >= 0.85".formatted(HEAP)),
        large.cpuBeside("forward-auth-cpu", "the engine alone", constant),
        Figure.alone("forward-auth-p99", large.p99(), "ms")
            .noted("%d connections; wanted < 8".formatted(Wrk.CONNECTIONS)));
  }

  private static List<Figure> besideSmall(Scale scale, Target large, Target small) {
    String few = "%d sessions, %d rules".formatted(FEW_SESSIONS, FEW_RULES);
    return List.of(
        large
            .beside("forward-auth-growth", few, small)
            .noted(
                "%,d sessions, %,d rules; wanted >= 0.90"
                    .formatted(scale.sessions(), scale.rules())),
        large.cpuBeside("forward-auth-growth-cpu", few, small));
  }

  private static List<Figure> besideNginx(Target large, Target same, Target least) {
    return List.of(
        large
            .beside("forward-auth-nginx", "nginx, constant 200, same requests", same)
            .noted(WANTED),
        large.cpuBeside("forward-auth-nginx-cpu", "nginx, constant 200, same requests", same),
        large
            .beside("forward-auth-nginx-least", "nginx, constant 200, least request", least)
            .noted(WANTED));
  }

  private static Serving engine(Setting setting, int port)
      throws IOException, InterruptedException {
    List<String> command =
        Cores.SERVER.hold(Jvm.command(HEAP, ConstantServer.class, Integer.toString(port)));
    return new Serving(
        setting.children(),
        new ProcessBuilder(command),
        setting.folder().resolve("constant.output"),
        Asking.get("/"),
        port);
  }

  /// Null where it can't be had.
  private static @Nullable Serving nginx(Setting setting, int port)
      throws IOException, InterruptedException {
    return Nginx.isHad("forward-auth")
        ? Nginx.start(setting, "nginx", port, port, Cores.SERVER)
        : null;
  }
}
