package io.parano.mail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What of a Dovecot that keeps the mail itself lets people in without us, by what `doveconf -n`
/// prints.
public final class DovecotSettings {
  private static final List<String> PASSDB = List.of("passdb");

  /// Ours, wherever it lies.
  private static final String CHECKPASSWORD = "(?:\\S*/)?parano-checkpassword( .*)?";

  private DovecotSettings() {}

  /// How passwords are looked at.
  private record Passdb(Map<String, String> settings) {
    boolean isOurs() {
      return switch (settings.getOrDefault("driver", "")) {
        case "lua" -> true;
        case "checkpassword" -> settings.getOrDefault("args", "").matches(CHECKPASSWORD);
        default -> false;
      };
    }
  }

  public enum Flaw {
    /// No policy server is asked.
    ASKS_NOBODY,
    /// It lets people in when we don't answer: its default.
    FAILS_OPEN,
    /// What the policy server says is logged, and no more.
    ONLY_LOGS,
    /// Another password database opens mail to what it knows.
    OTHER_PASSWORDS,
    /// What was answered is kept, and outlives a cut.
    KEEPS_ANSWERS;

    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public static List<Flaw> flaws(String printed) {
    Map<String, String> settings = new HashMap<>();
    List<Passdb> passwords = new ArrayList<>();
    List<String> blocks = new ArrayList<>();
    for (String each : printed.lines().toList()) {
      String line = each.strip();
      int equals = line.indexOf('=');
      if (line.startsWith("#") || line.isEmpty()) {
        continue;
      }
      if (line.endsWith("{")) {
        blocks.add(line.substring(0, line.length() - 1).strip());
        if (blocks.equals(PASSDB)) {
          passwords.add(new Passdb(new HashMap<>()));
        }
      } else if (line.equals("}")) {
        if (!blocks.isEmpty()) {
          blocks.removeLast();
        }
      } else if (equals > 0) {
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (blocks.isEmpty()) {
          settings.put(key, value);
        } else if (blocks.equals(PASSDB)) {
          passwords.getLast().settings().put(key, value);
        }
      }
    }
    return flaws(settings, passwords);
  }

  private static List<Flaw> flaws(Map<String, String> settings, List<Passdb> passwords) {
    List<Flaw> found = new ArrayList<>();
    if (settings.getOrDefault("auth_policy_server_url", "").isEmpty()) {
      found.add(Flaw.ASKS_NOBODY);
    }
    if (!settings.getOrDefault("auth_policy_reject_on_fail", "no").equals("yes")) {
      found.add(Flaw.FAILS_OPEN);
    }
    if (settings.getOrDefault("auth_policy_log_only", "no").equals("yes")) {
      found.add(Flaw.ONLY_LOGS);
    }
    if (passwords.isEmpty() || !passwords.stream().allMatch(Passdb::isOurs)) {
      found.add(Flaw.OTHER_PASSWORDS);
    }
    if (!settings.getOrDefault("auth_cache_size", "0").matches("0 ?[A-Za-z]*")) {
      found.add(Flaw.KEEPS_ANSWERS);
    }
    return found;
  }
}
