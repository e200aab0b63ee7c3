package io.parano.app;

import io.parano.radiuspacket.Code;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.Packet;
import io.parano.radiuspacket.PacketReading;
import io.parano.radiuspacket.Request;
import io.parano.radiuspacket.RequestCheck;
import io.parano.radiuspacket.SharedSecret;
import io.parano.testkit.TlsAuthority;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.sshd.common.keyprovider.FileHostKeyCertificateProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/** Deployments in which something is wrong: each grants what Parano would refuse. */
final class Careless implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final Deque<Closeable> opened = new ArrayDeque<>();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  interface Serving {
    void serve(Socket client) throws IOException;
  }

  /** Hides where connections come from: all of them seem to come from `seeming`. */
  int hiding(String seeming, int behind) throws IOException {
    return serving(client -> {
      try (Socket onward = new Socket()) {
        onward.bind(new InetSocketAddress(InetAddress.ofLiteral(seeming), 0));
        onward.connect(new InetSocketAddress(HERE, behind), 5000);
        Thread back = Thread.ofVirtual().start(() -> copy(onward, client));
        copy(client, onward);
        back.interrupt();
      }
    });
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the two is gone.
    }
  }

  /** Every login opens a mailbox. */
  int mail() throws IOException {
    return mail("OK");
  }

  /** One that takes no command. */
  int withoutStartTls() throws IOException {
    return mail("BAD");
  }

  private int mail(String answer) throws IOException {
    return serving(client -> {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      say(client, "* OK come in\r\n");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        heard.add(line);
        say(client, line.split(" ", 2)[0] + " " + answer + "\r\n");
      }
    });
  }

  /** What mail programs said to it. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** TLS before what listens in the clear. */
  int sealed(TlsAuthority.Made own, int behind) throws IOException {
    SSLSocketFactory tls = tls(own);
    return serving(client -> {
      try (SSLSocket sealed = (SSLSocket) tls.createSocket(client, null, true);
          Socket onward = new Socket(HERE, behind)) {
        sealed.startHandshake();
        Thread back = Thread.ofVirtual().start(() -> copy(onward, sealed));
        copy(sealed, onward);
        back.interrupt();
      }
    });
  }

  private static SSLSocketFactory tls(TlsAuthority.Made own) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      String pem = Files.readString(own.key()).replaceAll("-----[A-Z ]+-----", "");
      try (InputStream in = Files.newInputStream(own.certificate())) {
        store.setKeyEntry(
            "own",
            KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))),
            new char[0],
            new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(in)});
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** An application that asks nobody. */
  int application() throws IOException {
    return serving(client -> {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      say(client, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwages");
    });
  }

  /** A host that says that it speaks SSH. */
  int quietHost() throws IOException {
    return serving(client -> {
      say(client, "SSH-2.0-test\r\n");
      var _ = client.getInputStream().read();
    });
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private int serving(Serving serving) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.bind(new InetSocketAddress(HERE, 0));
    opened.push(listening);
    Thread.ofVirtual()
        .start(() -> {
          while (!listening.isClosed()) {
            try {
              Socket client = listening.accept();
              Thread.ofVirtual()
                  .start(() -> {
                    try (client) {
                      serving.serve(client);
                    } catch (IOException e) {
                      // Whoever was there is gone.
                    }
                  });
            } catch (IOException e) {
              return;
            }
          }
        });
    return listening.getLocalPort();
  }

  /** A RADIUS server that accepts everybody. */
  int radius(SharedSecret secret) throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(HERE, 0));
    opened.push(socket);
    Thread.ofVirtual()
        .start(() -> {
          while (!socket.isClosed()) {
            try {
              DatagramPacket came = new DatagramPacket(new byte[Packet.MOST], Packet.MOST);
              socket.receive(came);
              if (Packet.read(Arrays.copyOf(came.getData(), came.getLength()))
                      instanceof PacketReading.Read(var packet)
                  && RequestCheck.check(packet, secret, Demand.NOTHING)
                      instanceof RequestCheck.Checked.Genuine(Request request)) {
                Code code =
                    packet.code() == Code.ACCESS_REQUEST
                        ? Code.ACCESS_ACCEPT
                        : Code.ACCOUNTING_RESPONSE;
                byte[] answer = request.answer(code, List.of());
                socket.send(new DatagramPacket(answer, answer.length, came.getSocketAddress()));
              }
            } catch (IOException e) {
              // Closed, or a packet that is none of ours.
            }
          }
        });
    return socket.getLocalPort();
  }

  /** A jump host that knows any key, as `authorized_keys` would know one that was left in it. */
  int jump(Path hostKey, Path hostCertificate) throws IOException {
    SshServer server = ServerBuilder.builder().build();
    server.setHost(HERE.getHostAddress());
    server.setPort(0);
    server.setKeyPairProvider(new FileKeyPairProvider(hostKey));
    server.setHostKeyCertificateProvider(new FileHostKeyCertificateProvider(hostCertificate));
    server.setPublickeyAuthenticator((user, key, session) -> true);
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.start();
    opened.push(server);
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
