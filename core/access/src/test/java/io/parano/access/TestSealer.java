package io.parano.access;

import io.parano.kernel.Digest;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;

/** Seals nothing: it shows only that what was sealed in one context opens in no other. */
final class TestSealer implements Sealer {
  @Override
  public byte[] seal(byte[] plain, String context) {
    byte[] mark = tag(plain, context);
    byte[] sealed = new byte[32 + plain.length];
    System.arraycopy(mark, 0, sealed, 0, 32);
    System.arraycopy(plain, 0, sealed, 32, plain.length);
    return sealed;
  }

  @Override
  public Secret open(byte[] sealed, String context) {
    byte[] plain = java.util.Arrays.copyOfRange(sealed, 32, sealed.length);
    if (!java.util.Arrays.equals(tag(plain, context), 0, 32, sealed, 0, 32)) {
      throw new SealBroken(context);
    }
    return Secret.of(plain);
  }

  @Override
  public byte[] tag(byte[] content, String context) {
    return Digest.of(context.getBytes(StandardCharsets.UTF_8), content).bytes();
  }
}
