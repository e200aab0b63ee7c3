package io.parano.demo;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who somebody is, as the proxy introduces them to the back office: what Parano said, and the
/// address that the proxy saw.
record Introduction(String user, String name, List<String> groups, String email, String source) {
  Introduction {
    groups = List.copyOf(groups);
  }

  /// Only from a request that has shown the proxy's secret.
  static Introduction of(Headers headers) {
    return new Introduction(
        text(headers.getFirst("Remote-User")),
        text(headers.getFirst("Remote-Name")),
        Arrays.stream(text(headers.getFirst("Remote-Groups")).split(",", -1))
            .filter(group -> !group.isBlank())
            .toList(),
        text(headers.getFirst("Remote-Email")),
        text(headers.getFirst("X-Forwarded-For")));
  }

  /// Netty sends UTF-8 in headers and the JDK's server reads them as ISO 8859-1.
  private static String text(@Nullable String header) {
    return header == null
        ? ""
        : new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
