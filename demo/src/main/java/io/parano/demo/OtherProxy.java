package io.parano.demo;

import io.parano.demo.ParanoUnderTest.Asks;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One more door to the same back office: a proxy that the machine has, at an address of its own,
/// with the configuration of its page in `docs/proxies`. Only names, addresses and secrets are the
/// demo's.
///
/// @param secret what it shows to Parano
record OtherProxy(Kind kind, Secret secret) {
  private static final String SIGN_IN = "auth.example.org";
  private static final String APP = "app.example.org";
  private static final String PARANO = "127.0.0.1:9091";
  private static final String APPLICATION = "127.0.0.1:8000";

  /// Those whose page the demo can play.
  enum Kind {
    CADDY("Caddy", "127.0.0.2", Asks.FORWARD_AUTH),
    HAPROXY("HAProxy", "127.0.0.3", Asks.AUTH_REQUEST);

    private final String title;
    private final String address;
    private final Asks asks;

    Kind(String title, String address, Asks asks) {
      this.title = title;
      this.address = address;
      this.asks = asks;
    }

    /// For the reader.
    String title() {
      return title;
    }

    /// In the ids of steps, and of its page and program.
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    InetSocketAddress at(Places places) {
      return new InetSocketAddress(Networks.at(address), places.front());
    }

    Optional<Path> binary() {
      String path = System.getenv("PATH");
      return Stream.concat(
              Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"),
              Arrays.stream((path == null ? "" : path).split(":", -1)))
          .map(folder -> Path.of(folder, id()))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  /// Where those that are installed listen, beside what the demo always needs.
  static List<InetAddress> addresses() {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.binary().isPresent())
        .map(kind -> Networks.at(kind.address))
        .toList();
  }

  /// Those that are installed, each with a new secret.
  static List<OtherProxy> installed(Randomness randomness) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.binary().isPresent())
        .map(kind ->
            new OtherProxy(kind, Secret.ofText(Secret.random(32, randomness).digest().hex())))
        .toList();
  }

  /// As Parano is told of it.
  ParanoUnderTest.Proxy told() {
    return new ParanoUnderTest.Proxy(
        kind.id(), IpPrefix.parse(Networks.NEWCOMER), secret, kind.asks);
  }

  ProxyProcess open(Places places, Secret application, Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(kind.id()));
    String binary =
        kind.binary()
            .orElseThrow(() -> new IOException(kind.title + " is not installed"))
            .toString();
    List<String> command =
        switch (kind) {
          case CADDY -> {
            Path file = folder.resolve("Caddyfile");
            written(file, caddy(places, application));
            yield List.of(binary, "run", "--config", file.toString(), "--adapter", "caddyfile");
          }
          case HAPROXY -> {
            Path script = folder.resolve("parano.lua");
            Map<String, String> asking = own(places);
            asking.remove(APPLICATION);
            written(script, filled(recipe("lua"), asking));
            Path file = folder.resolve("haproxy.cfg");
            written(file, haproxy(places, application, script));
            yield List.of(binary, "-db", "-f", file.toString());
          }
        };
    return ProxyProcess.start(command, folder, folder.resolve("output.log"), kind.at(places));
  }

  private String caddy(Places places, Secret application) throws IOException {
    Map<String, String> own = own(places);
    String listen = " {\n\tbind " + kind.address;
    own.put(SIGN_IN + " {", "http://" + places.signIn().authority() + listen);
    own.put(APP + " {", "http://" + places.backOffice().authority() + listen);
    own.put(
        "reverse_proxy " + APPLICATION,
        "reverse_proxy %s {\n\t\t\theader_up %s %s\n\t\t}"
            .formatted(own.remove(APPLICATION), BackOffice.PROOF, NginxProxy.text(application)));
    return "{\n\tadmin off\n\tauto_https off\n}\n\n" + filled(recipe("caddyfile"), own);
  }

  private String haproxy(Places places, Secret application, Path script) throws IOException {
    Map<String, String> own = own(places);
    own.put("/etc/haproxy/parano.lua", script.toString());
    own.put("bind :443 ssl crt /etc/haproxy/certs/", "bind " + kind.address + ":" + places.front());
    own.put(SIGN_IN, places.signIn().authority());
    own.put(APP, places.backOffice().authority());
    own.put(
        "  server application " + APPLICATION,
        "  http-request set-header %s %s\n  server application %s"
            .formatted(BackOffice.PROOF, NginxProxy.text(application), own.remove(APPLICATION)));
    return filled(recipe("haproxy"), own);
  }

  private Map<String, String> own(Places places) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put(PARANO, NginxProxy.address(places.door()));
    own.put(APPLICATION, NginxProxy.address(places.application()));
    own.put("THE-SECRET", NginxProxy.text(secret));
    return own;
  }

  /// Whatever is the demo's own must have had its place in the page.
  private static String filled(String recipe, Map<String, String> own) {
    String filled = recipe;
    for (Map.Entry<String, String> each : own.entrySet()) {
      if (!filled.contains(each.getKey())) {
        throw new IllegalStateException("the page does not say \"" + each.getKey() + "\"");
      }
      filled = filled.replace(each.getKey(), each.getValue());
    }
    return filled;
  }

  /// The one block of the proxy's page in this language.
  private String recipe(String language) throws IOException {
    String page = "proxies/" + kind.id() + ".md";
    try (InputStream in = OtherProxy.class.getResourceAsStream(page)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + page);
      }
      Matcher block =
          Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
              .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (!block.find()) {
        throw new IllegalStateException(page + " has no block of " + language);
      }
      return block.group(1);
    }
  }

  /// They hold secrets.
  private static void written(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }
}
