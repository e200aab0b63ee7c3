package io.parano.policy;

/// A path, or with a final `/*` a folder: the folder itself, with and without a final slash, and
/// everything below it. The folder belongs to its own pattern because applications answer `/wages`
/// with what lies in `/wages/`; were it left out, a rule on `/wages/*` could be walked around.
///
/// @param path without the `/*`; empty for the root folder, which is everything
record PathPattern(String path, Reach reach) {
  static final PathPattern EVERYTHING = new PathPattern("", Reach.BELOW);

  /// Absolute; no empty, `.` or `..` segment; nothing that doors refuse or decode away; a star only
  /// as the final segment.
  static final String PATTERN =
      "^(?!.*//)(?!.*/\\.{1,2}(/|$))"
          + "/([^\\u0000-\\u001f\\u007f?#;\\\\%*]*|([^\\u0000-\\u001f\\u007f?#;\\\\%*]*/)?\\*)$";

  static final int LONGEST = 1024;

  /// The pattern written as `text`, which must match [#PATTERN].
  static PathPattern of(String text) {
    return text.endsWith("/*")
        ? new PathPattern(text.substring(0, text.length() - 2), Reach.BELOW)
        : new PathPattern(text, Reach.EXACT);
  }

  boolean matches(String asked) {
    return switch (reach) {
      case EXACT -> asked.equals(path);
      case BELOW ->
          asked.startsWith(path)
              && asked.startsWith("/")
              && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
    };
  }

  /// Whether every path of `other` is one of these.
  boolean covers(PathPattern other) {
    return equals(other)
        || ((reach == Reach.BELOW || other.reach == Reach.EXACT) && matches(other.path));
  }

  boolean meets(PathPattern other) {
    return covers(other) || other.covers(this);
  }

  @Override
  public String toString() {
    return reach == Reach.BELOW ? path + "/*" : path;
  }
}
