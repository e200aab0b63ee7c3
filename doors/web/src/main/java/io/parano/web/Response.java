package io.parano.web;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// An answer as a value. Whoever writes it adds the headers that every answer has.
record Response(int status, String type, Buffer body, List<Field> fields) {
  record Field(String name, String value) {}

  Response {
    fields = List.copyOf(fields);
  }

  static Response html(int status, String body) {
    return new Response(status, "text/html; charset=utf-8", Buffer.buffer(body), List.of());
  }

  static Response json(int status, String body) {
    return new Response(status, "application/json", Buffer.buffer(body), List.of());
  }

  static Response problem(int status, String body) {
    return new Response(status, "application/problem+json", Buffer.buffer(body), List.of());
  }

  static Response text(int status, String body) {
    return new Response(status, "text/plain; charset=utf-8", Buffer.buffer(body), List.of());
  }

  /// See other (RFC 9110 section 15.4.4).
  static Response seeOther(String location) {
    return new Response(303, "", Buffer.buffer(), List.of(new Field("Location", location)));
  }

  Response with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Response(status, type, body, more);
  }
}
