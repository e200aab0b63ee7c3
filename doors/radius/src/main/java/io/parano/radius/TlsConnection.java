package io.parano.radius;

import io.parano.kernel.IpAddress;
import io.parano.radius.Counters.Fate;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.Framing;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.SharedSecret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's connection of RADIUS over TLS. Who it is, its certificate says: of an authority
/// that we trust, with the name that the configuration has for whoever comes from that address. A
/// packet that can't be believed ends the connection (RFC 6613 section 2.6.4).
final class TlsConnection implements Intake.Back {
  private static final Logger LOG = LoggerFactory.getLogger(TlsConnection.class);
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /// `dNSName` among the kinds of subject alternative names (RFC 5280 section 4.2.1.6).
  private static final int DNS_NAME = 2;

  private static final long NEVER = Long.MAX_VALUE;

  /// @param prompt for a handshake, for the rest of a packet that began, for taking an answer
  /// @param idle for saying nothing: clients ask by Status-Server within a minute (RFC 3539 section
  ///   3.4.1)
  record Patience(Duration prompt, Duration idle) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofMinutes(5));
  }

  private final Socket socket;
  private final IpAddress at;
  private final RadiusClient client;
  private final Intake intake;
  private final Counters counters;
  private final Patience patience;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable SSLSocket secured;
  private volatile long readBy;
  private volatile long writtenBy = NEVER;

  TlsConnection(
      Socket socket,
      IpAddress at,
      RadiusClient client,
      Intake intake,
      Counters counters,
      Patience patience) {
    this.socket = socket;
    this.at = at;
    this.client = client;
    this.intake = intake;
    this.counters = counters;
    this.patience = patience;
    this.readBy = after(patience.prompt());
  }

  /// Blocks until the connection is over.
  void serve(SSLContext context) {
    try {
      SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
      tls.setUseClientMode(false);
      tls.setNeedClientAuth(true);
      tls.setEnabledProtocols(VERSIONS);
      tls.startHandshake();
      if (!isOfClient(tls)) {
        counters.count(Fate.UNPROVEN);
        LOG.warn("a connection for RADIUS client {} has another's certificate", client.name());
        return;
      }
      secured = tls;
      read(tls.getInputStream());
    } catch (IOException e) {
      if (secured == null) {
        counters.count(Fate.UNPROVEN);
      }
      LOG.debug("a connection of RADIUS client {} ended: {}", client.name(), e.getMessage());
    } catch (RuntimeException e) {
      counters.count(Fate.FAILED);
      LOG.error("a connection of RADIUS client {} failed", client.name(), e);
    } finally {
      close();
    }
  }

  private boolean isOfClient(SSLSocket tls) throws SSLPeerUnverifiedException {
    return tls.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
        && names(certificate).contains(client.certified());
  }

  private static List<String> names(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return List.of();
    }
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> Objects.equals(name.get(0), DNS_NAME))
            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
            .toList();
  }

  private void read(InputStream in) throws IOException {
    Framing framing = new Framing();
    Intake.Came came =
        new Intake.Came(
            Port.TLS,
            new InetSocketAddress(socket.getInetAddress(), socket.getPort()),
            at,
            client,
            SharedSecret.OF_TLS,
            Demand.MESSAGE_AUTHENTICATOR,
            this);
    byte[] room = new byte[Packet.MOST];
    readBy = after(patience.idle());
    boolean believed = true;
    while (believed) {
      int count = in.read(room);
      if (count < 0) {
        return;
      }
      believed = taken(framing, came, ByteBuffer.wrap(room, 0, count));
    }
  }

  /// Whether the stream goes on.
  private boolean taken(Framing framing, Intake.Came came, ByteBuffer piece) {
    boolean midway = framing.isMidway();
    while (piece.hasRemaining()) {
      switch (framing.next(piece)) {
        case Framing.Next.Broken(var flaw) -> {
          counters.count(flaw);
          return false;
        }
        case Framing.Next.Wanting wanting -> {}
        case Framing.Next.Whole(var packet) -> {
          midway = false;
          if (intake.take(came, packet) == Intake.Taken.DISBELIEVED) {
            return false;
          }
        }
      }
    }
    if (!framing.isMidway()) {
      readBy = after(patience.idle());
    } else if (!midway) {
      readBy = after(patience.prompt());
    }
    return true;
  }

  @Override
  public void send(byte[] octets) {
    SSLSocket tls = secured;
    if (tls == null) {
      return;
    }
    writing.lock();
    try {
      writtenBy = after(patience.prompt());
      tls.getOutputStream().write(octets);
    } catch (IOException e) {
      LOG.debug("an answer to RADIUS client {} was not sent: {}", client.name(), e.getMessage());
      close();
    } finally {
      writtenBy = NEVER;
      writing.unlock();
    }
  }

  private static long after(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  boolean isLate(long now) {
    long written = writtenBy;
    return now - readBy > 0 || (written != NEVER && now - written > 0);
  }

  /// The socket underneath: TLS's own goodbye may wait for a peer that takes nothing.
  void close() {
    hangUp(socket);
  }

  static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a RADIUS connection could not be closed: {}", e.getMessage());
    }
  }
}
