package io.parano.app;

import io.parano.config.Configuration;
import io.parano.config.ConfigurationReading;
import io.parano.mail.AliasFile;
import io.parano.mail.CompanyDomains;
import io.parano.mail.Redirect;
import io.parano.mail.SieveScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `parano mail review`: what leads mail out of the company, in scripts, forwards and aliases as
/// they lie on the mail server.
@Command(
    name = "review",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class MailReviewCommand implements Callable<Integer> {
  /// No script or list that people write is longer.
  private static final int MOST_BYTES = 4 << 20;

  private static final int DEEPEST = 16;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(names = "--sieve", paramLabel = "FOLDER", descriptionKey = "review.sieve")
  private List<Path> sieve = List.of();

  @Option(names = "--forward", paramLabel = "FOLDER", descriptionKey = "review.forward")
  private List<Path> forward = List.of();

  @Option(names = "--aliases", paramLabel = "FILE", descriptionKey = "review.aliases")
  private List<Path> aliases = List.of();

  @Option(names = "--virtual", paramLabel = "FILE", descriptionKey = "review.virtual")
  private List<Path> virtual = List.of();

  @Option(names = "--domain", paramLabel = "DOMAIN", descriptionKey = "review.domain")
  private List<String> domains = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "config",
      defaultValue = CheckConfigCommand.FILE)
  private Path config = Path.of(CheckConfigCommand.FILE);

  @Option(names = "--json", descriptionKey = "json")
  private boolean json;

  /// @param person whose mail it is; the file where that can't be told
  private record Leaving(String person, Redirect redirect, Path file) {}

  @Override
  public Integer call() throws IOException {
    if (Stream.of(sieve, forward, aliases, virtual).allMatch(List::isEmpty)) {
      throw new ParameterException(spec.commandLine(), Texts.say("review.nothing"));
    }
    Set<String> own = domains.isEmpty() ? configured() : Set.copyOf(domains);
    if (own.isEmpty()) {
      throw new ParameterException(spec.commandLine(), Texts.say("review.no-domains"));
    }
    List<Leaving> all = new ArrayList<>();
    for (Path folder : sieve) {
      each(folder, MailReviewCommand::isScript, SieveScript::redirects, all);
    }
    for (Path folder : forward) {
      each(
          folder,
          MailReviewCommand::isForward,
          text -> AliasFile.redirects(text, AliasFile.Style.FORWARD),
          all);
    }
    for (Path file : aliases) {
      lists(file, AliasFile.Style.ALIASES, all);
    }
    for (Path file : virtual) {
      lists(file, AliasFile.Style.VIRTUAL, all);
    }
    CompanyDomains company = new CompanyDomains(own);
    List<Leaving> leaving = all.stream().filter(one -> company.leaves(one.redirect())).toList();
    tell(leaving);
    return leaving.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private Set<String> configured() throws IOException {
    if (!Files.isReadable(config)) {
      return Set.of();
    }
    String document = Files.readString(config);
    return switch (Configuration.read(
        document, java.util.Objects.requireNonNull(config.toAbsolutePath().getParent()))) {
      case ConfigurationReading.Mistaken mistaken -> Set.of();
      case ConfigurationReading.Read read -> {
        var mail = read.configuration().mail();
        yield mail == null ? Set.of() : Set.copyOf(mail.domains());
      }
    };
  }

  private static boolean isScript(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".sieve");
  }

  /// With an extension as well, `.forward+lists`.
  private static boolean isForward(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals(".forward") || name.startsWith(".forward+");
  }

  /// Of every file below the folder; one that several links lead to is read once.
  private static void each(
      Path folder,
      java.util.function.Predicate<Path> wanted,
      Function<String, List<Redirect>> reading,
      List<Leaving> all)
      throws IOException {
    Set<Path> seen = new HashSet<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder, DEEPEST)) {
      files = walk.filter(wanted).filter(Files::isRegularFile).sorted().toList();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      if (seen.add(file.toRealPath())) {
        String person = person(folder, file);
        for (Redirect redirect : reading.apply(text(file))) {
          all.add(new Leaving(person, redirect, file));
        }
      }
    }
  }

  private static void lists(Path file, AliasFile.Style style, List<Leaving> all)
      throws IOException {
    for (Redirect redirect : AliasFile.redirects(text(file), style)) {
      all.add(new Leaving(redirect.rule(), redirect, file));
    }
  }

  /// The first folder below the one that was given, as mail servers lay them out; else the file.
  private static String person(Path folder, Path file) {
    Path below = folder.relativize(file);
    String first = String.valueOf(below.getName(0));
    return below.getNameCount() > 1 || !first.endsWith(".sieve")
        ? first
        : first.substring(0, first.length() - ".sieve".length());
  }

  /// Octet by octet: an address is ASCII, and nothing here may stop at what is not.
  private static String text(Path file) throws IOException {
    byte[] octets;
    try (var in = Files.newInputStream(file)) {
      octets = in.readNBytes(MOST_BYTES + 1);
    }
    if (octets.length > MOST_BYTES) {
      throw new IOException(Texts.say("review.too-large", file.toString()));
    }
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private void tell(List<Leaving> leaving) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.object("leaving", leaving.stream().map(MailReviewCommand::json).toList()));
      return;
    }
    for (Leaving one : leaving) {
      Redirect redirect = one.redirect();
      out.println(
          Texts.say(
              "review.line",
              Plain.of(one.person()),
              Texts.say("review." + redirect.kind().name().toLowerCase(Locale.ROOT)),
              Plain.of(redirect.to()),
              one.file() + ":" + redirect.line(),
              Plain.of(redirect.rule())));
    }
    out.println(
        leaving.isEmpty()
            ? Texts.say("review.none")
            : Texts.say("review.some", Integer.toString(leaving.size())));
  }

  private static Json json(Leaving one) {
    Redirect redirect = one.redirect();
    return Json.object(
        "person",
        one.person(),
        "kind",
        redirect.kind().name().toLowerCase(Locale.ROOT),
        "to",
        redirect.to(),
        "file",
        one.file().toString(),
        "line",
        redirect.line(),
        "rule",
        redirect.rule());
  }
}
