package io.parano.config;

import io.parano.kernel.Language;
import java.util.List;
import java.util.Locale;

/// Something about a set-up that works and is weaker than it could be. It is said at every start.
///
/// @param arguments what the message mentions, in the order of its placeholders
public record Weakness(Kind kind, List<String> arguments) {
  public Weakness {
    arguments = List.copyOf(arguments);
  }

  public enum Kind {
    COOKIE_SHARED,
    LISTENER_IN_THE_CLEAR,
    SITE_IN_THE_CLEAR,
    PASSPHRASE_IN_FILE,
    LOGS_DEBUG,
    WITNESS_MAY_BE_SILENT,
    RADIUS_EXEMPT,
    RADIUS_IN_THE_CLEAR,
    RADIUS_WITHOUT_DISCONNECT,
    MAIL_WITHOUT_DOVEADM,
    DOVEADM_IN_THE_CLEAR,
    WIREGUARD_NETWORK_PUBLIC,

    /// Seen from outside the document: who runs the server, and on what.
    RUNS_AS_ROOT,
    CHECKPOINTS_ON_SAME_DISK;

    /// The stable kebab-case code.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public static Weakness of(Kind kind, String... arguments) {
    return new Weakness(kind, List.of(arguments));
  }

  /// The message for a person.
  public String text(Language language) {
    return Texts.SENTENCES.say(language, "weakness." + kind.code(), arguments);
  }
}
