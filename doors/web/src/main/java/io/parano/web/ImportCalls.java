package io.parano.web;

import io.parano.access.Importing;
import io.parano.access.Importing.Bringing;
import io.parano.access.Importing.Imported;
import io.parano.access.Importing.Staffed;
import io.parano.authn.OtpRecords;
import io.parano.identity.Proposal;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The JSON calls by which officers bring in files that hold secrets.
final class ImportCalls {
  private static final int LONGEST_FILE = 60 * 1024;

  private final Importing importing;

  ImportCalls(Importing importing) {
    this.importing = importing;
  }

  Response otpTokens(Visit visit, String bearer, JsonBody body) {
    String person = body.text("person", 64);
    String label = body.label("label");
    try (Secret file = body.secret("file", LONGEST_FILE)) {
      body.end();
      return switch (importing.otpTokens(bearer, person, label, file, visit.call().source())) {
        case Imported.Refused(Reason reason) -> ActCalls.unknown(visit, reason);
        case Imported.Mistaken(var mistakes) ->
            Response.problem(
                422,
                JsonText.object()
                    .put(
                        "title",
                        mistakes.stream()
                            .map(one ->
                                one.line() + ": " + one.wrong().text(visit.words().language()))
                            .collect(Collectors.joining("; ")))
                    .put("code", "file-mistaken")
                    .objects(
                        "mistakes",
                        mistakes.stream()
                            .map(mistake -> text(mistake, visit.words().language()))
                            .toList())
                    .text());
        case Imported.Proposed(var proposals) ->
            Response.json(
                200,
                JsonText.object()
                    .texts(
                        "ids", proposals.stream().map(Proposal::id).map(Object::toString).toList())
                    .text());
      };
    }
  }

  Response staff(Visit visit, String bearer, JsonBody body) {
    List<Bringing> people = new ArrayList<>();
    for (JsonBody one : body.objects("newcomers", Importing.AT_ONCE)) {
      people.add(new Bringing(ActReading.newcomer(one), one.optionalText("hash", 512)));
      one.end();
    }
    body.end();
    if (people.stream().map(one -> one.newcomer().name()).distinct().count() != people.size()
        || people.isEmpty()) {
      throw new JsonBody.Malformed("newcomers");
    }
    return switch (importing.staff(bearer, people, visit.call().source())) {
      case Staffed.Refused(Reason reason) -> Problem.of(visit, reason);
      case Staffed.Mistaken(var mistakes) ->
          Problem.of(
              422,
              "file-mistaken",
              mistakes.stream()
                  .map(one -> one.name() + ": " + one.wrong().text(visit.words().language()))
                  .collect(Collectors.joining("; ")));
      case Staffed.Proposed(var proposal) ->
          Response.json(200, JsonText.object().put("id", proposal.id().toString()).text());
    };
  }

  private static JsonText text(OtpRecords.Mistake mistake, Language language) {
    return JsonText.object()
        .put("line", mistake.line())
        .put("detail", mistake.wrong().text(language));
  }
}
