package io.parano.policy;

/// A host, or with `*.` every host below one (one or more labels, never the bare domain).
///
/// @param name lower case, without the `*.`
record HostPattern(String name, Reach reach) {
  static final String PATTERN =
      "^(\\*\\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
          + "(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$";

  /// DNS allows no more (RFC 1035 section 2.3.4).
  static final int LONGEST = 253;

  /// The pattern written as `text`, which must match [#PATTERN].
  static HostPattern of(String text) {
    return text.startsWith("*.")
        ? new HostPattern(text.substring(2), Reach.BELOW)
        : new HostPattern(text, Reach.EXACT);
  }

  /// What the index files it under: names below a domain begin with a dot, and no host does.
  String key() {
    return reach == Reach.BELOW ? "." + name : name;
  }

  boolean matches(String host) {
    return switch (reach) {
      case EXACT -> host.equals(name);
      case BELOW -> host.length() > name.length() + 1 && host.endsWith("." + name);
    };
  }

  /// Whether every host of `other` is one of these.
  boolean covers(HostPattern other) {
    return equals(other)
        || ((reach == Reach.BELOW || other.reach == Reach.EXACT) && matches(other.name));
  }

  boolean meets(HostPattern other) {
    return covers(other) || other.covers(this);
  }

  @Override
  public String toString() {
    return reach == Reach.BELOW ? "*." + name : name;
  }
}
