package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.sshcert.Certificate;
import org.jspecify.annotations.Nullable;

/// What the jump host asks: who may connect, where to, and whether that still holds.
public interface Jumping {
  /// The principal of certificates for the jump host. Accounts on hosts have an at sign in theirs.
  String PRINCIPAL = "parano-jump";

  /// Whether a certificate that came from `source` opens the jump host. That whoever sent it has
  /// the key is the protocol's to show.
  Admission admit(Bytes certificate, IpAddress source);

  /// Whether somebody who was admitted may be connected on to `host`. A first use is recorded
  /// before the answer.
  Forwarding forward(Admitted admitted, String host, int port);

  /// Why a connection must end now; null while it may go on.
  @Nullable Reason over(Admitted admitted);

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
  sealed interface Forwarding {
    record Refused(Reason reason) implements Forwarding {}

    /// The log can't take the record, so it does not take place.
    record Unavailable() implements Forwarding {}

    record Granted() implements Forwarding {}
  }
}
