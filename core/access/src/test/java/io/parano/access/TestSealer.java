package io.parano.access;

import io.parano.kernel.Digest;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;

/** Seals nothing: it shows only that what was sealed in one context opens in no other. */
final class TestSealer implements Sealer {
  /** Under which key it seals now. */
  int generation;

  @Override
  public byte[] seal(byte[] plain, String context) {
    byte[] mark = tag(plain, context);
    byte[] sealed = new byte[33 + plain.length];
    System.arraycopy(mark, 0, sealed, 0, 32);
    sealed[32] = (byte) generation;
    System.arraycopy(plain, 0, sealed, 33, plain.length);
    return sealed;
  }

  @Override
  public Secret open(byte[] sealed, String context) {
    byte[] plain = java.util.Arrays.copyOfRange(sealed, 33, sealed.length);
    if (!java.util.Arrays.equals(tag(plain, context), 0, 32, sealed, 0, 32)) {
      throw new SealBroken(context);
    }
    return Secret.of(plain);
  }

  @Override
  public boolean isFresh(byte[] sealed) {
    return sealed[32] == generation;
  }

  @Override
  public byte[] tag(byte[] content, String context) {
    return Digest.of(context.getBytes(StandardCharsets.UTF_8), content).bytes();
  }
}
