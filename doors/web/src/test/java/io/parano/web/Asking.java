package io.parano.web;

import java.io.IOException;
import java.time.Duration;

/// The proxy `edge`, asking a door whether a bearer may pass.
final class Asking {
  private Asking() {}

  static Wire.Answer ask(WebDoor door, String bearer) throws IOException {
    try (Wire wire = new Wire(door.bound().getFirst().port())) {
      return wire.send(
              """
              GET /api/authz/auth-request HTTP/1.1\r
              Host: parano\r
              Parano-Proxy: %s\r
              X-Original-URL: https://app.example.org/accounts\r
              X-Original-Method: GET\r
              X-Forwarded-For: 192.0.2.7\r
              Cookie: __Host-parano=%s\r
              \r
              """
                  .formatted(TestDoor.PROXY_SECRET, bearer))
          .read();
    }
  }

  static Wire.Answer get(int port, String path) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: auth.example.org\r\n\r\n").read();
    }
  }

  /// Asks until the door and its authority have met.
  static Wire.Answer met(WebDoor door) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Wire.Answer answer = ask(door, "good");
    while (answer.status() == 503 && System.nanoTime() < end) {
      answer = ask(door, "good");
    }
    return answer;
  }
}
