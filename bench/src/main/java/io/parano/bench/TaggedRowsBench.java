package io.parano.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `tagged-rows`: microseconds a row that the check of every minute takes, tags and sets included,
/// where nine rows in ten are sessions. The peer reads the same columns of the same rows and
/// compares nothing. And `tagged-rows-start`: milliseconds that the store takes to open with them.
final class TaggedRowsBench implements Bench {
  private static final int HEAP = 256;

  @Override
  public String name() {
    return "tagged-rows";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException {
    int sessions = setting.scale().sessions();
    List<String> load =
        Jvm.command(
            HEAP,
            TaggedRowsLoad.class,
            setting.folder().resolve("installation").toString(),
            Integer.toString(sessions));
    List<Double> checked = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> starts = new ArrayList<>();
    try (Turns turns = new Turns(setting.children(), load)) {
      turns.take("bare");
      turns.take("checked");
      for (int round = 0; round < setting.scale().rounds(); round++) {
        bare.add(Double.valueOf(turns.take("bare")));
        checked.add(Double.valueOf(turns.take("checked")));
        starts.add(Double.valueOf(turns.take("start")));
      }
    }
    return List.of(
        Figure.beside("tagged-rows", checked, "us", "the same rows, read bare", bare)
            .noted("heap %d MB; wanted <= 5 us more".formatted(HEAP)),
        Figure.alone("tagged-rows-start", Figure.median(starts), "ms")
            .noted("%,d sessions; wanted < 3,000".formatted(sessions)));
  }
}
