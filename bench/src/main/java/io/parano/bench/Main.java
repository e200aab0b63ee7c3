package io.parano.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `./parano bench [NAME…] [--json FILE] [--rounds N] [--tiny]`: runs the benches named, or all,
/// prints a line for each figure, and with `--json` writes them all.
public final class Main {
  private static final int WRONG_USAGE = 2;
  private static final List<Bench> BENCHES =
      List.of(
          new DecisionBench(),
          new Argon2Bench(),
          new AuditAppendBench(),
          new OtpVerifyBench(),
          new SshSignBench(),
          new RadiusBench(),
          new MailAuthBench(),
          new CutBench(),
          new ColdStartBench(),
          new TaggedRowsBench(),
          new ForwardAuthBench(),
          new ForwardAuthRolesBench(),
          new ForwardAuthPostgresBench(),
          new BehindNginxBench(),
          new KeycloakBench());

  private Main() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Asked asked;
    try {
      asked = Asked.read(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_USAGE);
      return;
    }
    List<Figure> figures = run(asked.benches(), asked.scale());
    if (asked.json() != null) {
      Files.writeString(asked.json(), Figure.json(figures));
    }
  }

  /// @param json where to write the figures; null for nowhere
  record Asked(List<Bench> benches, Scale scale, @Nullable Path json) {
    /// Throws [IllegalArgumentException] with a sentence for whoever asked.
    static Asked read(List<String> arguments) {
      List<Bench> benches = new ArrayList<>();
      Scale scale = Scale.FULL;
      Path json = null;
      for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
        String argument = rest.next();
        switch (argument) {
          case "--tiny" -> scale = Scale.TINY;
          case "--json" -> json = Path.of(value(argument, "a file", rest));
          case "--rounds" -> scale = scale.inRounds(rounds(value(argument, "a number", rest)));
          default -> benches.add(named(argument));
        }
      }
      return new Asked(benches.isEmpty() ? BENCHES : benches, scale, json);
    }

    private static String value(String option, String expected, Iterator<String> rest) {
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(
            "%s: expected %s after it%n%s".formatted(option, expected, usage()));
      }
      return rest.next();
    }

    private static int rounds(String text) {
      if (!text.matches("[1-9][0-9]?")) {
        throw new IllegalArgumentException(
            "--rounds: expected a number from 1 to 99, found \"%s\"".formatted(text));
      }
      return Integer.parseInt(text);
    }

    private static Bench named(String name) {
      Map<String, Bench> known = new LinkedHashMap<>();
      BENCHES.forEach(bench -> known.put(bench.name(), bench));
      Bench bench = known.get(name);
      if (bench == null) {
        throw new IllegalArgumentException(
            "no bench \"%s\"; there are: %s%n%s"
                .formatted(name, String.join(", ", known.keySet()), usage()));
      }
      return bench;
    }

    private static String usage() {
      return "usage: ./parano bench [NAME…] [--json FILE] [--rounds N] [--tiny]";
    }
  }

  static List<Figure> run(List<Bench> benches, Scale scale)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("parano-bench");
    Children children = new Children();
    // Ctrl-C and SIGTERM come here as well.
    Thread end =
        Thread.ofPlatform()
            .unstarted(() -> {
              children.close();
              delete(folder);
            });
    Runtime.getRuntime().addShutdownHook(end);
    List<Figure> figures = new ArrayList<>();
    for (Bench bench : benches) {
      Path its = Files.createDirectory(folder.resolve(bench.name()));
      List<Figure> found = bench.run(new Setting(scale, its, children));
      found.forEach(figure -> System.out.println(figure.line()));
      figures.addAll(found);
      delete(its);
    }
    return figures;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
