package io.parano.authn;

import io.parano.kernel.Digest;
import io.parano.kernel.Secret;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A stand-in with Argon2's shape: the tag depends on every input, costs nothing, and can be told
/// to be busy. The real ones are compared with published vectors in their own module.
final class ReckonedArgon2 implements Argon2 {
  private boolean busy;
  private int asked;

  void becomeBusy() {
    busy = true;
  }

  int asked() {
    return asked;
  }

  @Override
  public byte[] hash(Secret password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    if (busy) {
      throw new Busy();
    }
    asked++;
    byte[] cost =
        ByteBuffer.allocate(16)
            .putInt(parameters.memoryKib())
            .putInt(parameters.passes())
            .putInt(parameters.lanes())
            .putInt(tagLength)
            .array();
    byte[] once = Digest.of(password.copy(), salt, cost).bytes();
    return Arrays.copyOf(once, tagLength);
  }
}
