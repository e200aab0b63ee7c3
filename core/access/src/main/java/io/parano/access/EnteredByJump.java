package io.parano.access;

import io.parano.kernel.SessionId;

/// Proof that [JumpDesk] recorded a login.
record EnteredByJump(AdmittedToJump admitted) implements Jumping.Entered {
  @Override
  public String name() {
    return admitted.name();
  }

  @Override
  public SessionId session() {
    return admitted.live().id();
  }
}
