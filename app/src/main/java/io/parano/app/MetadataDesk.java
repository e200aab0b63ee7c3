package io.parano.app;

import io.parano.access.Recalling;
import io.parano.access.Recalling.Holder;
import io.parano.access.Recalling.Recalled;
import io.parano.authn.Metadata;
import io.parano.kernel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Takes in the metadata file that an operator of the host names, and tells what came of it.
///
/// @param roots the certificates, in DER, that may stand above its signer
record MetadataDesk(Recalling recalling, List<Bytes> roots) {
  /// More don't fit an answer; the log has them all.
  private static final int MOST_NAMED = 200;

  /// The answer in JSON. Throws [IllegalArgumentException], saying what was expected, when the file
  /// can't be read.
  String recall(String file, String operator) {
    return answer(recalling.recall(bytes(Path.of(file)), roots, operator)).toString();
  }

  private static Bytes bytes(Path file) {
    if (!file.isAbsolute()) {
      throw new IllegalArgumentException("expected a file from the root on, found " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Bytes.of(in.readNBytes(Metadata.MOST_BYTES + 1));
    } catch (IOException e) {
      throw new IllegalArgumentException(Refusal.why(e), e);
    }
  }

  private static Json answer(Recalled recalled) {
    return switch (recalled) {
      case Recalled.Refused(var flaw, var detail) ->
          refused("flaw-" + flaw.code()).with("detail", detail);
      case Recalled.NotNewer(long number, long before) ->
          refused("not-newer").with("number", number).with("before", before);
      case Recalled.OfficersMissing(int left, var holders) ->
          refused("officers-missing").with("left", left).with("holders", named(holders));
      case Recalled.Done(long number, var nextUpdate, int models, var holders, int sessions) ->
          Json.object(
              "outcome",
              "done",
              "number",
              number,
              "nextUpdate",
              nextUpdate.toString(),
              "models",
              models,
              "tokens",
              holders.size(),
              "sessionsEnded",
              sessions,
              "holders",
              named(holders));
    };
  }

  private static Json refused(String why) {
    return Json.object("outcome", "refused", "why", why);
  }

  private static List<Json> named(List<Holder> holders) {
    return holders.stream()
        .limit(MOST_NAMED)
        .map(holder ->
            Json.object(
                "person", holder.person(), "label", holder.label(), "status", holder.status()))
        .toList();
  }
}
