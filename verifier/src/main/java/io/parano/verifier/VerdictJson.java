package io.parano.verifier;

import io.parano.audit.Finding;
import io.parano.audit.Verdict;
import io.parano.kernel.Canonical;
import io.parano.kernel.Language;
import java.util.List;
import java.util.stream.Collectors;

/// A verdict for programs: `{"findings":[{"kind":"altered","index":5,…,"text":…}],"checkpoints":…,
/// "cosigned":["name size
/// time"],"entries":…,"erased":…,"more":…,"root":…,"signed":…,"verdict":"holds"|"broken","witnessed":…}`.
public final class VerdictJson {
  private VerdictJson() {}

  public static String of(Verdict verdict, Language language) {
    return switch (verdict) {
      case Verdict.Holds(Verdict.Summary summary) ->
          object("holds", summary, List.of(), 0, language);
      case Verdict.Broken(List<Finding> findings, long more, Verdict.Summary summary) ->
          object("broken", summary, findings, more, language);
    };
  }

  private static String object(
      String verdict,
      Verdict.Summary summary,
      List<Finding> findings,
      long more,
      Language language) {
    String members =
        Canonical.object()
            .put("verdict", verdict)
            .put("entries", summary.entries())
            .put("root", summary.root().hex())
            .put("witnessed", summary.witnessed())
            .put("signed", summary.signed())
            .put("checkpoints", summary.checkpoints())
            .put("erased", summary.erased())
            .put("cosigned", cosigned(summary))
            .put("more", more)
            .text();
    String list =
        findings.stream()
            .map(finding -> finding(finding, language).text())
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"findings\":" + list + "," + members.substring(1);
  }

  private static List<String> cosigned(Verdict.Summary summary) {
    return summary.cosigned().stream()
        .map(by -> by.witness().name() + " " + by.size() + " " + by.at())
        .toList();
  }

  private static Canonical finding(Finding finding, Language language) {
    Canonical json = Canonical.object().put("text", FindingText.of(finding, language));
    return switch (finding) {
      case Finding.Altered(long index) -> json.put("kind", "altered").put("index", index);
      case Finding.Removed(long first, long last) ->
          json.put("kind", "removed").put("first", first).put("last", last);
      case Finding.Inserted(long at) -> json.put("kind", "inserted").put("at", at);
      case Finding.Duplicated(long index, long at) ->
          json.put("kind", "duplicated").put("index", index).put("at", at);
      case Finding.Reordered(long index, long at) ->
          json.put("kind", "reordered").put("index", index).put("at", at);
      case Finding.Truncated(long entries, long expected, String checkpoint) ->
          json.put("kind", "truncated")
              .put("entries", entries)
              .put("expected", expected)
              .put("checkpoint", checkpoint);
      case Finding.Rewritten(long from, long to, String checkpoint, boolean resigned) ->
          json.put("kind", "rewritten")
              .put("first", from)
              .put("last", to - 1)
              .put("checkpoint", checkpoint)
              .put("resigned", resigned ? 1 : 0);
      case Finding.PersonalAltered(long index) ->
          json.put("kind", "personal-altered").put("index", index);
      case Finding.HashAltered(long index) -> json.put("kind", "hash-altered").put("index", index);
      case Finding.TileAltered(int level, long index) ->
          json.put("kind", "tile-altered").put("level", level).put("index", index);
      case Finding.Unreadable(long at, String why) ->
          json.put("kind", "unreadable").put("at", at).put("why", why);
      case Finding.FileMissing(String path) -> json.put("kind", "file-missing").put("path", path);
      case Finding.FileBroken(String path, String why) ->
          json.put("kind", "file-broken").put("path", path).put("why", why);
      case Finding.CheckpointRefused(String checkpoint, String why) ->
          json.put("kind", "checkpoint-refused").put("checkpoint", checkpoint).put("why", why);
      case Finding.NotCosigned(String witness) ->
          json.put("kind", "not-cosigned").put("witness", witness);
      case Finding.Unproven(long first, long last) ->
          json.put("kind", "unproven").put("first", first).put("last", last);
    };
  }
}
