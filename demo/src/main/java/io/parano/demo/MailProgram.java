package io.parano.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A mail program, as far as a login goes (RFC 9051 sections 6.2.1 and 6.2.3): it opens a mailbox
/// over IMAP and stays there.
public final class MailProgram {
  private static final int PATIENCE = 20_000;
  private static final int LONGEST_LINE = 8 * 1024;

  private final Way way;

  public MailProgram(Way way) {
    this.way = way;
  }

  /// @param name that the server's certificate says
  /// @param tls null for none, which is for loopback alone
  public record Way(
      InetSocketAddress at, String name, Sealing sealing, @Nullable SSLSocketFactory tls) {
    static Way bare(InetSocketAddress at) {
      return new Way(at, at.getHostString(), Sealing.NONE, null);
    }
  }

  public enum Sealing {
    NONE,
    STARTTLS,
    /// TLS from the first byte on.
    WHOLE
  }

  /// @param verdict granted when the mailbox is open
  public record Open(Socket socket, InputStream in, Verdict verdict) implements AutoCloseable {
    /// Whether the server still answers.
    public boolean isOpen() {
      try {
        say(socket, "b NOOP");
        return answer(in, "b").startsWith("OK");
      } catch (IOException e) {
        return false;
      }
    }

    /// Whether the server closes the connection in time, however it says so.
    public boolean endsWithin(Duration patience) throws IOException {
      long end = System.nanoTime() + patience.toNanos();
      try {
        while (true) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0) {
            return false;
          }
          socket.setSoTimeout((int) left);
          if (in.read() < 0) {
            return true;
          }
        }
      } catch (SocketTimeoutException e) {
        return false;
      } catch (IOException e) {
        // A reset closes as well.
        return true;
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // Then it is closed.
      }
    }
  }

  /// Throws [IOException] when nobody says whether the mailbox opens.
  public Open open(InetAddress from, String name, String password) throws IOException {
    long start = System.nanoTime();
    Socket socket = connected(from);
    try {
      if (way.sealing() == Sealing.WHOLE) {
        socket = sealed(socket);
      }
      InputStream in = new BufferedInputStream(socket.getInputStream());
      var _ = line(in);
      if (way.sealing() == Sealing.STARTTLS) {
        say(socket, "s STARTTLS");
        if (!answer(in, "s").startsWith("OK")) {
          throw new IOException("the mail server does no STARTTLS");
        }
        socket = sealed(socket);
        in = new BufferedInputStream(socket.getInputStream());
      }
      say(socket, "a LOGIN " + quoted(name) + " " + quoted(password));
      boolean granted = answer(in, "a").startsWith("OK");
      Duration took = Cast.since(start);
      if (!granted) {
        socket.close();
      }
      return new Open(socket, in, Verdict.of(granted, took));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Whether it opens; closed at once.
  public Verdict tried(InetAddress from, String name, String password) throws IOException {
    try (Open open = open(from, name, password)) {
      return open.verdict();
    }
  }

  private Socket connected(InetAddress from) throws IOException {
    Socket socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(PATIENCE);
      socket.setTcpNoDelay(true);
      socket.connect(way.at(), PATIENCE);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket sealed(Socket bare) throws IOException {
    SSLSocketFactory tls = way.tls();
    if (tls == null) {
      throw new IOException("there is nobody to trust");
    }
    SSLSocket socket = (SSLSocket) tls.createSocket(bare, way.name(), way.at().getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    // RFC 8314 section 5.1 wants of a name what HTTPS does.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static void say(Socket socket, String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /// The answer to the command of that tag, without the tag; what the server says besides is passed
  /// over.
  private static String answer(InputStream in, String tag) throws IOException {
    String line = line(in);
    while (!line.startsWith(tag + " ")) {
      line = line(in);
    }
    return line.substring(tag.length() + 1);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the mail server closed without an answer");
      }
      if (out.size() >= LONGEST_LINE) {
        throw new IOException("a line of the mail server is too long");
      }
      out.write(b);
    }
    return out.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
