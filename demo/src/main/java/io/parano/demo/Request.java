package io.parano.demo;

import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What goes over the wire, and nothing else: no header is added behind anybody's back, since the
/// intruder's whole art is in headers.
public record Request(String method, String target, List<Header> headers, Bytes body) {
  public Request {
    headers = List.copyOf(headers);
  }

  static Request get(String target) {
    return of("GET", target, Bytes.EMPTY);
  }

  static Request of(String method, String target, Bytes body) {
    return new Request(method, target, List.of(), body);
  }

  static Request post(String target, String body) {
    return of("POST", target, Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  Request with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Request(method, target, more, body);
  }
}
