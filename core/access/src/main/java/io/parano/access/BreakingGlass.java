package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;

/// The one exception, for the day when the tokens are lost: two holders' sealed codes together,
/// with both passwords, from a listed source, open the enrolment of a token for each of the two,
/// for half an hour, and nothing else (PCI DSS 8.5.1 allows a documented, authorised exception of
/// limited time).
public interface BreakingGlass {
  Broken breakGlass(Holder first, Holder second, IpAddress source);

  /// @param code as it was typed
  record Holder(String name, Secret code, Secret password) {}

  sealed interface Broken {
    /// Nothing was opened, and no code is used up.
    record Refused(Reason reason) implements Broken {}

    /// Recorded before anybody sees it.
    ///
    /// @param first the code with which the first holder enrols a token
    /// @param second the other's
    record Opened(Secret first, Secret second, Instant until) implements Broken {}
  }
}
