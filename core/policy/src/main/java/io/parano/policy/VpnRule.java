package io.parano.policy;

import io.parano.kernel.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who may have a tunnel to one VPN server, and what the server is told of it.
///
/// @param server as the configuration names it
/// @param groups of staff, any of which is enough
/// @param device what must open the tunnel
/// @param zones from where; empty for anywhere, which an enrolled device alone may be
/// @param connection how long a tunnel may live
/// @param token what shows the token
/// @param category what the server repeats in what it tells (RFC 2865 section 5.25), before our own
///   mark; null for nothing
/// @param filter the name of the server's own filter for it (RFC 2865 section 5.11); null for none
/// @param framed the tunnel's address, for those who always have the same, by name
/// @param line where the document begins it; column likewise
public record VpnRule(
    String name,
    String server,
    SortedSet<String> groups,
    Device device,
    SortedSet<String> zones,
    Duration connection,
    Token token,
    @Nullable String category,
    @Nullable String filter,
    SortedMap<String, IpAddress> framed,
    int line,
    int column) {
  /// From the most refusing to the most allowing.
  public enum Token {
    /// A touch at the sign-in page, with the code that the VPN prompt shows.
    TOUCH,
    /// A one-time password, or a touch.
    OTP
  }

  public VpnRule {
    groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    framed = Collections.unmodifiableSortedMap(new TreeMap<>(framed));
  }

  /// What must open a tunnel, beside its person.
  public enum Device {
    /// A device whose own key was enrolled before officers.
    ENROLLED,
    /// Anything, from where the rule says.
    ANY
  }

  /// Everything but the name, as a document would write it in one line.
  String written() {
    List<String> parts = new ArrayList<>();
    parts.add("server: " + server);
    parts.add("groups: " + groups);
    if (device == Device.ENROLLED) {
      parts.add("device: enrolled");
    }
    if (!zones.isEmpty()) {
      parts.add("zones: " + zones);
    }
    parts.add("connection: " + Durations.write(connection));
    if (token == Token.TOUCH) {
      parts.add("token: touch");
    }
    if (category != null) {
      parts.add("class: " + category);
    }
    if (filter != null) {
      parts.add("filter: " + filter);
    }
    if (!framed.isEmpty()) {
      parts.add("framed: " + framed);
    }
    return String.join(", ", parts);
  }
}
