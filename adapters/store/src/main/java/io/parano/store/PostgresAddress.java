package io.parano.store;

import io.parano.kernel.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL database is, and who asks. Off this machine the server must prove itself by a
/// certificate for its name: nothing weaker can be written here. A password is proved by
/// SCRAM-SHA-256 (RFC 7677) and never sent.
///
/// @param url `jdbc:postgresql://HOST[:PORT]/DATABASE` and nothing else
/// @param authority the file of the certificate authority; null for those that the machine trusts
public record PostgresAddress(String url, String user, Secret password, @Nullable Path authority) {
  private static final String SCHEME = "jdbc:";

  /// Seconds to connect in. A start waits no longer for a host that does not answer.
  private static final String CONNECT = "5";

  /// Seconds for one answer: long for the largest slice of the log, short for a dead network.
  private static final String ANSWER = "60";

  /// Within a transaction rows come so many at a time: the driver would hold all of an answer.
  private static final String ROWS = "1000";

  /// What is wrong with `url`, as a sentence; empty when nothing is.
  public static String objection(String url) {
    URI uri = uri(url);
    String path = uri == null ? null : uri.getPath();
    if (uri == null
        || !"postgresql".equals(uri.getScheme())
        || uri.getHost() == null
        || path == null
        || path.length() < 2
        || uri.getQuery() != null
        || uri.getUserInfo() != null
        || uri.getFragment() != null) {
      return "expected jdbc:postgresql://HOST[:PORT]/DATABASE and nothing else, found \""
          + url
          + "\"";
    }
    return "";
  }

  public PostgresAddress {
    String objection = objection(url);
    if (!objection.isEmpty()) {
      throw new IllegalArgumentException(objection);
    }
  }

  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", new String(password.copy(), StandardCharsets.UTF_8));
    properties.setProperty("requireAuth", isLoopback() ? "none,scram-sha-256" : "scram-sha-256");
    properties.setProperty("sslmode", isLoopback() ? "prefer" : "verify-full");
    if (authority != null) {
      properties.setProperty("sslrootcert", authority.toString());
    } else if (!isLoopback()) {
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    properties.setProperty("ApplicationName", "parano");
    properties.setProperty("connectTimeout", CONNECT);
    properties.setProperty("loginTimeout", CONNECT);
    properties.setProperty("socketTimeout", ANSWER);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("defaultRowFetchSize", ROWS);
    return properties;
  }

  /// Whether nobody stands between: an address of this machine, written as a number. Any name could
  /// lead elsewhere.
  boolean isLoopback() {
    URI uri = uri(url);
    String host = uri == null || uri.getHost() == null ? "" : uri.getHost();
    if (!host.matches("[0-9.]+|\\[[0-9A-Fa-f:.]+\\]")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static @Nullable URI uri(String url) {
    try {
      return url.startsWith(SCHEME) ? new URI(url.substring(SCHEME.length())) : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
