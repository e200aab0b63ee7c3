package io.parano.web;

import io.parano.kernel.Language;
import org.jspecify.annotations.Nullable;

/// In which language to answer: the one chosen on the page, else the one remembered, else the one
/// that the browser prefers among ours, else English.
final class Tongue {
  static final String COOKIE = "__Host-parano-language";
  private static final int A_YEAR = 365 * 24 * 60 * 60;

  private Tongue() {}

  static Language of(Call call) {
    Language chosen = chosen(call);
    if (chosen != null) {
      return chosen;
    }
    if (CookieHeader.find(call.cookie(), COOKIE) instanceof CookieHeader.One(String tag)) {
      Language remembered = tagged(tag);
      if (remembered != null) {
        return remembered;
      }
    }
    return preferred(call.acceptLanguage());
  }

  /// The language that the address asks for; null when it asks for none.
  static @Nullable Language chosen(Call call) {
    String tag = call.query().get("language");
    return tag == null ? null : tagged(tag);
  }

  static String remember(Language language) {
    return COOKIE
        + "="
        + language.tag()
        + "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age="
        + A_YEAR;
  }

  /// RFC 9110 section 12.5.4, by weight; ties go to the first.
  static Language preferred(@Nullable String acceptLanguage) {
    Language best = Language.EN;
    double bestWeight = 0;
    if (acceptLanguage == null || acceptLanguage.length() > 512) {
      return best;
    }
    for (String range : acceptLanguage.split(",", -1)) {
      int semicolon = range.indexOf(';');
      String tag = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
      double weight = semicolon < 0 ? 1 : weight(range.substring(semicolon + 1).strip());
      Language language =
          tagged(tag.length() > 2 && tag.charAt(2) == '-' ? tag.substring(0, 2) : tag);
      if (language != null && weight > bestWeight) {
        best = language;
        bestWeight = weight;
      }
    }
    return best;
  }

  private static @Nullable Language tagged(String tag) {
    for (Language language : Language.values()) {
      if (language.tag().equalsIgnoreCase(tag)) {
        return language;
      }
    }
    return null;
  }

  private static double weight(String parameter) {
    try {
      return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 1;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
