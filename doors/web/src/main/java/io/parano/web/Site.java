package io.parano.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// One web origin (RFC 6454): what a browser compares, and what we compare.
///
/// @param scheme `https`, or `http` for a loopback name alone
/// @param host lower case, without port; an IPv6 address keeps its brackets
/// @param port always a number, the default one included
public record Site(String scheme, String host, int port) {
  public Site {
    if (!scheme.equals("https") && !(scheme.equals("http") && loopback(host))) {
      throw new IllegalArgumentException(
          "expected https (http is for loopback names alone), found \""
              + scheme
              + "://"
              + host
              + "\"");
    }
    if (host.isEmpty() || !host.equals(host.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("expected a lower-case host, found \"" + host + "\"");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("expected a port from 1 to 65535, found " + port);
    }
  }

  /// Reads an origin such as `https://auth.example` or `http://auth.localhost:8080`; throws
  /// [IllegalArgumentException] saying what was expected.
  public static Site parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "expected an origin such as https://auth.example, found \"" + text + "\"", e);
    }
    if (uri.getScheme() == null
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !uri.getRawPath().isEmpty()) {
      throw new IllegalArgumentException(
          "expected an origin such as https://auth.example without path, found \"" + text + "\"");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() < 0 ? defaultPort(scheme) : uri.getPort();
    return new Site(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  boolean secure() {
    return scheme.equals("https");
  }

  /// The host with its port, as a `Host` header says it: the default port is left out.
  String authority() {
    return port == defaultPort(scheme) ? host : host + ":" + port;
  }

  /// The origin as browsers write it: the default port is left out.
  @Override
  public String toString() {
    return scheme + "://" + authority();
  }

  static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /// Names that never leave the machine (RFC 6761 section 6.3, RFC 5735).
  private static boolean loopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }
}
