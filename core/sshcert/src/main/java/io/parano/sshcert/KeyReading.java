package io.parano.sshcert;

/// How reading a public key ended. From the most refusing to the most allowing.
public sealed interface KeyReading {
  /// So that no hostile line is worth much work; the largest RSA key takes 2.8 KiB.
  int LONGEST_LINE = 8192;

  record Malformed(Flaw flaw) implements KeyReading {}

  record Read(SshKey key) implements KeyReading {}

  /// A blob as SSH sends it.
  static KeyReading of(byte[] blob) {
    try {
      return new Read(SshKey.read(blob));
    } catch (WireReader.Flawed e) {
      return new Malformed(e.flaw());
    }
  }

  /// A line of a `.pub` file, with or without comment and line end.
  static KeyReading ofLine(String line) {
    if (line.length() > LONGEST_LINE) {
      return new Malformed(Flaw.TOO_LONG);
    }
    String text = line.strip();
    int space = text.indexOf(' ');
    String name = space < 0 ? text : text.substring(0, space);
    if (KeyType.ofPlain(name).isEmpty()) {
      return new Malformed(Flaw.KEY_TYPE_UNKNOWN);
    }
    try {
      SshKey key = SshKey.read(SshKey.blobOf(text, name));
      return key.type().plain().equals(name) ? new Read(key) : new Malformed(Flaw.LINE_MALFORMED);
    } catch (WireReader.Flawed e) {
      return new Malformed(e.flaw());
    }
  }
}
