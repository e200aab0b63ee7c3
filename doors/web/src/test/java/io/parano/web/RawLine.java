package io.parano.web;

import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// One end of the line between door and authority that says exactly what it is told to.
final class RawLine implements AutoCloseable {
  final FrameWriter out = new FrameWriter();
  private final SocketChannel channel;
  private final InputStream in;

  record Heard(FrameKind kind, FrameReader frame) {}

  private RawLine(SocketChannel channel) {
    this.channel = channel;
    this.in = Channels.newInputStream(channel);
  }

  static RawLine to(Path socket) throws IOException {
    return new RawLine(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /// Waits for whoever comes.
  static ServerSocketChannel listen(Path socket) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  static RawLine of(ServerSocketChannel listening) throws IOException {
    return new RawLine(listening.accept());
  }

  /// Sends what was written to [#out].
  RawLine send() throws IOException {
    return send(out.take());
  }

  RawLine send(Buffer bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes.getBytes());
    while (left.hasRemaining()) {
      channel.write(left);
    }
    return this;
  }

  RawLine hello(Layout layout) throws IOException {
    out.begin(FrameKind.HELLO).one(Layout.VERSION).raw(layout.digest()).end();
    return send();
  }

  /// Whether the other end has closed, nothing more having come.
  boolean ended() {
    try {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  /// The next frame; throws [EOFException] when the other end has closed.
  Heard hear() throws IOException {
    byte[] length = in.readNBytes(Integer.BYTES);
    if (length.length < Integer.BYTES) {
      throw new EOFException("the other end has closed");
    }
    byte[] frame = in.readNBytes(ByteBuffer.wrap(length).getInt());
    return new Heard(FrameKind.of(frame[0]), new FrameReader(frame, 1, frame.length));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
