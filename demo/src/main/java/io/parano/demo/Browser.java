package io.parano.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A browser at one desk: it speaks to the front proxy, keeps each host's cookies to that host, and
/// sends the headers that browsers send. What an intruder adds, [#slipping] adds.
public final class Browser {
  private static final int MOST_REDIRECTS = 8;

  private final InetAddress desk;
  private final Way way;
  private final Map<String, Map<String, String>> cookies = new LinkedHashMap<>();
  private final Map<String, String> slipped = new LinkedHashMap<>();

  Browser(InetAddress desk, InetSocketAddress proxy) {
    this(desk, Way.through(proxy));
  }

  public Browser(InetAddress desk, Way way) {
    this.desk = desk;
    this.way = way;
  }

  /// The same cookies at another desk, or with other headers slipped in: what a thief of cookies
  /// has.
  public Browser stolenTo(InetAddress elsewhere) {
    Browser thief = new Browser(elsewhere, way);
    cookies.forEach((host, jar) -> thief.cookies.put(host, new LinkedHashMap<>(jar)));
    return thief;
  }

  /// The same browser, before another proxy.
  Browser through(InetSocketAddress other) {
    Browser same = new Browser(desk, other);
    cookies.forEach((host, jar) -> same.cookies.put(host, new LinkedHashMap<>(jar)));
    return same;
  }

  /// From now on every request carries this header too.
  public Browser slipping(String name, String value) {
    slipped.put(name, value);
    return this;
  }

  InetAddress desk() {
    return desk;
  }

  /// Puts the cookies of one host into another host's jar, as only an intruder does.
  Browser presentingCookiesOf(Site from, Site to) {
    cookies.put(to.host(), new LinkedHashMap<>(jar(from.host())));
    return this;
  }

  public Reply get(Site site, String target) throws IOException {
    Request request =
        Request.get(target)
            .with("Host", site.authority())
            .with("Accept", "text/html,application/json;q=0.9")
            .with("Accept-Language", "en");
    return send(site, request);
  }

  /// As a page of `site` posts JSON to its own server.
  public Reply post(Site site, String target, Json body) throws IOException {
    Request request =
        Request.post(target, body.toString())
            .with("Host", site.authority())
            .with("Accept", "application/json")
            .with("Accept-Language", "en")
            .with("Content-Type", "application/json")
            .with("Origin", site.origin())
            .with("Sec-Fetch-Site", "same-origin");
    return send(site, request);
  }

  /// Opens a page and goes wherever the answers send it, as long as that is one of our sites.
  public Reply open(Site site, String target) throws IOException {
    Reply reply = get(site, target);
    Site at = site;
    for (int hops = 0; reply.location().isPresent() && hops < MOST_REDIRECTS; hops++) {
      URI next = URI.create(at.origin()).resolve(reply.location().get());
      if (next.getHost() == null
          || !next.getScheme().equals(at.scheme())
          || port(next) != at.port()) {
        return reply;
      }
      at = new Site(at.scheme(), next.getHost(), at.port());
      String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
      String path = next.getRawPath().isEmpty() ? "/" : next.getRawPath();
      reply = get(at, path + query);
    }
    return reply;
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }

  private Reply send(Site site, Request bare) throws IOException {
    String host = site.host();
    Request request = bare;
    String jar = cookieHeader(host);
    if (!jar.isEmpty()) {
      request = request.with("Cookie", jar);
    }
    for (Map.Entry<String, String> header : slipped.entrySet()) {
      request = request.with(header.getKey(), header.getValue());
    }
    Reply reply = way.exchange(desk, site, request);
    reply.headers("Set-Cookie").forEach(line -> keep(host, line));
    return reply;
  }

  /// What a thief of this browser's cookies for `site` would send.
  String cookieHeader(Site site) {
    return cookieHeader(site.host());
  }

  private String cookieHeader(String host) {
    return jar(host).entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private Map<String, String> jar(String host) {
    return cookies.computeIfAbsent(host, _ -> new LinkedHashMap<>());
  }

  /// RFC 6265 section 5.3 as far as the demo's sites need it: a name, a value, and `Max-Age=0`.
  private void keep(String host, String line) {
    String[] parts = line.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = parts[0].substring(0, equals).strip();
    boolean gone = false;
    for (int i = 1; i < parts.length; i++) {
      gone |= parts[i].strip().equalsIgnoreCase("Max-Age=0");
    }
    if (gone) {
      jar(host).remove(name);
    } else {
      jar(host).put(name, parts[0].substring(equals + 1).strip());
    }
  }
}
