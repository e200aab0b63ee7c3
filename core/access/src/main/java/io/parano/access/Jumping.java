package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.SessionId;
import io.parano.sshcert.Certificate;
import org.jspecify.annotations.Nullable;

/// What the jump host asks: who may log in, where to they may be connected on, and whether that
/// still holds.
public interface Jumping {
  /// The account on the jump host, and so the principal of certificates for it. Accounts on hosts
  /// have an at sign in theirs.
  String PRINCIPAL = "parano-jump";

  /// Whether a certificate that came from `source` would open the jump host to `account`. Whoever
  /// sent it need not have its key, so that this opens nothing yet.
  Admission admit(Bytes certificate, String account, IpAddress source);

  /// Lets in whoever has the key of a certificate that was looked at; recorded before the answer.
  ///
  /// @param signed what the connection gave to sign
  Entrance enter(Admitted admitted, String algorithm, Bytes signed, Bytes signature);

  /// Whether somebody who was let in may be connected on to `host`. A first use is recorded before
  /// the answer.
  Forwarding forward(Entered entered, String host, int port);

  /// Why somebody's connection must end now; null while it may go on.
  @Nullable Reason over(Entered entered);

  /// The same of what they were connected on to.
  @Nullable Reason over(Entered entered, String host, int port);

  /// From the most refusing to the most allowing.
  sealed interface Admission {
    record Refused(Reason reason) implements Admission {}

    record Granted(Admitted admitted) implements Admission {}
  }

  /// Somebody whose certificate was looked at.
  sealed interface Admitted permits AdmittedToJump {
    String name();

    Certificate certificate();
  }

  /// From the most refusing to the most allowing.
  sealed interface Entrance {
    record Refused(Reason reason) implements Entrance {}

    /// The log can't take the record, so it does not take place.
    record Unavailable() implements Entrance {}

    record Granted(Entered entered) implements Entrance {}
  }

  /// Somebody who has the key as well.
  sealed interface Entered permits EnteredByJump {
    String name();

    SessionId session();
  }

  /// From the most refusing to the most allowing.
  sealed interface Forwarding {
    record Refused(Reason reason) implements Forwarding {}

    /// The log can't take the record, so it does not take place.
    record Unavailable() implements Forwarding {}

    record Granted() implements Forwarding {}
  }
}
