package io.parano.demo;

import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Root's helper of the WireGuard door, as far as Parano sees of it: it takes its four orders over
/// a Unix socket and remembers whose tunnel stands. There is no interface behind it, which would
/// take root: packets go over loopback whether or not it lets them.
final class TunnelKeeper implements AutoCloseable {
  /// What nobody renews closes by itself.
  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final int LONGEST_LINE = 32 * 1024;

  private final Path socket;
  private final ServerSocketChannel listening;
  private final Map<String, Peer> peers = new ConcurrentHashMap<>();

  /// @param address of the tunnel
  /// @param end of its lease, in `System.nanoTime`
  /// @param open until when its address is, if nobody renews it
  private record Peer(String address, long end, long open) {
    boolean stands(long now) {
      return end - now > 0 && open - now > 0;
    }
  }

  private TunnelKeeper(Path socket, ServerSocketChannel listening) {
    this.socket = socket;
    this.listening = listening;
  }

  static TunnelKeeper open(Path socket) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    TunnelKeeper helper = new TunnelKeeper(socket, listening);
    Thread.ofVirtual().start(helper::serve);
    return helper;
  }

  /// Whether packets may come from that address inside the VPN now.
  boolean stands(InetAddress address) {
    String text = IpAddress.of(address).toString();
    long now = System.nanoTime();
    return peers.values().stream()
        .anyMatch(peer -> peer.address().equals(text) && peer.stands(now));
  }

  private void serve() {
    while (listening.isOpen()) {
      try (SocketChannel connection = listening.accept()) {
        byte[] answer = answer(line(connection)).getBytes(StandardCharsets.US_ASCII);
        connection.write(ByteBuffer.wrap(answer));
      } catch (IOException e) {
        // Closed, or nobody who waits for an answer.
      }
    }
  }

  private static String line(SocketChannel connection) throws IOException {
    var in = Channels.newInputStream(connection);
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n' && line.length() < LONGEST_LINE; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  private String answer(String line) {
    List<String> words = List.of(line.split(" ", -1));
    return switch (words.getFirst()) {
      case "put" -> put(words.get(2));
      case "renew" -> renew(words.subList(2, words.size()));
      case "remove" -> {
        words.subList(1, words.size()).forEach(peers::remove);
        yield done(List.of());
      }
      case "list" -> listed();
      default -> "refused malformed\n";
    };
  }

  /// @param standing `KEY,ADDRESS,LIFE`
  private String put(String standing) {
    String[] parts = standing.split(",", 3);
    long now = System.nanoTime();
    long end = now + TimeUnit.SECONDS.toNanos(Long.parseLong(parts[2]));
    peers.put(parts[0], new Peer(parts[1], end, now + OPEN_NANOS));
    return done(List.of());
  }

  /// The answer says which of them do not stand.
  private String renew(List<String> standing) {
    long now = System.nanoTime();
    List<String> missing = new ArrayList<>();
    for (String one : standing) {
      Peer peer =
          peers.computeIfPresent(
              one.substring(0, one.indexOf(',')),
              (_, before) -> new Peer(before.address(), before.end(), now + OPEN_NANOS));
      if (peer == null || !peer.stands(now)) {
        missing.add(one);
      }
    }
    return done(missing);
  }

  private String listed() {
    long now = System.nanoTime();
    List<String> standing = new ArrayList<>();
    peers.forEach((key, peer) -> {
      if (peer.stands(now)) {
        long life = TimeUnit.NANOSECONDS.toSeconds(peer.end() - now);
        standing.add(key + "," + peer.address() + "," + life);
      }
    });
    return done(standing);
  }

  private static String done(List<String> peers) {
    StringBuilder answer = new StringBuilder("done " + peers.size() + "\n");
    peers.forEach(peer -> answer.append(peer).append('\n'));
    return answer.toString();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    Files.deleteIfExists(socket);
  }
}
