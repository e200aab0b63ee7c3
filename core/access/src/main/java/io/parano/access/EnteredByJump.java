package io.parano.access;

/// Proof that [JumpDesk] recorded a login.
record EnteredByJump(AdmittedToJump admitted) implements Jumping.Entered {
  @Override
  public String name() {
    return admitted.name();
  }
}
