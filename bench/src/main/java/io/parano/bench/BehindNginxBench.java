package io.parano.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `behind-nginx`: a page behind nginx's `auth_request`, with us as the authority, and with an
/// nginx of its own that says yes to everything. First the authority runs beside the load, so that
/// nginx has its core for itself; then on nginx's core.
final class BehindNginxBench implements Bench {
  @Override
  public String name() {
    return "behind-nginx";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Wrk.isHad(name()) || !Nginx.isHad(name())) {
      return List.of();
    }
    Serving.build(setting.children());
    Scale scale = setting.scale();
    Installation installation =
        Installation.make(setting.folder().resolve("large"), scale.sessions(), scale.rules());
    Wrk pages =
        Wrk.asking(setting, "pages", installation.visits().stream().map(Asking::page).toList());
    List<Figure> figures = new ArrayList<>();
    try (Serving parano =
        Serving.product(setting, installation, ForwardAuthBench.HEAP, Cores.LOAD)) {
      figures.add(
          turns(setting, "behind-nginx", pages, installation.port(), Cores.LOAD)
              .noted("nginx alone on its core; wanted >= 0.90"));
      parano.move(Cores.SERVER);
      figures.add(
          turns(setting, "behind-nginx-one-core", pages, installation.port(), Cores.SERVER)
              .noted("nginx and the authority on one core"));
    }
    return figures;
  }

  private static Figure turns(Setting setting, String name, Wrk pages, int ours, Cores authority)
      throws IOException, InterruptedException {
    int yes = Ports.free();
    int behindUs = Ports.free();
    int behindYes = Ports.free();
    try (Serving _ = Nginx.start(setting, name + "-yes", yes, yes, authority);
        Serving guarded = Nginx.start(setting, name + "-us", behindUs, ours, Cores.SERVER);
        Serving open = Nginx.start(setting, name + "-open", behindYes, yes, Cores.SERVER)) {
      Target us = new Target(pages, behindUs, guarded);
      Target them = new Target(pages, behindYes, open);
      Target.takeTurns(setting.scale(), List.of(us, them));
      return us.beside(name, "an authority that says yes", them);
    }
  }
}
