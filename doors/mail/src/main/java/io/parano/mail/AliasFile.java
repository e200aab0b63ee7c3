package io.parano.mail;

import io.parano.mail.Redirect.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where `.forward` files (local(8) of Postfix), aliases(5) and virtual(5) send mail on to.
public final class AliasFile {
  private AliasFile() {}

  /// How a line begins.
  public enum Style {
    /// With its destinations.
    FORWARD,
    /// `name: destinations`.
    ALIASES,
    /// `address destinations`.
    VIRTUAL
  }

  /// Every destination that may lead on, in order: files and people of the same machine are not
  /// among them, addresses are.
  public static List<Redirect> redirects(String text, Style style) {
    List<Redirect> found = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    StringBuilder logical = new StringBuilder();
    int begun = 1;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].stripTrailing();
      boolean goesOn = !line.isEmpty() && Character.isWhitespace(line.charAt(0));
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      if (style != Style.FORWARD && goesOn && !logical.isEmpty()) {
        logical.append(' ').append(line.strip());
        continue;
      }
      line(logical.toString(), begun, style, found);
      logical.setLength(0);
      logical.append(line.strip());
      begun = i + 1;
    }
    line(logical.toString(), begun, style, found);
    return found;
  }

  private static void line(String line, int number, Style style, List<Redirect> found) {
    if (line.isBlank()) {
      return;
    }
    int end =
        switch (style) {
          case FORWARD -> 0;
          case ALIASES -> end(line, true);
          case VIRTUAL -> end(line, false);
        };
    String name = unquoted(line.substring(0, end).strip());
    String rest = line.substring(Math.min(line.length(), end + (style == Style.ALIASES ? 1 : 0)));
    for (String destination : destinations(rest)) {
      destination(destination, number, name, found);
    }
  }

  /// Where the name ends: at the colon, or at the first space.
  private static int end(String line, boolean colon) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char at = line.charAt(i);
      if (at == '"') {
        quoted = !quoted;
      } else if (!quoted && (colon ? at == ':' : Character.isWhitespace(at))) {
        return i;
      }
    }
    return line.length();
  }

  /// Between commas, except for those in quotes.
  private static List<String> destinations(String rest) {
    List<String> all = new ArrayList<>();
    boolean quoted = false;
    int begun = 0;
    for (int i = 0; i <= rest.length(); i++) {
      if (i == rest.length() || (rest.charAt(i) == ',' && !quoted)) {
        String one = rest.substring(begun, i).strip();
        if (!one.isEmpty()) {
          all.add(one);
        }
        begun = i + 1;
      } else if (rest.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
    return all;
  }

  private static void destination(String written, int line, String rule, List<Redirect> found) {
    String bare = unquoted(written);
    if (bare.startsWith("|")) {
      found.add(new Redirect(Kind.COMMAND, bare, line, rule));
    } else if (bare.toLowerCase(Locale.ROOT).startsWith(":include:")) {
      found.add(new Redirect(Kind.INCLUDE, bare, line, rule));
    } else if (!bare.startsWith("/") && bare.indexOf('@') >= 0) {
      found.add(new Redirect(Kind.FORWARD, bare, line, rule));
    }
  }

  private static String unquoted(String written) {
    return written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")
        ? written.substring(1, written.length() - 1)
        : written;
  }
}
