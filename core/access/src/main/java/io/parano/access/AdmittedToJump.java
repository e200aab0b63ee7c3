package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.session.LiveSession;
import io.parano.sshcert.Certificate;

/// Proof that [JumpDesk] looked.
record AdmittedToJump(
    String name,
    Certificate certificate,
    IssuedCertificate issued,
    LiveSession live,
    IpAddress source)
    implements Jumping.Admitted {}
