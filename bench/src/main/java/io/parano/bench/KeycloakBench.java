package io.parano.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `keycloak`: `forward-auth` beside Keycloak's own session check, userinfo, on the same core.
final class KeycloakBench implements Bench {
  @Override
  public String name() {
    return "keycloak";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Wrk.isHad(name())) {
      return List.of();
    }
    Optional<Keycloak> started = Keycloak.start(setting);
    if (started.isEmpty()) {
      System.out.println(
          "keycloak: the peer is missing here (it comes by Maven, from its Central)");
      return List.of();
    }
    Serving.build(setting.children());
    Scale scale = setting.scale();
    Installation installation =
        Installation.make(setting.folder().resolve("large"), scale.sessions(), scale.rules());
    try (Keycloak keycloak = started.get();
        Serving parano =
            Serving.product(setting, installation, ForwardAuthBench.HEAP, Cores.SERVER)) {
      Wrk checks = Wrk.asking(setting, "userinfo", keycloak.signIn(scale.rounds()));
      Wrk passes = Wrk.passing(setting, "large", installation);
      Target theirs = new Target(checks, keycloak.port(), keycloak.serving());
      Target ours = new Target(passes, installation.port(), parano);
      Target.takeTurns(scale, List.of(theirs, ours));
      return List.of(
          ours.beside("keycloak", "Keycloak userinfo", theirs)
              .noted("Keycloak's memory: %.0f MB".formatted(keycloak.serving().memory())),
          ours.cpuBeside("keycloak-cpu", "Keycloak userinfo", theirs));
    }
  }
}
