package io.parano.argon2;

import io.parano.authn.Argon2Parameters;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/// Argon2id in pure Java. Slower than the native library by a third to a half, and always there.
final class BouncyCastle implements Engine {
  @Override
  public String name() {
    return "Bouncy Castle (pure Java)";
  }

  @Override
  public Bench open() {
    return new JavaBench();
  }

  /// Keeps the working memory between computations, so that the collector has none of it to do.
  /// Bouncy Castle clears each block as it gives it back.
  private static final class JavaBench implements Bench {
    private FixedBlockPool blocks = new FixedBlockPool(0);
    private int room;

    @Override
    public void compute(
        byte[] password,
        byte[] salt,
        byte[] key,
        byte[] associated,
        Argon2Parameters parameters,
        byte[] tag) {
      makeRoom(parameters);
      var bouncy =
          new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                  org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
              .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(parameters.memoryKib())
              .withIterations(parameters.passes())
              .withParallelism(parameters.lanes())
              .withSalt(salt)
              .withSecret(key)
              .withAdditional(associated)
              .withBlockPool(blocks)
              .build();
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(bouncy);
      generator.generateBytes(password, tag);
      bouncy.clear();
      Arrays.fill(password, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }

    @Override
    public void close() {
      blocks = new FixedBlockPool(0);
      room = 0;
    }

    private void makeRoom(Argon2Parameters parameters) {
      int needed = Argon2BytesGenerator.getBlockCount(parameters.memoryKib(), parameters.lanes());
      if (needed > room) {
        blocks = new FixedBlockPool(needed);
        room = needed;
      }
    }
  }
}
