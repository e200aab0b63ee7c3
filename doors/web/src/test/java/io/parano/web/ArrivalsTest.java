package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections that never begin their TLS handshake count from the moment they arrive.
class ArrivalsTest {
  private static final int MOST = 4;

  @Test
  void connect_withoutHandshake_countsAgainstItsSourceAlone(@TempDir Path keys) throws Exception {
    ProofTest.Pki pki = ProofTest.Pki.make(keys);
    Limits limits =
        new Limits(4096, 8192, 1000, MOST, 64, 32, Duration.ofMinutes(1), Duration.ofMinutes(1));
    WebConfig plain = TestDoor.config(limits);
    WebConfig config =
        new WebConfig(
            List.of(
                new Listener.Tcp(
                    "127.0.0.1",
                    0,
                    new Listener.Tls(pki.serverCertificate(), pki.serverKey(), true))),
            null,
            plain.signIn(),
            plain.relyingParty(),
            plain.name(),
            plain.hosts(),
            List.of(),
            plain.cookies(),
            limits,
            1);
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    List<Socket> open = new ArrayList<>();
    try (WebDoor door =
        WebDoor.open(config, paper.core(), new InFlight(), null, Readiness.Ready::new, () -> "")) {
      int port = door.bound().getFirst().port();
      for (int i = 0; i < MOST; i++) {
        open.add(connect(port, "127.0.0.88"));
      }

      try (Socket refused = connect(port, "127.0.0.88")) {
        assertThat(refused.getInputStream().read()).as("closed at once").isEqualTo(-1);
      }
      try (Socket neighbour =
          pki.client("none")
              .getSocketFactory()
              .createSocket(
                  InetAddress.ofLiteral("127.0.0.1"),
                  port,
                  InetAddress.ofLiteral("127.0.0.89"),
                  0)) {
        String ask = "GET /sign-in HTTP/1.1\r\nHost: auth.example.org\r\n\r\n";
        neighbour.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
        byte[] line = neighbour.getInputStream().readNBytes(12);
        assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static Socket connect(int port, String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 5000);
    socket.setSoTimeout(5000);
    return socket;
  }
}
