package io.parano.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `argon2`: Argon2id with m=19 MiB, t=2, p=1 on one core: ours, through the pool, against Debian's
/// libargon2 from a loop in C, and our pure Java beside them.
///
/// All are processes held to the same core, and take turns; a second is one of processor time, so
/// that what others take of the core is nobody's.
final class Argon2Bench implements Bench {
  private static final List<String> COST = List.of("19456", "2", "1");
  private static final int HEAP = 128;

  @Override
  public String name() {
    return "argon2";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Optional<List<String>> peer = compiledPeer(setting.folder());
    if (peer.isEmpty()) {
      System.out.println(
          "argon2: the peer is missing here (packages gcc, libc6-dev and libargon2-dev)");
    }
    return List.of(
        measure(setting, "argon2", "installed", peer, "wanted >= 0.90"),
        measure(setting, "argon2-pure-java", "pure", peer, "where nothing is installed"));
  }

  private static Figure measure(
      Setting setting, String name, String engine, Optional<List<String>> peer, String note)
      throws IOException {
    List<Double> values = new ArrayList<>();
    List<Double> peerValues = new ArrayList<>();
    List<String> ours = Cores.SERVER.hold(Jvm.command(HEAP, Argon2Load.class, arguments(engine)));
    try (Turns mine = new Turns(setting.children(), ours);
        // Without its peer it takes turns with itself, and those turns are not told.
        Turns theirs = new Turns(setting.children(), peer.map(Cores.SERVER::hold).orElse(ours))) {
      String used = mine.answer();
      if (peer.isEmpty()) {
        theirs.answer();
      }
      turn(setting, mine);
      turn(setting, theirs);
      for (int round = 0; round < setting.scale().rounds(); round++) {
        peerValues.add(turn(setting, theirs));
        values.add(turn(setting, mine));
      }
      String said = "by %s, heap %d MB; %s".formatted(used, HEAP, note);
      return peer.isEmpty()
          ? Figure.alone(name, Figure.median(values), "hashes/s").noted(said)
          : Figure.beside(name, values, "hashes/s", "libargon2 from C", peerValues).noted(said);
    }
  }

  /// Hashes in a second of processor time.
  private static double turn(Setting setting, Turns turns) throws IOException {
    String[] counted = turns.take(Integer.toString(setting.scale().seconds())).split(" ", -1);
    return Long.parseLong(counted[0]) * 1e6 / Long.parseLong(counted[1]);
  }

  private static String[] arguments(String engine) {
    List<String> arguments = new ArrayList<>(List.of(engine));
    arguments.addAll(COST);
    return arguments.toArray(String[]::new);
  }

  /// Empty when the compiler or the library's header cannot be had here.
  private static Optional<List<String>> compiledPeer(Path folder)
      throws IOException, InterruptedException {
    if (!compile(folder)
        && !(Packages.install("gcc", "libc6-dev", "libargon2-dev") && compile(folder))) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(folder.resolve("peer").toString()));
    command.addAll(COST);
    return Optional.of(command);
  }

  private static boolean compile(Path folder) throws IOException, InterruptedException {
    try (InputStream source = Argon2Bench.class.getResourceAsStream("argon2-peer.c")) {
      if (source == null) {
        throw new IOException("argon2-peer.c is missing from the build");
      }
      Files.write(folder.resolve("peer.c"), source.readAllBytes());
    }
    if (!Packages.isThere("gcc")) {
      return false;
    }
    return new ProcessBuilder("gcc", "-O2", "-o", "peer", "peer.c", "-largon2")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start()
            .waitFor()
        == 0;
  }
}
