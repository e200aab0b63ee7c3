package io.parano.mail;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;

/// What Jazzer calls: every request of a mail server has an outcome, whatever its bytes. The first
/// byte says whose it is.
final class RequestFuzz {
  private RequestFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] rest = java.util.Arrays.copyOfRange(data, 1, data.length);
    String text = new String(rest, StandardCharsets.ISO_8859_1);
    switch (data[0]) {
      case 'n' -> nginx(text);
      case 's' -> {
        var _ = SieveScript.redirects(text);
      }
      case 'f' -> {
        var _ = AliasFile.redirects(text, AliasFile.Style.FORWARD);
      }
      case 'a' -> {
        var _ = AliasFile.redirects(text, AliasFile.Style.ALIASES);
      }
      case 'v' -> {
        var _ = AliasFile.redirects(text, AliasFile.Style.VIRTUAL);
      }
      default -> dovecot(rest);
    }
  }

  private static void nginx(String lines) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String line : lines.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    switch (NginxRequest.read(headers)) {
      case NginxRequest.Reading.Malformed malformed -> {}
      case NginxRequest.Reading.Read(var request) -> {
        if (request.name().isBlank() || request.attempt() < 1) {
          throw new IllegalStateException("a request that says nothing was read");
        }
        request.password().close();
      }
    }
  }

  private static void dovecot(byte[] body) {
    switch (DovecotRequest.read(body)) {
      case DovecotRequest.Reading.Malformed malformed -> {}
      case DovecotRequest.Reading.Read(var request) -> {
        if (request.name().isBlank()) {
          throw new IllegalStateException("a request that says nothing was read");
        }
      }
    }
  }
}
