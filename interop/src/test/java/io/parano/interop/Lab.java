package io.parano.interop;

import io.parano.app.DemoServer;
import io.parano.config.WireGuardPlace;
import io.parano.demo.ParanoUnderTest;
import io.parano.demo.ParanoUnderTest.Application;
import io.parano.demo.ParanoUnderTest.Proxy;
import io.parano.demo.ParanoUnderTest.Setup;
import io.parano.demo.ParanoUnderTest.Vpn;
import io.parano.identity.Newcomer;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.testkit.FreePort;
import io.parano.web.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A real Parano on loopback that trusts Chromium's virtual authenticators, with this machine's own
/// address as its office.
final class Lab implements Portal, AutoCloseable {
  static final String RELYING_PARTY = "auth.parano.localhost";
  static final String PROXY_SECRET =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final ParanoUnderTest parano;
  private final String origin;
  private final String application;

  private Lab(ParanoUnderTest parano, String origin, String application) {
    this.parano = parano;
    this.origin = origin;
    this.application = application;
  }

  static Lab open(Path folder) throws IOException {
    return open(folder, policy(), null, null);
  }

  /// With tunnels that nothing carries, for their page.
  static Lab carrying(Path folder) throws IOException {
    IpPrefix network = IpPrefix.parse("10.88.0.0/24");
    Path nobody = folder.resolve("helper.sock");
    return open(
        folder,
        policy(),
        null,
        new WireGuardPlace(
            "wg-1",
            nobody,
            "wg0",
            List.of(network),
            "vpn.example.test:51820",
            Bytes.of(new byte[32]),
            List.of(network)));
  }

  /// @param vpn the VPN server that may ask; null for none
  /// @param tunnels how WireGuard tunnels are carried; null for not at all
  static Lab open(Path folder, String policy, @Nullable Vpn vpn, @Nullable WireGuardPlace tunnels)
      throws IOException {
    int door = FreePort.next();
    String origin = "http://" + RELYING_PARTY + ":" + door;
    String application = "http://app.parano.localhost:" + FreePort.next();
    Setup setup =
        new Setup(
            Files.createDirectories(folder),
            "Brume",
            policy,
            List.of(newcomer("olga", Language.FR), newcomer("otto", Language.EN)),
            new InetSocketAddress(HERE, door),
            new InetSocketAddress(HERE, FreePort.next()),
            origin,
            RELYING_PARTY,
            List.of(new Application(application, "Back office")),
            new Proxy("front", IpPrefix.parse("127.0.0.1/32"), Secret.ofText(PROXY_SECRET)),
            List.of(Anchor.certificate(Instant.now())),
            Map.of(Anchor.MODEL, "Chromium virtual authenticator"),
            "",
            List.of(),
            vpn,
            null,
            null,
            null);
    return new Lab(
        DemoServer.start(setup, Dialect.AUTH_REQUEST, List.of(), TestStore.next(), tunnels),
        origin,
        application);
  }

  @Override
  public String at(String path) {
    return origin + path;
  }

  /// The sign-in page of somebody on the way to `path` of the application.
  String toward(String path) {
    return origin + "/sign-in?rd=" + URLEncoder.encode(application + path, StandardCharsets.UTF_8);
  }

  String bootstrapCode(String officer) {
    return bootstrapCode(parano, officer);
  }

  static String bootstrapCode(ParanoUnderTest parano, String officer) {
    Secret code = parano.bootstrapCodes().get(officer);
    if (code == null) {
      throw new IllegalStateException("no code for " + officer);
    }
    return new String(code.copy(), StandardCharsets.UTF_8);
  }

  /// The reason of the newest refusal in the log.
  String latestReason() {
    return parano.newestEntries(20).stream()
        .map(Chromium.JSON::readTree)
        .map(entry -> entry.get("reason").asString())
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .orElse("none");
  }

  /// Whether the log tells of an event of this type.
  boolean tellsOf(String type) {
    return parano.newestEntries(200).stream()
        .map(Chromium.JSON::readTree)
        .map((JsonNode entry) -> entry.get("type").asString())
        .anyMatch(type::equals);
  }

  @Override
  public void close() {
    parano.close();
  }

  static Newcomer newcomer(String name, Language language) {
    String displayName = Character.toUpperCase(name.charAt(0)) + name.substring(1) + " Test";
    return new Newcomer(
        name, displayName, name + "@brume.example", new TreeSet<>(List.of("staff")), language);
  }

  private static String policy() {
    return """
    version: 1
    zones:
      here: [127.0.0.1/32]
    rules:
      - name: kiosk
        hosts: [app.parano.localhost]
        paths: [/kiosk/*]
        groups: [staff]
        zones: [here]
        token: otp-allowed
      - name: everything
        hosts: [app.parano.localhost]
        groups: [staff]
        zones: [here]
    """;
  }
}
