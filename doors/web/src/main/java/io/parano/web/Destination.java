package io.parano.web;

import io.parano.web.WebConfig.ProtectedHost;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where somebody is headed who has to sign in first. It can only be one of our own pages or a
/// protected application: whatever else is asked for becomes the portal, so that no link through us
/// leads astray.
sealed interface Destination {
  /// Of ours; `path` may carry a query.
  record Here(String path) implements Destination {}

  /// @param path with query, as the browser asked for it
  record There(ProtectedHost host, String path) implements Destination {
    String url() {
      return host.site() + path;
    }
  }

  Here HOME = new Here("/");

  /// Room for what proxies pass on.
  int LONGEST = 2048;

  static Destination of(@Nullable String asked, Map<String, ProtectedHost> hosts) {
    if (asked == null || asked.length() > LONGEST) {
      return HOME;
    }
    if (asked.equals("/acts") || (asked.startsWith("/command?code=") && plain(asked))) {
      return new Here(asked);
    }
    if (AskedUrl.read(asked, hosts) instanceof AskedUrl.Read(ProtectedHost host, String path)) {
      return new There(host, asked.substring(asked.indexOf('/', 8)));
    }
    return HOME;
  }

  /// A path of the same host and nothing else, for a `Location` that can't leave it.
  static String local(@Nullable String asked) {
    return asked != null
            && asked.length() <= LONGEST
            && asked.startsWith("/")
            && !asked.startsWith("//")
            && !asked.startsWith("/.parano")
            && plain(asked)
        ? asked
        : "/";
  }

  /// Printable ASCII without what browsers read as a slash (URL Standard: `\`).
  private static boolean plain(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
  }
}
