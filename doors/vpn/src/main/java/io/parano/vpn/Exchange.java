package io.parano.vpn;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One question over a Unix socket and the whole answer, in time and within bounds.
final class Exchange {
  private static final int ROOM = 4096;

  private Exchange() {}

  /// Whether the first `length` bytes are a whole answer.
  @FunctionalInterface
  interface Whole {
    boolean is(byte[] bytes, int length);

    /// The other end says so, by closing.
    Whole AT_END = (bytes, length) -> false;
  }

  /// Throws [IOException] when nobody listens, the answer is too long, ends early or is late. What
  /// comes back may be secret; so may what is asked, which is the caller's to wipe.
  static byte[] ask(Path socket, byte[] question, Whole whole, int longest, Duration patience)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      FutureTask<byte[]> talk =
          new FutureTask<>(() -> {
            channel.connect(UnixDomainSocketAddress.of(socket));
            send(channel, question);
            return receive(channel, whole, longest);
          });
      Thread.ofVirtual().name("exchange").start(talk);
      return talk.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(socket + " is silent", e);
    } catch (ExecutionException e) {
      throw new IOException(socket + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  static void send(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /// Up to what makes it whole, or to the other end's closing. Throws [IOException] when it is
  /// longer than `longest`.
  static byte[] receive(SocketChannel channel, Whole whole, int longest) throws IOException {
    byte[] bytes = new byte[Math.min(ROOM, longest + 1)];
    int length = 0;
    try {
      while (true) {
        int read = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
        if (read < 0) {
          return Arrays.copyOf(bytes, length);
        }
        length += read;
        if (length > longest) {
          throw new IOException("more than " + longest + " bytes");
        }
        if (whole.is(bytes, length)) {
          return Arrays.copyOf(bytes, length);
        }
        if (length == bytes.length) {
          byte[] wider = Arrays.copyOf(bytes, (int) Math.min(2L * length, longest + 1L));
          Arrays.fill(bytes, (byte) 0);
          bytes = wider;
        }
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
