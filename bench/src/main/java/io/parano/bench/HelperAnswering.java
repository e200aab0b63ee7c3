package io.parano.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Root's helper on paper: it takes off whatever peer it is told to. On platform threads: hundreds
/// of virtual ones wait for what OpenSSH's clients say, each with a carrier of its own.
final class HelperAnswering implements AutoCloseable {
  private static final String REMOVE = "remove ";

  private final ServerSocketChannel listening;
  private final Set<String> removed = ConcurrentHashMap.newKeySet();

  private HelperAnswering(ServerSocketChannel listening) {
    this.listening = listening;
  }

  static HelperAnswering at(Path socket) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    HelperAnswering helper = new HelperAnswering(listening);
    Thread.ofPlatform().daemon().start(helper::listen);
    return helper;
  }

  /// How many peers.
  int removed() {
    return removed.size();
  }

  private void listen() {
    while (listening.isOpen()) {
      try {
        SocketChannel one = listening.accept();
        Thread.ofPlatform().daemon().start(() -> answer(one));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void answer(SocketChannel one) {
    try (one) {
      BufferedReader in = new BufferedReader(Channels.newReader(one, StandardCharsets.US_ASCII));
      String order = in.readLine();
      if (order != null && order.startsWith(REMOVE)) {
        removed.addAll(Set.of(order.substring(REMOVE.length()).split(" ", -1)));
      }
      one.write(ByteBuffer.wrap("done 0\n".getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      // The server asks again.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
