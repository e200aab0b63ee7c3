package io.parano.store;

import io.parano.access.Taken;
import io.parano.kernel.Canonical;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.session.Session;
import java.util.List;
import java.util.UUID;

/// What a cut ended, as a column holds it: a line of JSON, in which each session is five words, the
/// host last.
final class EndedText {
  private static final String ENDED = "ended";
  private static final int WORDS = 5;

  private EndedText() {}

  static String write(List<Taken.Ended> ended) {
    return Canonical.object()
        .put(
            ENDED,
            ended.stream()
                .map(one ->
                    String.join(
                        " ",
                        one.session().toString(),
                        one.kind().name(),
                        one.person().toString(),
                        one.source().toString(),
                        one.host()))
                .toList())
        .text();
  }

  static List<Taken.Ended> read(String text) {
    return Json.strings(Json.object(text), ENDED).stream().map(EndedText::one).toList();
  }

  private static Taken.Ended one(String line) {
    String[] words = line.split(" ", WORDS);
    if (words.length < WORDS) {
      throw new Unreadable("expected a session that was ended in " + line);
    }
    return new Taken.Ended(
        new SessionId(UUID.fromString(words[0])),
        Session.Kind.valueOf(words[1]),
        words[4],
        new PersonId(UUID.fromString(words[2])),
        IpPrefix.parse(words[3]));
  }
}
