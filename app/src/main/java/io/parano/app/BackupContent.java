package io.parano.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is in a backup, before it is sealed.
///
/// ```
/// the log's name, its newest checkpoint, the keyset file: each after its length in 4 bytes
/// the database: after its length in 8 bytes
/// ```
///
/// @param keyset the file as it stands, sealed under its passphrase
@SuppressWarnings("ArrayRecordComponent") // on its way into a file
record BackupContent(String origin, String checkpoint, byte[] keyset) {
  /// More than any name, checkpoint or keyset file takes.
  private static final int LONGEST = 1 << 20;

  void write(OutputStream out, Path database) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    for (byte[] part : new byte[][] {origin.getBytes(UTF_8), checkpoint.getBytes(UTF_8), keyset}) {
      data.writeInt(part.length);
      data.write(part);
    }
    data.writeLong(Files.size(database));
    data.flush();
    Files.copy(database, out);
  }

  /// Reads all of it to its end, and writes the database to `database`, which is there and empty.
  static BackupContent read(InputStream in, Path database) throws IOException {
    DataInputStream data = new DataInputStream(in);
    BackupContent content =
        new BackupContent(new String(part(data), UTF_8), new String(part(data), UTF_8), part(data));
    long length = data.readLong();
    try (OutputStream out = Files.newOutputStream(database)) {
      if (in.transferTo(out) != length) {
        throw new EOFException("a database of another length");
      }
    }
    return content;
  }

  private static byte[] part(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new EOFException("a part of " + length + " bytes");
    }
    byte[] part = new byte[length];
    in.readFully(part);
    return part;
  }
}
