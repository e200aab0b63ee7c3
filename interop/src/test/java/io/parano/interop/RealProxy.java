package io.parano.interop;

import io.parano.web.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A proxy of this machine, started with the configuration of its page.
final class RealProxy implements AutoCloseable {
  private static final String SIGN_IN = "auth.example.org";
  private static final String APP = "app.example.org";

  private final Process process;

  private RealProxy(Process process) {
    this.process = process;
  }

  /// The proxies that a distribution brings.
  enum Kind {
    NGINX("nginx", Dialect.AUTH_REQUEST),
    HAPROXY("haproxy", Dialect.AUTH_REQUEST),
    CADDY("caddy", Dialect.FORWARD_AUTH);

    final String program;
    final Dialect dialect;

    Kind(String program, Dialect dialect) {
      this.program = program;
      this.dialect = dialect;
    }

    Optional<Path> binary() {
      return Stream.concat(
              Stream.of("/usr/sbin", "/usr/local/sbin"),
              Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1)))
          .map(folder -> Path.of(folder, program))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  /// Where everything is, all on 127.0.0.1.
  ///
  /// @param port where the proxy listens
  /// @param parano where it asks
  /// @param application where it passes on to
  record Places(int port, int parano, int application) {
    String signIn() {
      return "auth.parano.localhost:" + port;
    }

    String app() {
      return "app.parano.localhost:" + port;
    }

    private Map<String, String> own() {
      Map<String, String> own = new LinkedHashMap<>();
      own.put("127.0.0.1:9091", "127.0.0.1:" + parano);
      own.put("127.0.0.1:8000", "127.0.0.1:" + application);
      own.put("THE-SECRET", Lab.PROXY_SECRET);
      return own;
    }
  }

  static RealProxy start(Kind kind, Places places, Path folder) throws IOException {
    Files.createDirectories(folder);
    String binary = kind.binary().orElseThrow().toString();
    List<String> command =
        switch (kind) {
          case NGINX -> nginx(binary, places, folder);
          case HAPROXY -> haproxy(binary, places, folder);
          case CADDY -> caddy(binary, places, folder);
        };
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    RealProxy proxy = new RealProxy(process);
    proxy.await(places.port(), folder.resolve("output.log"));
    return proxy;
  }

  private static List<String> nginx(String binary, Places places, Path folder) throws IOException {
    Map<String, String> own = places.own();
    own.put("listen 443 ssl;", "listen 127.0.0.1:" + places.port() + ";");
    own.put(SIGN_IN, "auth.parano.localhost");
    own.put(APP, "app.parano.localhost");
    Path file = folder.resolve("nginx.conf");
    Files.writeString(
        file,
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log warn;
        events { worker_connections 256; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
        %s
        }
        """
            .formatted(Recipe.of("nginx.md", "nginx").with(own).text()));
    return List.of(
        binary,
        "-p",
        folder.toString(),
        "-e",
        folder.resolve("error.log").toString(),
        "-c",
        file.toString());
  }

  private static List<String> haproxy(String binary, Places places, Path folder)
      throws IOException {
    Path script = folder.resolve("parano.lua");
    Map<String, String> asking = places.own();
    asking.remove("127.0.0.1:8000");
    Files.writeString(script, Recipe.of("haproxy.md", "lua").with(asking).text());
    Map<String, String> own = places.own();
    own.put("/etc/haproxy/parano.lua", script.toString());
    own.put("bind :443 ssl crt /etc/haproxy/certs/", "bind 127.0.0.1:" + places.port());
    own.put(SIGN_IN, places.signIn());
    own.put(APP, places.app());
    Path file = folder.resolve("haproxy.cfg");
    Files.writeString(file, Recipe.of("haproxy.md", "haproxy").with(own).text());
    return List.of(binary, "-db", "-f", file.toString());
  }

  private static List<String> caddy(String binary, Places places, Path folder) throws IOException {
    Map<String, String> own = places.own();
    own.put(SIGN_IN + " {", "http://" + places.signIn() + " {\n\tbind 127.0.0.1");
    own.put(APP + " {", "http://" + places.app() + " {\n\tbind 127.0.0.1");
    String around = "{\n\tadmin off\n\tauto_https off\n}\n\n";
    Path file = folder.resolve("Caddyfile");
    Files.writeString(file, around + Recipe.of("caddy.md", "caddyfile").with(own).text());
    return List.of(binary, "run", "--config", file.toString(), "--adapter", "caddyfile");
  }

  private void await(int port, Path output) throws IOException {
    for (int tries = 0; tries < 400; tries++) {
      if (!process.isAlive()) {
        throw new IOException("the proxy did not start: " + Files.readString(output));
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1000);
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    close();
    throw new IOException("the proxy does not answer: " + Files.readString(output));
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
