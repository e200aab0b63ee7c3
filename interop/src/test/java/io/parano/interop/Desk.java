package io.parano.interop;

import io.parano.kernel.Bytes;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.Created;
import io.parano.testkit.GetOptions;
import io.parano.testkit.Got;
import io.parano.testkit.SecurityKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Somebody at an address of their own who sends, through the proxy, exactly the bytes they want:
/// the calls of the sign-in pages with a software key, and whatever an intruder tries.
final class Desk {
  private static final String PASSWORD = "sable-orage-tilleul-horloge-47";

  private final String from;
  private final int port;

  record Answer(int status, List<String> headers, String body) {
    Optional<String> header(String name) {
      return headers.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    /// `name=value` of the first cookie that it sets.
    String cookie() {
      String set = header("Set-Cookie").orElseThrow(() -> new AssertionError("no cookie: " + this));
      return set.substring(0, set.indexOf(';'));
    }

    JsonNode json() {
      if (status != 200) {
        throw new AssertionError("answered " + this);
      }
      return Chromium.JSON.readTree(body);
    }
  }

  /// @param port the proxy's
  Desk(String from, int port) {
    this.from = from;
    this.port = port;
  }

  Answer get(String host, String target, String... headers) throws IOException {
    return send("GET", host, target, "", headers);
  }

  Answer send(String method, String host, String target, String body, String... headers)
      throws IOException {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    text.append("Host: ").append(host).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    if (List.of(headers).stream().noneMatch(header -> header.startsWith("Connection:"))) {
      text.append("Connection: close\r\n");
    }
    return exchange(text.append("\r\n").append(body).toString());
  }

  private Answer exchange(String text) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 5000);
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    String head = line(in);
    List<String> headers = new ArrayList<>();
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Answer(Integer.parseInt(head.split(" ", -1)[1]), headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      if (octet != '\r') {
        line.append((char) octet);
      }
    }
    if (line.length() == 0 && in.available() < 0) {
      throw new IOException("closed without an answer");
    }
    return line.toString();
  }

  /// Enrols the key and signs in; the portal's cookie.
  String arrive(String host, String rpId, String name, String code, SecurityKey key)
      throws IOException {
    JsonNode creation =
        call(host, "", "/api/enrol/begin", Map.of("name", name, "code", code)).json();
    String origin = "http://" + host;
    Created.Credential made =
        key.create(
                CreateOptions.of(
                        origin, rpId, bytes(creation, "challenge"), bytes(creation, "userHandle"))
                    .withAlgorithms(numbers(creation.get("algorithms"))))
            .credential();
    Map<String, Object> registration = new LinkedHashMap<>();
    registration.put("ceremony", creation.get("ceremony").asString());
    registration.put(
        "registration",
        Map.of(
            "id", made.credentialId().base64Url(),
            "clientData", made.clientData().base64Url(),
            "attestationObject", made.attestationObject().base64Url()));
    registration.put("password", PASSWORD);
    registration.put("label", "test");
    call(host, "", "/api/enrol/finish", registration).json();
    return signIn(host, rpId, name, key);
  }

  private String signIn(String host, String rpId, String name, SecurityKey key) throws IOException {
    JsonNode begun = call(host, "", "/api/sign-in/begin", Map.of("name", name)).json();
    String ceremony = begun.get("ceremony").asString();
    List<Bytes> allowed = new ArrayList<>();
    begun.get("allowed").forEach(id -> allowed.add(Bytes.fromBase64Url(id.asString())));
    Got got = key.get(GetOptions.of("http://" + host, rpId, bytes(begun, "challenge"), allowed));
    if (!(got instanceof Got.Assertion touch)) {
      throw new AssertionError(got);
    }
    Map<String, String> assertion =
        Map.of(
            "id", touch.credentialId().base64Url(),
            "authenticatorData", touch.authenticatorData().base64Url(),
            "clientData", touch.clientData().base64Url(),
            "signature", touch.signature().base64Url());
    call(host, "", "/api/sign-in/touch", Map.of("ceremony", ceremony, "assertion", assertion));
    return call(
            host, "", "/api/sign-in/password", Map.of("ceremony", ceremony, "password", PASSWORD))
        .cookie();
  }

  /// The application's own cookie for whoever has the portal's.
  String enter(String host, String portal, String url) throws IOException {
    URI exchange = hostCode(host, portal, url);
    Answer exchanged =
        get(exchange.getAuthority(), exchange.getRawPath() + "?" + exchange.getRawQuery());
    return exchanged.cookie();
  }

  /// Where a one-time code becomes the application's own cookie.
  URI hostCode(String host, String portal, String url) throws IOException {
    Answer code = call(host, portal, "/api/host-code", Map.of("rd", url));
    return URI.create(code.json().get("location").asString());
  }

  private Answer call(String host, String cookie, String path, Map<String, ?> body)
      throws IOException {
    List<String> headers = new ArrayList<>();
    headers.add("Content-Type: application/json");
    headers.add("Origin: http://" + host);
    headers.add("Sec-Fetch-Site: same-origin");
    if (!cookie.isEmpty()) {
      headers.add("Cookie: " + cookie);
    }
    return send("POST", host, path, json(body).toString(), headers.toArray(String[]::new));
  }

  private static JsonNode json(Object value) {
    return Chromium.JSON.valueToTree(value);
  }

  private static Bytes bytes(JsonNode json, String field) {
    return Bytes.fromBase64Url(json.get(field).asString());
  }

  private static List<Integer> numbers(JsonNode list) {
    List<Integer> numbers = new ArrayList<>();
    list.forEach(number -> numbers.add(Integer.parseInt(number.asString())));
    return numbers;
  }
}
