package io.parano.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.mail.DovecotSettings.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `doveconf -n` says of a Dovecot that asks us, with one thing changed.
class DovecotSettingsTest {
  private static final String RIGHT =
      """
      # 2.3.19.1 (9b53102964): /etc/dovecot/dovecot.conf
      auth_policy_hash_nonce = # hidden, use -P to show it
      auth_policy_reject_on_fail = yes
      auth_policy_server_url = http://127.0.0.1:8145/dovecot/policy
      passdb {
        args = file=/etc/dovecot/parano.lua blocking=yes
        driver = lua
      }
      service imap-login {
        inet_listener imap {
          port = 143
        }
      }
      userdb {
        driver = static
      }
      """;

  @Test
  void flaws_asOurPageSaysIt_areNone() {
    assertThat(DovecotSettings.flaws(RIGHT)).isEmpty();
  }

  @Test
  void flaws_checkpassword_areNoneWhereItIsOurs() {
    String ours =
        RIGHT
            .replace(
                "file=/etc/dovecot/parano.lua blocking=yes",
                "/usr/local/lib/parano-checkpassword http://127.0.0.1:8145/dovecot/password /f")
            .replace("driver = lua", "driver = checkpassword");
    assertThat(DovecotSettings.flaws(ours)).isEmpty();
    assertThat(DovecotSettings.flaws(ours.replace("parano-checkpassword", "checkpassword-pam")))
        .containsExactly(Flaw.OTHER_PASSWORDS);
  }

  @ParameterizedTest
  @CsvSource({
    "auth_policy_reject_on_fail = yes, '', FAILS_OPEN",
    "auth_policy_reject_on_fail = yes, auth_policy_reject_on_fail = no, FAILS_OPEN",
    "auth_policy_server_url = http, #auth_policy_server_url = http, ASKS_NOBODY",
    "driver = lua, driver = pam, OTHER_PASSWORDS",
    "userdb {, 'passdb {\n driver = passwd-file\n}\nuserdb {', OTHER_PASSWORDS",
    "passdb {, 'auth_cache_size = 10 M\npassdb {', KEEPS_ANSWERS",
    "passdb {, 'auth_policy_log_only = yes\npassdb {', ONLY_LOGS"
  })
  void flaws_oneThingChanged_isNamed(String part, String instead, Flaw flaw) {
    assertThat(RIGHT).contains(part);
    assertThat(DovecotSettings.flaws(RIGHT.replace(part, instead))).containsExactly(flaw);
  }
}
