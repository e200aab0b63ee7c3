package io.parano.mail;

import io.parano.access.MailAdmitting.Protocol;
import io.parano.kernel.IpAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What both kinds of servers say of a login, as values.
final class LoginWords {
  /// RFC 5321 section 4.5.3.1 has addresses of 254 octets; twice that is no name any more.
  static final int LONGEST_NAME = 512;

  private LoginWords() {}

  static @Nullable String name(@Nullable String said) {
    return said == null || said.isBlank() || said.length() > LONGEST_NAME ? null : said;
  }

  /// An address and nothing else: no zone, no port, and no name that would be looked up.
  static @Nullable IpAddress address(@Nullable String said) {
    if (said == null || said.length() > 45) {
      return null;
    }
    try {
      return IpAddress.parse(said);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Null for what is no way to mail.
  static @Nullable Protocol protocol(@Nullable String said) {
    return switch (said == null ? "" : said.toLowerCase(Locale.ROOT)) {
      case "imap" -> Protocol.IMAP;
      case "pop3" -> Protocol.POP3;
      case "smtp", "submission" -> Protocol.SUBMISSION;
      default -> null;
    };
  }
}
