package io.parano.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `cold-start`: milliseconds from `./parano serve` to the first request that it lets pass, the
/// launcher, the keyset's Argon2id (64 MiB) and the recording of the pass included: with a log of a
/// few entries, and with one of a million, of which a start reads the tail. No peer. A first start,
/// which does not count, brings the files into the system's memory.
final class ColdStartBench implements Bench {
  private static final int HEAP = 256;

  @Override
  public String name() {
    return "cold-start";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Serving.build(setting.children());
    Installation young = Installation.make(setting.folder().resolve("young"), 20, 10);
    Installation old = Installation.make(setting.folder().resolve("old"), 20, 10);
    old.grow(setting.scale().entries());
    return List.of(
        starts(setting, young, "cold-start", "a young log"),
        starts(
            setting,
            old,
            "cold-start-grown",
            String.format("a log of %,d entries", setting.scale().entries())));
  }

  private static Figure starts(Setting setting, Installation installation, String name, String what)
      throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round <= setting.scale().rounds(); round++) {
      try (Serving server = Serving.product(setting, installation, HEAP, null)) {
        if (round > 0) {
          millis.add(server.firstAnswer);
        }
      }
    }
    String how =
        Serving.launcher().isPresent() ? "by the launcher" : "without launcher and AOT cache";
    return Figure.alone(name, Figure.median(millis), "ms")
        .noted("%s, %s, heap %d MB; wanted < 1,500".formatted(what, how, HEAP));
  }
}
