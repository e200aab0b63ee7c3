package io.parano.web;

import java.util.ArrayList;
import java.util.List;

/// A `CheckRequest` as Envoy fills it, of which a test changes one thing.
final class EnvoyCheck {
  String source = "192.0.2.7";
  String method = "POST";
  String scheme = "https";
  String host = "app.example.org";
  String path = "/accounts?page=2";
  final List<String[]> headers = new ArrayList<>();

  EnvoyCheck() {
    with(":authority", host).with(":method", method).with(":path", path);
    with("x-forwarded-proto", "https").with("x-forwarded-for", "192.0.2.7");
    with("cookie", "__Host-parano=good").with("x-request-id", "0815");
  }

  EnvoyCheck with(String name, String value) {
    headers.add(new String[] {name, value});
    return this;
  }

  EnvoyCheck without(String name) {
    headers.removeIf(header -> header[0].equals(name));
    return this;
  }

  Proto peer() {
    Proto socket = new Proto().text(2, source).number(3, 40_000);
    return new Proto().message(1, new Proto().message(1, socket));
  }

  Proto http() {
    Proto http = new Proto().text(1, "4711").text(2, method);
    headers.forEach(header -> http.message(3, entry(header)));
    return http.text(4, path).text(5, host).text(6, scheme).number(9, -1).text(10, "HTTP/2");
  }

  static Proto entry(String... header) {
    return new Proto().text(1, header[0]).text(2, header[1]);
  }

  Proto request(Proto http) {
    Proto time = new Proto().number(1, 1_764_000_000);
    return new Proto().message(1, time).message(2, http);
  }

  /// Whole, with parts that the door does not judge.
  byte[] bytes() {
    return around(attributes());
  }

  Proto attributes() {
    return new Proto()
        .message(1, peer())
        .message(2, peer())
        .message(4, request(http()))
        .message(10, entry("zone", "dmz"));
  }

  static byte[] around(Proto attributes) {
    return new Proto().message(1, attributes).bytes();
  }
}
