package io.parano.probe;

import io.parano.demo.MailProgram.Sealing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/// Where mailboxes are opened, as a URL says it: `imaps` is TLS from the first byte on, `imap` is
/// STARTTLS, and nothing at all on loopback alone. A password never goes over a line that others
/// can read.
record MailPlace(InetSocketAddress at, String name, Sealing sealing) {
  private static final int IMAP = 143;
  private static final int IMAPS = 993;

  /// Throws [IllegalArgumentException] when it is none.
  static MailPlace read(String text) {
    URI uri = URI.create(text);
    String host = uri.getHost();
    boolean whole = "imaps".equals(uri.getScheme());
    if (host == null || !(whole || "imap".equals(uri.getScheme()))) {
      throw new IllegalArgumentException("expected imaps://… or imap://…, found " + text);
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      int port = uri.getPort() >= 0 ? uri.getPort() : whole ? IMAPS : IMAP;
      return new MailPlace(
          new InetSocketAddress(address, port),
          host,
          whole ? Sealing.WHOLE : address.isLoopbackAddress() ? Sealing.NONE : Sealing.STARTTLS);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("nobody is called " + host, e);
    }
  }
}
