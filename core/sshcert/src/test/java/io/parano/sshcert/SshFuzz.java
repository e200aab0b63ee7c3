package io.parano.sshcert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What Jazzer throws bytes at: whatever comes, every reader ends in an outcome, and what was read
/// is written again as it came.
public final class SshFuzz {
  private static final String NAMESPACE = "revocations@parano";

  private SshFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    switch (KeyReading.of(bytes)) {
      case KeyReading.Malformed malformed -> {}
      case KeyReading.Read(var key) -> {
        same(bytes, key.blob().copy());
        proved(key, bytes);
      }
    }
    switch (CertificateReading.of(bytes)) {
      case CertificateReading.Malformed malformed -> {}
      case CertificateReading.Read(var read) -> {
        byte[] signed = read.certificate().toBeSigned();
        same(Arrays.copyOf(bytes, signed.length), signed);
        proved(read.certificate().key(), bytes);
      }
    }
    switch (RevocationReading.of(bytes)) {
      case RevocationReading.Malformed malformed -> {}
      case RevocationReading.Read(var list) -> reread(list);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    var _ = KeyReading.ofLine(text);
    var _ = CertificateReading.ofLine(text);
    var _ = SshSignature.check(KEY, NAMESPACE, bytes, text);
    switch (PrivateKeyReading.of(text)) {
      case PrivateKeyReading.Malformed malformed -> {}
      case PrivateKeyReading.Read(var key) -> key.close();
    }
    proved(KEY, bytes);
  }

  private static final SshKey KEY = Sample.key();

  /// As if it were somebody's proof of a key of this kind.
  private static void proved(SshKey key, byte[] bytes) {
    for (String algorithm : key.type().algorithms()) {
      switch (KeyProof.of(key, algorithm, bytes, bytes)) {
        case KeyProof.Broken broken -> {}
        case KeyProof.Holds holds -> throw new IllegalStateException("a signature over itself");
      }
    }
  }

  private static void reread(RevocationList list) {
    switch (RevocationReading.of(list.write().copy())) {
      case RevocationReading.Malformed(var flaw) ->
          throw new IllegalStateException("a list that was read can't be written: " + flaw);
      case RevocationReading.Read(var again) -> {
        // In our own order from the first time on.
        same(list.write().copy(), again.write().copy());
      }
    }
  }

  private static void same(byte[] came, byte[] written) {
    if (!Arrays.equals(came, written)) {
      throw new IllegalStateException("what was read is written otherwise");
    }
  }
}
