package io.parano.demo;

/// Where pages are.
///
/// @param scheme `http` or `https`
/// @param host without port
public record Site(String scheme, String host, int port) {
  Site(String host, int port) {
    this("http", host, port);
  }

  /// As a browser writes it.
  public String authority() {
    return port == (scheme.equals("https") ? 443 : 80) ? host : host + ":" + port;
  }

  public String origin() {
    return scheme + "://" + authority();
  }
}
