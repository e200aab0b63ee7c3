package io.parano.vpn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers as lines: `done N` and N lines `KEY,ADDRESS,LIFE`; `refused WHY`; `unavailable`.
final class AnswerText {
  static final int LONGEST = 4 << 20;

  private static final Map<String, Objection> OBJECTIONS =
      Stream.of(Objection.values())
          .collect(Collectors.toUnmodifiableMap(Objection::code, Function.identity()));

  private AnswerText() {}

  /// Null for what is no answer, or not all of it.
  static @Nullable Answer read(byte[] bytes) {
    List<Text> lines = bytes.length > LONGEST ? List.of() : Text.of(bytes).apart('\n');
    // Behind the last line's end comes nothing.
    if (lines.size() < 2 || lines.getLast().length() > 0) {
      return null;
    }
    List<Text> words = lines.getFirst().apart(' ');
    List<Text> rest = lines.subList(1, lines.size() - 1);
    if (words.getFirst().is("done") && words.size() == 2) {
      return words.getLast().number() == rest.size() ? done(rest) : null;
    }
    if (!rest.isEmpty()) {
      return null;
    }
    if (words.getFirst().is("refused") && words.size() == 2 && words.getLast().length() < 32) {
      Objection objection = OBJECTIONS.get(words.getLast().string());
      return objection == null ? null : new Answer.Refused(objection);
    }
    return lines.getFirst().is("unavailable") ? new Answer.Unavailable() : null;
  }

  private static @Nullable Answer done(List<Text> lines) {
    List<Standing> peers = new ArrayList<>();
    for (Text line : lines) {
      Standing peer = OrderText.standing(line);
      if (peer == null) {
        return null;
      }
      peers.add(peer);
    }
    return new Answer.Done(peers);
  }

  static byte[] write(Answer answer) {
    String text =
        switch (answer) {
          case Answer.Refused(var objection) -> "refused " + objection.code() + "\n";
          case Answer.Unavailable _ -> "unavailable\n";
          case Answer.Done(var peers) ->
              peers.stream()
                  .map(peer -> OrderText.written(peer) + "\n")
                  .collect(Collectors.joining("", "done " + peers.size() + "\n", ""));
        };
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
