package io.parano.vpn;

import io.parano.kernel.Language;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// What somebody at an OpenVPN prompt reads.
final class OpenVpnWords {
  private OpenVpnWords() {}

  static String question(Language language) {
    return words(language).getString("question");
  }

  /// Which code to confirm, and where.
  static String confirm(Language language, String code, String at) {
    return MessageFormat.format(words(language).getString("confirm"), code, at);
  }

  private static ResourceBundle words(Language language) {
    return ResourceBundle.getBundle(
        "io.parano.vpn.openvpn", Locale.of(language.name().toLowerCase(Locale.ROOT)));
  }

  /// A code as it is read out.
  static String spaced(String code) {
    int half = code.length() / 2;
    return code.substring(0, half) + "-" + code.substring(half);
  }
}
