package io.parano.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// `audit-append`: durable entries a second from 64 threads, each of which waits until its entry is
/// on the disk; hashing, tree and SQL included. The peer is a raw file on the same disk, appended
/// in groups of 64 records of 512 bytes with `fdatasync`. Both take turns.
final class AuditAppendBench implements Bench {
  private static final int THREADS = 64;
  private static final int HEAP = 256;

  @Override
  public String name() {
    return "audit-append";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException {
    List<String> load =
        Jvm.command(HEAP, AuditLoad.class, setting.folder().toString(), Integer.toString(THREADS));
    List<Double> rates = new ArrayList<>();
    List<Double> raw = new ArrayList<>();
    List<Double> p99 = new ArrayList<>();
    try (Turns turns = new Turns(setting.children(), load)) {
      turns.take("entries " + setting.scale().warmUp());
      for (int round = 0; round < setting.scale().rounds(); round++) {
        raw.add(Double.valueOf(turns.take("raw " + setting.scale().seconds())));
        String[] told = turns.take("entries " + setting.scale().seconds()).split(" ", -1);
        rates.add(Double.valueOf(told[0]));
        p99.add(Double.valueOf(told[1]));
      }
    }
    return List.of(
        Figure.beside(
                "audit-append",
                rates,
                "durable entries/s",
                "a raw file, 64 x 512 bytes a fdatasync",
                raw)
            .noted(
                "%d threads, heap %d MB, on %s; wanted >= 0.25"
                    .formatted(THREADS, HEAP, Files.getFileStore(setting.folder()).type())),
        Figure.alone("audit-append-p99", Figure.median(p99), "ms").noted("wanted < 10"));
  }
}
