package io.parano.bench;

import java.io.IOException;
import java.util.List;

/// `forward-auth-roles`: as `forward-auth`, with door and authority as two processes, beside the
/// single one in the same run. One core is both processes', one the load's.
final class ForwardAuthRolesBench implements Bench {
  private static final int HEAP = ForwardAuthBench.HEAP;

  @Override
  public String name() {
    return "forward-auth-roles";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Wrk.isHad(name())) {
      return List.of();
    }
    Serving.build(setting.children());
    Scale scale = setting.scale();
    Installation one =
        Installation.make(setting.folder().resolve("one"), scale.sessions(), scale.rules());
    Installation two =
        Installation.make(setting.folder().resolve("two"), scale.sessions(), scale.rules());
    try (Serving single = Serving.product(setting, one, HEAP, Cores.SERVER);
        Serving apart = Serving.apart(setting, two, HEAP, Cores.SERVER)) {
      Target alone = new Target(Wrk.passing(setting, "one", one), one.port(), single);
      Target roles = new Target(Wrk.passing(setting, "two", two), two.port(), apart);
      Target.takeTurns(scale, List.of(roles, alone));
      return List.of(
          roles
              .beside(name(), "one process", alone)
              .noted("door and authority on one core; wanted >= 0.75"),
          roles.cpuBeside(name() + "-cpu", "one process", alone),
          Figure.alone(name() + "-p99", roles.p99(), "ms")
              .noted("%d connections".formatted(Wrk.CONNECTIONS)),
          Figure.alone(name() + "-memory", apart.memory(), "MB resident")
              .noted("both processes, after the run"));
    }
  }
}
