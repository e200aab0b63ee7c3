package io.parano.radius;

import io.parano.kernel.IpAddress;
import io.parano.radius.Counters.Fate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// RADIUS over TLS (RFC 6614). Who is not listed is hung up on before a byte is read; who is has so
/// many connections, and each of them its time for a handshake, for a packet, for taking an answer
/// and for saying nothing.
final class TlsPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsPort.class);

  /// FreeRADIUS opens up to sixteen unless told otherwise.
  static final int CONNECTIONS = 32;

  private static final int BACKLOG = 128;
  private static final int LOOK_MILLIS = 250;

  private final ServerSocket listening;
  private final SSLContext context;
  private final Clients clients;
  private final Intake intake;
  private final Counters counters;
  private final TlsConnection.Patience patience;
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
  private final Set<TlsConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean shut;

  private TlsPort(
      ServerSocket listening,
      SSLContext context,
      Clients clients,
      Intake intake,
      Counters counters,
      TlsConnection.Patience patience) {
    this.listening = listening;
    this.context = context;
    this.clients = clients;
    this.intake = intake;
    this.counters = counters;
    this.patience = patience;
  }

  static TlsPort open(RadSec radsec, Clients clients, Intake intake, Counters counters)
      throws IOException {
    return open(radsec, clients, intake, counters, TlsConnection.Patience.USUAL);
  }

  static TlsPort open(
      RadSec radsec,
      Clients clients,
      Intake intake,
      Counters counters,
      TlsConnection.Patience patience)
      throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(radsec.at(), BACKLOG);
    TlsPort port = new TlsPort(listening, radsec.context(), clients, intake, counters, patience);
    Thread.ofVirtual().name("radsec").start(port::serve);
    Thread.ofVirtual().name("radsec-slow").start(port::look);
    return port;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) Objects.requireNonNull(listening.getLocalSocketAddress());
  }

  private void serve() {
    while (!shut) {
      try {
        take(listening.accept());
      } catch (IOException e) {
        if (!shut) {
          LOG.warn("a RADIUS connection could not be taken: {}", e.getMessage());
        }
      } catch (RuntimeException e) {
        counters.count(Fate.FAILED);
        LOG.error("a RADIUS connection was not handled", e);
      }
    }
  }

  private void take(Socket socket) {
    IpAddress at = IpAddress.of(socket.getInetAddress());
    RadiusClient client = clients.at(at);
    if (client == null || client.certified() == null) {
      counters.count(Fate.STRANGER);
      TlsConnection.hangUp(socket);
      return;
    }
    Semaphore own = places.computeIfAbsent(client.name(), name -> new Semaphore(CONNECTIONS));
    if (!own.tryAcquire()) {
      counters.count(Fate.CROWDED);
      TlsConnection.hangUp(socket);
      return;
    }
    TlsConnection connection = new TlsConnection(socket, at, client, intake, counters, patience);
    open.add(connection);
    Thread.startVirtualThread(() -> {
      try {
        connection.serve(context);
      } finally {
        open.remove(connection);
        own.release();
      }
    });
    if (shut) {
      connection.close();
    }
  }

  private void look() {
    while (!shut) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      for (TlsConnection connection : open) {
        if (connection.isLate(now)) {
          counters.count(Fate.SLOW);
          connection.close();
        }
      }
    }
  }

  @Override
  public void close() {
    shut = true;
    try {
      listening.close();
    } catch (IOException e) {
      LOG.warn("the RADIUS port of TLS could not be closed: {}", e.getMessage());
    }
    open.forEach(TlsConnection::close);
  }
}
