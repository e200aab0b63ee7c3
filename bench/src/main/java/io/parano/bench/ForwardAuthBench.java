package io.parano.bench;

import io.parano.bench.Wrk.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `forward-auth`: how many times a second a proxy is answered, over HTTP, by the real server with
/// its real state, the requests going round all host sessions. One core is the server's, one the
/// load's. Everything measured and all peers take turns, so that what disturbs one disturbs all;
/// rates are medians, and ratios medians of the rounds' ratios.
final class ForwardAuthBench implements Bench {
  private static final int FEW_SESSIONS = 100;
  private static final int FEW_RULES = 10;

  /// Megabytes, for every Java server of ours.
  private static final int HEAP = 160;

  @Override
  public String name() {
    return "forward-auth";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Packages.have("wrk", "wrk")) {
      System.out.println("forward-auth: not measured, since wrk is missing here (package wrk)");
      return List.of();
    }
    if (!Cores.apart()) {
      System.out.println("forward-auth: server and load share what cores there are here");
    }
    Serving.build(setting.children());
    Scale scale = setting.scale();
    Installation small =
        Installation.make(
            setting.folder().resolve("small"), FEW_SESSIONS, Math.min(FEW_RULES, scale.rules()));
    Installation large =
        Installation.make(setting.folder().resolve("large"), scale.sessions(), scale.rules());
    List<Figure> figures = new ArrayList<>();
    try (Serving one = Serving.product(setting, small, HEAP, Cores.SERVER);
        Serving other = Serving.product(setting, large, HEAP, Cores.SERVER)) {
      Target ours =
          new Target(Wrk.asking(setting, "large", passes(large)), large.port(), other);
      Target least = new Target(Wrk.asking(setting, "small", passes(small)), small.port(), one);
      figures.addAll(direct(setting, ours, least));
      if (Nginx.isHad()) {
        figures.addAll(behindNginx(setting, other, large));
      } else {
        System.out.println("forward-auth: the peer nginx is missing here (package nginx-light)");
      }
      figures.addAll(besideKeycloak(setting, ours));
      figures.add(
          Figure.alone("forward-auth-memory", other.memory(), "MB resident")
              .noted("after the run; wanted < 300"));
    }
    return figures;
  }

  /// Whoever is loaded, and with what.
  private record Target(Wrk wrk, int port, Serving server, List<Load> loads, List<Double> cpu) {
    Target(Wrk wrk, int port, Serving server) {
      this(wrk, port, server, new ArrayList<>(), new ArrayList<>());
    }

    void warmUp(int seconds) throws IOException, InterruptedException {
      wrk.on(port, seconds);
    }

    void turn(int seconds) throws IOException, InterruptedException {
      double before = server.cpu();
      Load load = wrk.on(port, seconds);
      loads.add(load);
      cpu.add((server.cpu() - before) / load.answers());
    }

    List<Double> rates() {
      return loads.stream().map(Load::rate).toList();
    }
  }

  private static List<Asking> passes(Installation installation) {
    return installation.visits().stream().map(Asking::pass).toList();
  }

  private static void takeTurns(Setting setting, List<Target> targets)
      throws IOException, InterruptedException {
    for (Target target : targets) {
      target.warmUp(setting.scale().warmUp());
    }
    for (int round = 0; round < setting.scale().rounds(); round++) {
      for (Target target : targets) {
        target.turn(setting.scale().seconds());
      }
    }
  }

  private static List<Figure> direct(Setting setting, Target ours, Target small)
      throws IOException, InterruptedException {
    int port = Ports.free();
    List<Figure> figures = new ArrayList<>();
    try (Serving engine = constant(setting, port)) {
      Target constant = new Target(ours.wrk, port, engine);
      List<Target> targets = new ArrayList<>(List.of(ours, constant, small));
      if (Nginx.isHad()) {
        int nginxPort = Ports.free();
        try (Serving nginx =
            Nginx.start(setting, "nginx-constant", nginxPort, nginxPort, Cores.SERVER)) {
          Target same = new Target(ours.wrk, nginxPort, nginx);
          Wrk constants = Wrk.asking(setting, "least", List.of(Nginx.CONSTANT));
          Target least = new Target(constants, nginxPort, nginx);
          targets.addAll(List.of(same, least));
          takeTurns(setting, targets);
          figures.add(
              beside("forward-auth-nginx", ours, "nginx, constant 200, same requests", same)
                  .noted("wanted >= 0.45, aim 0.60"));
          figures.add(
              beside("forward-auth-nginx-least", ours, "nginx, constant 200, least request", least)
                  .noted("wanted >= 0.45, aim 0.60"));
        }
      } else {
        takeTurns(setting, targets);
      }
      figures.addFirst(
          beside("forward-auth", ours, "the engine alone, constant 200", constant)
              .noted("heap %d MB; wanted >= 0.85".formatted(HEAP)));
      figures.add(
          Figure.beside(
                  "forward-auth-cpu",
                  ours.cpu,
                  "us of the server's processor time an answer",
                  "the engine alone",
                  constant.cpu)
              .noted("hardly moves with other work on the machine"));
    }
    figures.add(
        beside(
                "forward-auth-growth",
                ours,
                "%d sessions, %d rules".formatted(FEW_SESSIONS, FEW_RULES),
                small)
            .noted(
                "%,d sessions, %,d rules; wanted >= 0.90"
                    .formatted(setting.scale().sessions(), setting.scale().rules())));
    figures.add(
        Figure.alone(
                "forward-auth-p99",
                Figure.median(ours.loads.stream().map(Load::p99).toList()),
                "ms")
            .noted("%d connections; wanted < 8".formatted(Wrk.CONNECTIONS)));
    return figures;
  }

  private static Figure beside(String name, Target ours, String peer, Target theirs) {
    return Figure.beside(name, ours.rates(), "answers/s", peer, theirs.rates());
  }

  private static Serving constant(Setting setting, int port)
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

  /// A page behind nginx's `auth_request`: with us as the authority, and with an nginx of its own
  /// that says yes to everything. First the authority runs beside the load, so that nginx has its
  /// core for itself; then on nginx's core.
  private static List<Figure> behindNginx(
      Setting setting, Serving authority, Installation installation)
      throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    List<Asking> pages = installation.visits().stream().map(Asking::page).toList();
    Wrk wrk = Wrk.asking(setting, "pages", pages);
    for (Cores core : List.of(Cores.LOAD, Cores.SERVER)) {
      authority.move(core);
      int yes = Ports.free();
      int guarded = Ports.free();
      int free = Ports.free();
      String name = "guard-" + core;
      try (Serving sayer = Nginx.start(setting, name + "-yes", yes, yes, core);
          Serving ours = Nginx.start(setting, name, guarded, installation.port(), Cores.SERVER);
          Serving theirs = Nginx.start(setting, name + "-free", free, yes, Cores.SERVER)) {
        Target behindUs = new Target(wrk, guarded, ours);
        Target behindYes = new Target(wrk, free, theirs);
        takeTurns(setting, List.of(behindUs, behindYes));
        figures.add(
            beside(
                    core == Cores.LOAD ? "forward-auth-behind" : "forward-auth-behind-one-core",
                    behindUs,
                    "the authority a constant 200",
                    behindYes)
                .noted(
                    core == Cores.LOAD
                        ? "nginx alone on its core; wanted >= 0.90"
                        : "nginx and the authority on one core"));
      }
    }
    authority.move(Cores.SERVER);
    return figures;
  }

  private static List<Figure> besideKeycloak(Setting setting, Target ours)
      throws IOException, InterruptedException {
    if (setting.scale().sessions() == Scale.TINY.sessions()) {
      // Half a minute of one core, to see that Keycloak runs.
      return List.of();
    }
    Optional<Keycloak> started = Keycloak.start(setting);
    if (started.isEmpty()) {
      System.out.println("forward-auth: the peer Keycloak is missing here (Maven and its Central)");
      return List.of();
    }
    try (Keycloak keycloak = started.get()) {
      Wrk checks = Wrk.asking(setting, "userinfo", keycloak.signIn());
      Target userinfo = new Target(checks, keycloak.port, keycloak.serving);
      Target again = new Target(ours.wrk, ours.port, ours.server);
      takeTurns(setting, List.of(userinfo, again));
      return List.of(
          beside("forward-auth-keycloak", again, "Keycloak userinfo", userinfo)
              .noted("Keycloak's memory: %.0f MB".formatted(keycloak.serving.memory())));
    }
  }
}
