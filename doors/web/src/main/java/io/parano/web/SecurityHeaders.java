package io.parano.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/// The headers of every answer that a browser may see.
final class SecurityHeaders {
  private final MultiMap plain;
  private final MultiMap secure;

  SecurityHeaders(@Nullable Extension extension) {
    this.plain = common(extension);
    this.secure =
        HttpHeaders.headers()
            .addAll(plain)
            // Two years, as browsers' own lists ask for.
            .add("Strict-Transport-Security", "max-age=63072000");
  }

  void on(HttpServerResponse response, boolean overTls) {
    response.headers().addAll(overTls ? secure : plain);
  }

  private static MultiMap common(@Nullable Extension extension) {
    return HttpHeaders.headers()
        .add("Content-Security-Policy", policy(extension))
        .add("Cache-Control", "no-store")
        .add("X-Content-Type-Options", "nosniff")
        .add("Referrer-Policy", "no-referrer")
        .add("Cross-Origin-Opener-Policy", "same-origin")
        .add("Cross-Origin-Resource-Policy", "same-origin")
        .add("Cross-Origin-Embedder-Policy", "require-corp")
        .add("X-Frame-Options", "DENY")
        .add(
            "Permissions-Policy",
            "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(),"
                + " microphone=(), geolocation=(), usb=(), hid=(), serial=(),"
                + " payment=(), clipboard-read=()");
  }

  /// Content Security Policy Level 3: nothing but our own files, no inline script or style, no
  /// frame around us, no form to elsewhere, and no text that becomes script (Trusted Types).
  private static String policy(@Nullable Extension extension) {
    String connect =
        extension == null
            ? ""
            : " " + String.join(" ", extension.connect().stream().sorted().toList());
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src"
        + " 'self'; connect-src 'self'"
        + connect
        + "; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
        + " require-trusted-types-for 'script'; trusted-types 'none'";
  }
}
