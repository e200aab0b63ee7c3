package io.parano.bench;

import io.parano.bench.Wrk.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Whoever is loaded, with what, and what came of it.
///
/// @param cpu the server's microseconds of processor time an answer, a turn each
record Target(Wrk wrk, int port, Serving server, List<Load> loads, List<Double> cpu) {
  Target(Wrk wrk, int port, Serving server) {
    this(wrk, port, server, new ArrayList<>(), new ArrayList<>());
  }

  /// All of them are warmed up, and then take turns, so that what disturbs one disturbs all.
  static void takeTurns(Scale scale, List<Target> targets)
      throws IOException, InterruptedException {
    for (Target target : targets) {
      target.wrk.warmUp(target.port, scale);
    }
    for (int round = 0; round < scale.rounds(); round++) {
      for (Target target : targets) {
        target.turn(scale.seconds());
      }
    }
  }

  /// This one's rate beside that one's.
  Figure beside(String name, String peer, Target theirs) {
    return Figure.beside(name, rates(), "answers/s", peer, theirs.rates());
  }

  /// This one's processor time an answer beside that one's, which other work on the machine hardly
  /// moves.
  Figure cpuBeside(String name, String peer, Target theirs) {
    return Figure.beside(name, cpu, "us of CPU an answer", peer, theirs.cpu);
  }

  double p99() {
    return Figure.median(loads.stream().map(Load::p99).toList());
  }

  private List<Double> rates() {
    return loads.stream().map(Load::rate).toList();
  }

  private void turn(int seconds) throws IOException, InterruptedException {
    double before = server.cpu();
    Load load = wrk.on(port, seconds);
    loads.add(load);
    cpu.add((server.cpu() - before) / load.answers());
  }
}
