package io.parano.demo;

import io.parano.kernel.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One HTTP/1.1 exchange (RFC 9112) over a socket of its own that leaves from a chosen address. The
/// JDK's client will not say whatever `Host` it is told to, and says more than it is told to.
final class Wire {
  private static final int PATIENCE = 15_000;
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LARGEST_BODY = 16 * 1024 * 1024;

  private Wire() {}

  static Reply exchange(InetAddress from, InetSocketAddress to, Request request)
      throws IOException {
    long start = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(PATIENCE);
      socket.setTcpNoDelay(true);
      socket.connect(to, PATIENCE);
      socket.getOutputStream().write(bytes(request));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      return reply(request, in, start);
    }
  }

  /// The same within TLS, with a server that proves the site's name.
  static Reply sealed(InetAddress from, Site site, Request request, SSLSocketFactory tls)
      throws IOException {
    long start = System.nanoTime();
    try (Socket bare = new Socket()) {
      bare.bind(new InetSocketAddress(from, 0));
      bare.setSoTimeout(PATIENCE);
      bare.connect(
          new InetSocketAddress(InetAddress.getByName(site.host()), site.port()), PATIENCE);
      try (SSLSocket socket = (SSLSocket) tls.createSocket(bare, site.host(), site.port(), true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.getOutputStream().write(bytes(request));
        InputStream in = new BufferedInputStream(socket.getInputStream());
        return reply(request, in, start);
      }
    }
  }

  private static byte[] bytes(Request request) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    for (Header header : request.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    byte[] body = request.body().copy();
    if (body.length > 0 || !request.method().equals("GET")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static Reply reply(Request request, InputStream in, long start) throws IOException {
    String line = line(in);
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("expected an HTTP/1.x status line, found \"" + line + "\"");
    }
    int status = Integer.parseInt(words[1]);
    List<Header> headers = headers(in);
    boolean bodiless = request.method().equals("HEAD") || status == 204 || status == 304;
    byte[] body = bodiless ? new byte[0] : body(headers, in);
    return new Reply(status, headers, Bytes.of(body), Duration.ofNanos(System.nanoTime() - start));
  }

  private static List<Header> headers(InputStream in) throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("expected a header, found \"" + line + "\"");
      }
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private static byte[] body(List<Header> headers, InputStream in) throws IOException {
    for (Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.equals("transfer-encoding") && header.value().equalsIgnoreCase("chunked")) {
        return chunks(in);
      }
      if (name.equals("content-length")) {
        return exactly(Integer.parseInt(header.value()), in);
      }
    }
    return in.readNBytes(LARGEST_BODY);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      out.writeBytes(exactly(size, in));
      line(in);
    }
    headers(in);
    return out.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    String line = line(in);
    int semicolon = line.indexOf(';');
    return Integer.parseInt(semicolon < 0 ? line : line.substring(0, semicolon), 16);
  }

  private static byte[] exactly(int length, InputStream in) throws IOException {
    if (length > LARGEST_BODY) {
      throw new IOException("expected at most " + LARGEST_BODY + " bytes, found " + length);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ended early");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the answer ended early");
      }
      if (out.size() >= LONGEST_LINE) {
        throw new IOException("a line of the answer is too long");
      }
      out.write(b);
    }
    String line = out.toString(StandardCharsets.UTF_8);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
