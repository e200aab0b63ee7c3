package io.parano.keys;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/// Opens backups that were sealed for the public half of a key.
public final class BackupOpener {
  private final X25519PrivateKeyParameters key;

  private BackupOpener(X25519PrivateKeyParameters key) {
    this.key = key;
  }

  /// It is no backup, of another form, for somebody else, altered or cut off.
  public static final class Unopened extends IOException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /// From the first thing that is looked at to the last.
    public enum Why {
      NO_BACKUP,
      NOT_OURS_OR_ALTERED,
      CUT_OFF
    }

    Unopened(Why why) {
      super("the backup does not open: " + why);
      this.why = why;
    }

    public Why why() {
      return why;
    }
  }

  /// Reads a private key in PEM, as `openssl genpkey -algorithm X25519` writes it. Throws
  /// [IOException] with what was expected.
  public static BackupOpener read(String pem) throws IOException {
    byte[] encoded = BackupForm.pem(pem, "PRIVATE KEY");
    try {
      if (PrivateKeyFactory.createKey(encoded) instanceof X25519PrivateKeyParameters key) {
        return new BackupOpener(key);
      }
    } catch (IOException | RuntimeException e) {
      // Not as the cause: its message may quote what the file says.
      throw new IOException("expected an X25519 private key, found something else");
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    throw new IOException("expected an X25519 private key, found another kind");
  }

  /// As the recipient's public half is called ([BackupRecipient#fingerprint]).
  public String fingerprint() {
    return BackupForm.fingerprint(key.generatePublicKey().getEncoded());
  }

  /// What was sealed. Each part counts only once it is opened; at the end of the stream all of it
  /// was there. Reading throws [Unopened] when it was not.
  public InputStream open(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    byte[] magic = data.readNBytes(BackupForm.MAGIC.length);
    byte[] encapsulated = data.readNBytes(BackupForm.ENCAPSULATED);
    if (!Arrays.equals(magic, BackupForm.MAGIC) || encapsulated.length != BackupForm.ENCAPSULATED) {
      throw new Unopened(Unopened.Why.NO_BACKUP);
    }
    try {
      return new Opening(
          data,
          BackupForm.hpke()
              .setupBaseR(
                  encapsulated,
                  new AsymmetricCipherKeyPair(key.generatePublicKey(), key),
                  BackupForm.MAGIC));
    } catch (RuntimeException e) {
      // A point of low order is none that anybody was given.
      throw new Unopened(Unopened.Why.NOT_OURS_OR_ALTERED);
    }
  }

  private static final class Opening extends InputStream {
    private final DataInputStream in;
    private final HPKEContext context;
    private byte[] part = new byte[0];
    private int read;
    private boolean last;

    Opening(DataInputStream in, HPKEContext context) {
      this.in = in;
      this.context = context;
    }

    @Override
    public int read() throws IOException {
      return more() ? part[read++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!more()) {
        return -1;
      }
      int taken = Math.min(length, part.length - read);
      System.arraycopy(part, read, bytes, offset, taken);
      read += taken;
      return taken;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    private boolean more() throws IOException {
      while (read == part.length && !last) {
        next();
      }
      return read < part.length;
    }

    private void next() throws IOException {
      byte[] sealed;
      byte[] mark;
      try {
        mark = new byte[] {in.readByte()};
        int length = in.readInt();
        if (length < BackupForm.TAG || length > BackupForm.PART + BackupForm.TAG) {
          throw new Unopened(Unopened.Why.NOT_OURS_OR_ALTERED);
        }
        sealed = new byte[length];
        in.readFully(sealed);
      } catch (EOFException e) {
        throw new Unopened(Unopened.Why.CUT_OFF);
      }
      try {
        part = context.open(mark, sealed);
      } catch (InvalidCipherTextException | RuntimeException e) {
        throw new Unopened(Unopened.Why.NOT_OURS_OR_ALTERED);
      }
      read = 0;
      last = mark[0] == 1;
      if (last && in.read() >= 0) {
        throw new Unopened(Unopened.Why.NOT_OURS_OR_ALTERED);
      }
    }
  }
}
