package io.parano.app;

import io.parano.kernel.Secret;
import io.parano.web.Site;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// At which server the user of the command line signed in, and the session there.
///
/// @param server the only place that the session's secret is ever sent to
/// @param authorities a file of certificates to trust besides the JDK's; null for none
/// @param source this machine's address from which to connect; null for whichever it takes
/// @param held null after a logout
record Login(
    Site server, @Nullable Path authorities, @Nullable String source, @Nullable Held held) {

  record Held(Secret bearer, Instant endsAt) {}

  Login holding(@Nullable Held now) {
    return new Login(server, authorities, source, now);
  }
}
