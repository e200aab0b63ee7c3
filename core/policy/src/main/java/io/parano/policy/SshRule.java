package io.parano.policy;

import io.parano.kernel.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who may have an SSH certificate for one group of hosts, and what it gives.
///
/// @param hosts the name of the group of hosts
/// @param groups of staff, any of which is enough
/// @param zones from where
/// @param principals the accounts on those hosts
/// @param keys which keys may be certified
/// @param token by what whoever asks shows their token
/// @param certificate how long it opens connections
/// @param connection how long a connection that it opened may live
/// @param permit what it gives beyond being let in, as OpenSSH names it without `permit-`
/// @param reach where the jump host forwards to, which then is the only way to these hosts; empty
///   for hosts that are reached directly
/// @param port where the jump host forwards to
/// @param line where the document begins it; column likewise
public record SshRule(
    String name,
    String hosts,
    SortedSet<String> groups,
    SortedSet<String> zones,
    SortedSet<String> principals,
    Keys keys,
    Token token,
    Duration certificate,
    Duration connection,
    SortedSet<String> permit,
    List<Destination> reach,
    int port,
    int line,
    int column) {
  public SshRule {
    groups = sorted(groups);
    zones = sorted(zones);
    principals = sorted(principals);
    permit = sorted(permit);
    reach = List.copyOf(reach);
  }

  /// From the most refusing to the most allowing.
  public enum Keys {
    /// In a security key that verifies its holder each time.
    VERIFIED,
    /// In a security key that is touched each time.
    TOUCHED,
    /// Any, files included.
    ANY
  }

  /// From the most refusing to the most allowing.
  public enum Token {
    /// By a touch, in the browser.
    WEBAUTHN,
    /// By a one-time password as well, at the terminal.
    OTP_ALLOWED
  }

  /// Where the jump host may forward to.
  public sealed interface Destination {
    record Network(IpPrefix network) implements Destination {
      @Override
      public String toString() {
        return network.toString();
      }
    }

    record Name(String name) implements Destination {
      @Override
      public String toString() {
        return name;
      }
    }
  }

  /// Everything but the name, as a document would write it in one line.
  String written() {
    List<String> parts = new ArrayList<>();
    parts.add("hosts: " + hosts);
    parts.add("groups: " + groups);
    parts.add("zones: " + zones);
    parts.add("principals: " + principals);
    parts.add("keys: " + SshReader.word(keys));
    if (token == Token.OTP_ALLOWED) {
      parts.add("token: otp-allowed");
    }
    parts.add("certificate: " + Durations.write(certificate));
    parts.add("connection: " + Durations.write(connection));
    parts.add("permit: " + permit);
    if (!reach.isEmpty()) {
      parts.add("reach: " + reach);
      parts.add("port: " + port);
    }
    return String.join(", ", parts);
  }

  private static SortedSet<String> sorted(SortedSet<String> names) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }
}
