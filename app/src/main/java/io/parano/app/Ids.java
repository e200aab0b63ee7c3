package io.parano.app;

import io.parano.kernel.ActId;
import java.io.IOException;

/// Ids as users type them.
final class Ids {
  private Ids() {}

  /// The id of an act, fit for an address; throws [ServerSaidNo] for what is none, as the server
  /// would.
  static String inPath(String text) throws IOException {
    try {
      return ActId.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new ServerSaidNo(404, "act-gone", Texts.say("act.unknown", Plain.of(text)));
    }
  }
}
