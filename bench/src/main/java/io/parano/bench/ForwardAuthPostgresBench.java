package io.parano.bench;

import io.parano.testkit.RealPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `forward-auth-postgresql`: as `forward-auth`, with log and state in a real PostgreSQL of the
/// bench's own, beside the same with SQLite in the same run.
final class ForwardAuthPostgresBench implements Bench {
  private static final int HEAP = ForwardAuthBench.HEAP;

  @Override
  public String name() {
    return "forward-auth-postgresql";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Wrk.isHad(name())) {
      return List.of();
    }
    Optional<RealPostgres> started = RealPostgres.start();
    if (started.isEmpty()) {
      return List.of();
    }
    Serving.build(setting.children());
    Scale scale = setting.scale();
    Installation file =
        Installation.make(setting.folder().resolve("file"), scale.sessions(), scale.rules());
    Installation apart =
        Installation.make(setting.folder().resolve("database"), scale.sessions(), scale.rules());
    try (RealPostgres postgres = started.get()) {
      apart.moveTo(postgres.database());
      try (Serving local = Serving.product(setting, file, HEAP, Cores.SERVER);
          Serving remote = Serving.product(setting, apart, HEAP, Cores.SERVER)) {
        Target sqlite = new Target(Wrk.passing(setting, "file", file), file.port(), local);
        Target there = new Target(Wrk.passing(setting, "database", apart), apart.port(), remote);
        Target.takeTurns(scale, List.of(there, sqlite));
        return List.of(
            there.beside(name(), "SQLite", sqlite).noted("wanted >= 0.95"),
            there.cpuBeside(name() + "-cpu", "SQLite", sqlite),
            Figure.alone(name() + "-p99", there.p99(), "ms")
                .noted("%d connections".formatted(Wrk.CONNECTIONS)));
      }
    }
  }
}
