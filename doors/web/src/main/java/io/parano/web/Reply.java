package io.parano.web;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// An answer as a value. Whoever writes it adds the headers that every answer has.
record Reply(int status, String type, Buffer body, List<Field> fields) {
  record Field(String name, String value) {}

  Reply {
    fields = List.copyOf(fields);
  }

  static Reply html(int status, String body) {
    return new Reply(status, "text/html; charset=utf-8", Buffer.buffer(body), List.of());
  }

  static Reply json(int status, String body) {
    return new Reply(status, "application/json", Buffer.buffer(body), List.of());
  }

  static Reply problem(int status, String body) {
    return new Reply(status, "application/problem+json", Buffer.buffer(body), List.of());
  }

  static Reply text(int status, String body) {
    return new Reply(status, "text/plain; charset=utf-8", Buffer.buffer(body), List.of());
  }

  /// See other (RFC 9110 section 15.4.4).
  static Reply seeOther(String location) {
    return new Reply(303, "", Buffer.buffer(), List.of(new Field("Location", location)));
  }

  Reply with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Reply(status, type, body, more);
  }
}
