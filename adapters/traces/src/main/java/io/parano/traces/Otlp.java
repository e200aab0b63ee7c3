package io.parano.traces;

import java.util.List;

/// Spans as an OTLP request in JSON (opentelemetry.io/docs/specs/otlp section "JSON Protobuf
/// Encoding"): ids in hexadecimal, 64-bit numbers as text.
final class Otlp {
  private static final int SERVER = 2;
  private static final int INTERNAL = 1;

  private Otlp() {}

  static String json(List<Finished> spans) {
    StringBuilder out = new StringBuilder(512 * (1 + spans.size()));
    out.append("{\"resourceSpans\":[{\"resource\":{\"attributes\":[");
    attribute(out, "service.name", "parano");
    out.append("]},\"scopeSpans\":[{\"scope\":{\"name\":\"io.parano\"},\"spans\":[");
    for (int i = 0; i < spans.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      span(out, spans.get(i));
    }
    return out.append("]}]}]}").toString();
  }

  private static void span(StringBuilder out, Finished span) {
    out.append("{\"traceId\":\"").append(span.trace());
    out.append("\",\"spanId\":\"").append(span.span());
    if (!span.parent().isEmpty()) {
      out.append("\",\"parentSpanId\":\"").append(span.parent());
    }
    out.append("\",\"name\":");
    text(out, span.name());
    out.append(",\"kind\":").append(span.request() ? SERVER : INTERNAL);
    out.append(",\"startTimeUnixNano\":\"").append(span.start());
    out.append("\",\"endTimeUnixNano\":\"").append(span.end());
    out.append("\",\"attributes\":[");
    for (int i = 0; i < span.told().size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      attribute(out, span.told().get(i).key(), span.told().get(i).value());
    }
    out.append(span.failed() ? "],\"status\":{\"code\":2}}" : "]}");
  }

  private static void attribute(StringBuilder out, String key, String value) {
    out.append("{\"key\":");
    text(out, key);
    out.append(",\"value\":{\"stringValue\":");
    text(out, value);
    out.append("}}");
  }

  /// RFC 8259 section 7.
  private static void text(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
