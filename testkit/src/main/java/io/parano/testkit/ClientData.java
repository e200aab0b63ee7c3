package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The client data, serialized as every browser does: WebAuthn Level 3 section 5.8.1.1 fixes the
/// order and the escapes.
///
/// @param topOrigin the page around, when the asking page sits in a frame; null otherwise
public record ClientData(
    String type, Bytes challenge, String origin, boolean crossOrigin, @Nullable String topOrigin) {
  public static ClientData create(CreateOptions options) {
    return new ClientData("webauthn.create", options.challenge(), options.origin(), false, null);
  }

  public static ClientData get(GetOptions options) {
    return new ClientData("webauthn.get", options.challenge(), options.origin(), false, null);
  }

  public ClientData withType(String other) {
    return new ClientData(other, challenge, origin, crossOrigin, topOrigin);
  }

  public ClientData withChallenge(Bytes other) {
    return new ClientData(type, other, origin, crossOrigin, topOrigin);
  }

  public ClientData withOrigin(String other) {
    return new ClientData(type, challenge, other, crossOrigin, topOrigin);
  }

  /// As from a frame inside a page of `top`.
  public ClientData framedBy(String top) {
    return new ClientData(type, challenge, origin, true, top);
  }

  public ClientData asCrossOrigin() {
    return new ClientData(type, challenge, origin, true, topOrigin);
  }

  public Bytes bytes() {
    StringBuilder json = new StringBuilder("{\"type\":").append(quoted(type));
    json.append(",\"challenge\":").append(quoted(challenge.base64Url()));
    json.append(",\"origin\":").append(quoted(origin));
    json.append(",\"crossOrigin\":").append(crossOrigin);
    if (topOrigin != null) {
      json.append(",\"topOrigin\":").append(quoted(topOrigin));
    }
    return Bytes.of(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
  }

  /// CCDToString.
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            out.append('\\').appendCodePoint(c);
          } else if (c < 0x20) {
            out.append(String.format("\\u%04x", c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.append('"').toString();
  }
}
