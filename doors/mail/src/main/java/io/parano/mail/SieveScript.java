package io.parano.mail;

import io.parano.mail.Redirect.Kind;
import io.parano.mail.SieveTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where a Sieve script (RFC 5228) sends mail on to. It is read, not run: a rule that never matches
/// is listed all the same.
public final class SieveScript {
  private SieveScript() {}

  /// Whatever the script names as an address of its own, in order.
  public static List<Redirect> redirects(String script) {
    List<Redirect> found = new ArrayList<>();
    List<Token> command = new ArrayList<>();
    for (Token token : SieveTokens.of(script)) {
      switch (token.kind()) {
        case END -> {
          take(command, found);
          command.clear();
        }
        case CUT -> {
          take(command, found);
          command.clear();
          found.add(new Redirect(Kind.UNREADABLE, "", token.line(), token.rule()));
        }
        case IDENTIFIER, TAG, STRING, OTHER -> command.add(token);
      }
    }
    take(command, found);
    return found;
  }

  private static void take(List<Token> command, List<Redirect> found) {
    for (int i = 0; i < command.size(); i++) {
      Token token = command.get(i);
      if (token.kind() != SieveTokens.Kind.IDENTIFIER) {
        continue;
      }
      List<Token> arguments = command.subList(i + 1, command.size());
      switch (token.word()) {
        case "redirect" -> last(arguments, found);
        case "notify" -> mailtos(arguments, found);
        case "vacation" -> addresses(arguments, found);
        default -> {
          // Keeps, files, discards or tests: nothing goes on.
        }
      }
    }
  }

  /// The address is the last argument; strings before it belong to tags.
  private static void last(List<Token> arguments, List<Redirect> found) {
    arguments.stream()
        .filter(token -> token.kind() == SieveTokens.Kind.STRING)
        .reduce((before, after) -> after)
        .ifPresent(token -> found.add(redirect(Kind.REDIRECT, token, token.word())));
  }

  /// RFC 5435, RFC 5436: `notify "mailto:…"`.
  private static void mailtos(List<Token> arguments, List<Redirect> found) {
    for (Token token : arguments) {
      String word = token.word();
      if (token.kind() == SieveTokens.Kind.STRING
          && word.toLowerCase(Locale.ROOT).startsWith("mailto:")) {
        int end = word.indexOf('?');
        found.add(redirect(Kind.REPLY, token, word.substring(7, end < 0 ? word.length() : end)));
      }
    }
  }

  /// RFC 5230: `:from` and `:addresses` say who answers.
  private static void addresses(List<Token> arguments, List<Redirect> found) {
    boolean wanted = false;
    boolean list = false;
    for (Token token : arguments) {
      if (token.kind() == SieveTokens.Kind.TAG) {
        wanted = token.word().equals("from") || token.word().equals("addresses");
      } else if (token.kind() == SieveTokens.Kind.STRING) {
        if (wanted) {
          found.add(redirect(Kind.REPLY, token, token.word()));
          wanted = list;
        }
      } else if (token.word().equals("[")) {
        list = true;
      } else if (token.word().equals("]")) {
        list = false;
        wanted = false;
      }
    }
  }

  /// What has a variable in it (RFC 5229) or an encoded character (RFC 5228 section 2.4.2.4) is
  /// known only when it runs.
  private static Redirect redirect(Kind kind, Token token, String to) {
    return new Redirect(
        to.contains("${") ? Kind.COMPUTED : kind, to.strip(), token.line(), token.rule());
  }
}
