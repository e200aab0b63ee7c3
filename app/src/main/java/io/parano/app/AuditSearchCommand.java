package io.parano.app;

import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.document.Nearest;
import io.parano.kernel.Reason;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `parano audit search`: entries that meet all that is asked, newest first.
@Command(
    name = "search",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class AuditSearchCommand implements Callable<Integer> {
  /// As many as the server gives at once.
  private static final int A_PAGE = 1_000;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Mixin private RemoteDesk desk = new RemoteDesk();

  @Option(names = "--type", paramLabel = "TYPE", descriptionKey = "audit.type")
  private @Nullable String type;

  @Option(names = "--outcome", paramLabel = "OUTCOME", descriptionKey = "audit.outcome")
  private @Nullable String outcome;

  @Option(names = "--reason", paramLabel = "REASON", descriptionKey = "audit.reason")
  private @Nullable String reason;

  @Option(names = "--actor", paramLabel = "NAME", descriptionKey = "audit.actor")
  private @Nullable String actor;

  @Option(names = "--resource", paramLabel = "TEXT", descriptionKey = "audit.resource")
  private @Nullable String resource;

  @Option(names = "--from", paramLabel = "WHEN", descriptionKey = "audit.from")
  private @Nullable String from;

  @Option(names = "--until", paramLabel = "WHEN", descriptionKey = "audit.until")
  private @Nullable String until;

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "ENTRIES",
      descriptionKey = "audit.how-many")
  private long limit = 100;

  @Override
  public Integer call() throws IOException {
    Json query = query();
    return desk.with(remote -> {
      LogLines lines = LogLines.of(desk, remote);
      long found = 0;
      @Nullable String before = null;
      List<Json> page;
      do {
        long wanted = Math.min(A_PAGE, limit - found);
        Json asked = query.with("limit", Long.toString(wanted));
        page =
            remote
                .post("/api/log", before == null ? asked : asked.with("before", before))
                .list("lines");
        for (Json entry : page) {
          lines.print(entry);
          before = entry.text("index");
        }
        found += page.size();
      } while (page.size() == A_PAGE && found < limit);
      if (found == 0 && !desk.json()) {
        desk.out().println(Texts.say("nothing"));
      }
      return ExitCode.DONE;
    });
  }

  private Json query() {
    if (limit < 1) {
      throw wrong("--limit", Long.toString(limit), "1");
    }
    Json query = Json.object();
    query =
        word(query, "type", type, Arrays.stream(EventType.values()).map(EventType::code).toList());
    query =
        word(
            query, "outcome", outcome, Arrays.stream(Outcome.values()).map(Outcome::code).toList());
    query =
        word(query, "reason", reason, Arrays.stream(Reason.values()).map(Reason::code).toList());
    query = text(query, "actor", actor);
    query = text(query, "resource", resource);
    query = text(query, "from", from == null ? null : instant("--from", from).toString());
    return text(query, "until", until == null ? null : instant("--until", until).toString());
  }

  private static Json text(Json query, String member, @Nullable String value) {
    return value == null ? query : query.with(member, value);
  }

  private Json word(Json query, String member, @Nullable String value, List<String> words) {
    if (value == null || words.contains(value)) {
      return text(query, member, value);
    }
    @Nullable String nearest = Nearest.to(value, words);
    throw wrong("--" + member, value, nearest == null ? String.join(", ", words) : nearest);
  }

  /// A day, from its beginning in this machine's zone, or a moment as the log has them.
  private Instant instant(String option, String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw wrong(option, text, "2026-11-25, 2026-11-25T08:00:00Z");
    }
  }

  private ParameterException wrong(String option, String found, String expected) {
    return new ParameterException(
        spec.commandLine(), Texts.say("audit.expected", option, expected, Plain.of(found)));
  }
}
