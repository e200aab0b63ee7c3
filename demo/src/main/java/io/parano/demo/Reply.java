package io.parano.demo;

import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What came back.
///
/// @param took from before the connection was made to the last byte
record Reply(int status, List<Header> headers, Bytes body, Duration took) {
  Reply {
    headers = List.copyOf(headers);
  }

  String text() {
    return new String(body.copy(), StandardCharsets.UTF_8);
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  Optional<String> location() {
    return status >= 300 && status < 400 ? header("Location") : Optional.empty();
  }
}
