package io.parano.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLSocketFactory;

/// How a browser's requests travel to a site.
@FunctionalInterface
public interface Way {
  Reply exchange(InetAddress from, Site site, Request request) throws IOException;

  /// To one proxy, whatever the site.
  static Way through(InetSocketAddress proxy) {
    return (from, site, request) -> Wire.exchange(from, proxy, request);
  }

  /// To wherever the site's name leads.
  ///
  /// @param tls whom to trust
  static Way direct(SSLSocketFactory tls) {
    return (from, site, request) ->
        site.scheme().equals("https")
            ? Wire.sealed(from, site, request, tls)
            : Wire.exchange(
                from,
                new InetSocketAddress(InetAddress.getByName(site.host()), site.port()),
                request);
  }
}
