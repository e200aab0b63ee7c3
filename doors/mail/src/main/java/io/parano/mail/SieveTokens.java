package io.parano.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Sieve script as tokens (RFC 5228 section 8.1), tolerantly: what can't be a token is passed
/// over, for a server that is more tolerant still would run the rest.
final class SieveTokens {
  /// As Roundcube and Pigeonhole's managers name rules: `# rule:[name]`.
  private static final Pattern NAMED = Pattern.compile("(?i)rule:\\s*\\[?([^\\]\\r\\n]*)]?");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private String rule = "";

  private SieveTokens(String text) {
    this.text = text;
  }

  /// @param word of an identifier or tag in lower case; the content of a string
  /// @param rule the name that stands in the last comment that names one
  record Token(Kind kind, String word, int line, String rule) {}

  enum Kind {
    IDENTIFIER,
    TAG,
    STRING,
    /// `;`, which ends a command, and the braces of a block.
    END,
    OTHER,
    /// A string or comment that never ends.
    CUT
  }

  static List<Token> of(String text) {
    SieveTokens reading = new SieveTokens(text);
    reading.read();
    return reading.tokens;
  }

  private void read() {
    while (at < text.length()) {
      char here = text.charAt(at);
      if (here == '#') {
        comment();
      } else if (text.startsWith("/*", at)) {
        bracketComment();
      } else if (here == '"') {
        quoted();
      } else if (here == ':' && at + 1 < text.length() && begins(text.charAt(at + 1))) {
        at++;
        add(Kind.TAG, identifier(), line);
      } else if (begins(here)) {
        word();
      } else {
        single(here);
      }
    }
  }

  private void single(char here) {
    if (here == ';' || here == '{' || here == '}') {
      add(Kind.END, String.valueOf(here), line);
    } else if (here == '\n') {
      line++;
    } else if (!Character.isWhitespace(here)) {
      add(Kind.OTHER, String.valueOf(here), line);
    }
    at++;
  }

  private void comment() {
    int end = text.indexOf('\n', at);
    String said = text.substring(at + 1, end < 0 ? text.length() : end);
    Matcher named = NAMED.matcher(said);
    if (named.find()) {
      rule = named.group(1).strip();
    }
    at = end < 0 ? text.length() : end;
  }

  private void bracketComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      cut();
      return;
    }
    skipTo(end + 2);
  }

  private void quoted() {
    int begun = line;
    StringBuilder content = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char here = text.charAt(i);
      if (here == '"') {
        skipTo(i + 1);
        add(Kind.STRING, content.toString(), begun);
        return;
      }
      if (here == '\\' && i + 1 < text.length()) {
        i++;
        content.append(text.charAt(i));
      } else {
        content.append(here);
      }
    }
    cut();
  }

  /// `text:` begins a string of lines up to one that is a dot alone (RFC 5228 section 2.4.2).
  private void word() {
    int begun = line;
    String identifier = identifier();
    if (identifier.equals("text") && at < text.length() && text.charAt(at) == ':') {
      int end = text.indexOf('\n', at);
      String rest = end < 0 ? "" : text.substring(at + 1, end).strip();
      if (end >= 0 && (rest.isEmpty() || rest.startsWith("#"))) {
        skipTo(end + 1);
        lines(begun);
        return;
      }
    }
    add(Kind.IDENTIFIER, identifier, begun);
  }

  private void lines(int begun) {
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String one = text.substring(at, end < 0 ? text.length() : end);
      String bare = one.endsWith("\r") ? one.substring(0, one.length() - 1) : one;
      skipTo(end < 0 ? text.length() : end + 1);
      if (bare.equals(".")) {
        add(Kind.STRING, content.toString(), begun);
        return;
      }
      content.append(bare.startsWith("..") ? bare.substring(1) : bare).append('\n');
    }
    cut();
  }

  private void cut() {
    add(Kind.CUT, "", line);
    at = text.length();
  }

  private void skipTo(int end) {
    for (; at < end; at++) {
      if (text.charAt(at) == '\n') {
        line++;
      }
    }
  }

  private static boolean begins(char at) {
    return (at >= 'a' && at <= 'z') || (at >= 'A' && at <= 'Z') || at == '_';
  }

  private String identifier() {
    int begun = at;
    while (at < text.length() && (begins(text.charAt(at)) || digit(text.charAt(at)))) {
      at++;
    }
    return text.substring(begun, at).toLowerCase(java.util.Locale.ROOT);
  }

  private static boolean digit(char at) {
    return at >= '0' && at <= '9';
  }

  private void add(Kind kind, String word, int at) {
    tokens.add(new Token(kind, word, at, rule));
  }
}
