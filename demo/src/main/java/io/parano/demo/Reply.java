package io.parano.demo;

import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What came back.
///
/// @param took from before the connection was made to the last byte
public record Reply(int status, List<Header> headers, Bytes body, Duration took) {
  public Reply {
    headers = List.copyOf(headers);
  }

  public String text() {
    return new String(body.copy(), StandardCharsets.UTF_8);
  }

  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  public List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  public Optional<String> location() {
    return status >= 300 && status < 400 ? header("Location") : Optional.empty();
  }
}
