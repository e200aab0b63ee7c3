package io.parano.keys;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/// Whom a backup is sealed for: the public half of an X25519 key. Only who has the private half
/// opens it ([BackupOpener]); this machine does not.
public final class BackupRecipient {
  private final X25519PublicKeyParameters key;

  private BackupRecipient(X25519PublicKeyParameters key) {
    this.key = key;
  }

  /// Reads a public key in PEM, as `openssl pkey -pubout` writes it. Throws [IOException] with what
  /// was expected.
  public static BackupRecipient read(String pem) throws IOException {
    byte[] encoded = BackupForm.pem(pem, "PUBLIC KEY");
    try {
      if (PublicKeyFactory.createKey(encoded) instanceof X25519PublicKeyParameters key) {
        return new BackupRecipient(key);
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException("expected an X25519 public key, found something else", e);
    }
    throw new IOException("expected an X25519 public key, found another kind");
  }

  /// SHA-256 of the key, in hexadecimal.
  public String fingerprint() {
    return BackupForm.fingerprint(key.getEncoded());
  }

  /// What is written to the result goes to `out` sealed. Only its closing ends the backup.
  public OutputStream seal(OutputStream out) throws IOException {
    HPKEContextWithEncapsulation context = BackupForm.hpke().setupBaseS(key, BackupForm.MAGIC);
    out.write(BackupForm.MAGIC);
    out.write(context.getEncapsulation());
    return new Sealing(out, context);
  }

  private static final class Sealing extends OutputStream {
    private final OutputStream out;
    private final HPKEContextWithEncapsulation context;
    private final byte[] part = new byte[BackupForm.PART];
    private int filled;
    private boolean closed;

    Sealing(OutputStream out, HPKEContextWithEncapsulation context) {
      this.out = out;
      this.context = context;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int from = offset;
      int left = length;
      while (left > 0) {
        if (filled == part.length) {
          flushPart(false);
        }
        int taken = Math.min(left, part.length - filled);
        System.arraycopy(bytes, from, part, filled, taken);
        filled += taken;
        from += taken;
        left -= taken;
      }
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        flushPart(true);
        out.close();
      }
    }

    private void flushPart(boolean last) throws IOException {
      byte[] mark = {(byte) (last ? 1 : 0)};
      try {
        byte[] sealed = context.seal(mark, part, 0, filled);
        out.write(mark);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(sealed.length).array());
        out.write(sealed);
        filled = 0;
      } catch (InvalidCipherTextException e) {
        throw new UncheckedIOException(new IOException("sealing never fails", e));
      }
    }
  }
}
