package io.parano.authn;

import io.parano.kernel.Reason;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The clauses of a ceremony, called in the order of the standard: the first that does not hold is
/// the refusal, and those after it change nothing.
final class Clauses {
  private static final int SHOWN = 120;
  private @Nullable Refusal first;

  Clauses require(boolean holds, String clause, Reason reason, Supplier<String> detail) {
    if (!holds && first == null) {
      first = new Refusal(reason, clause, detail.get());
    }
    return this;
  }

  Optional<Refusal> refusal() {
    return Optional.ofNullable(first);
  }

  /// Untrusted text as it may stand in a log line: short, and printable ASCII only.
  static String shown(String untrusted) {
    String start = untrusted.length() > SHOWN ? untrusted.substring(0, SHOWN) + "..." : untrusted;
    return "\"" + start.replaceAll("[^ !#-~]", "?") + "\"";
  }
}
