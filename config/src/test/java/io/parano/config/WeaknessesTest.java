package io.parano.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeaknessesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cookie: { shared: example.com } | COOKIE_SHARED | example.com",
        "listen: [{ tcp: '0.0.0.0:80' }] | LISTENER_IN_THE_CLEAR | 0.0.0.0:80",
        "admin: { tcp: '192.0.2.1:81' } | LISTENER_IN_THE_CLEAR | 192.0.2.1:81",
        "hosts: [{ origin: 'http://app.localhost' }] | SITE_IN_THE_CLEAR | http://app.localhost",
        "sign-in: { origin: 'http://auth.localhost' } | SITE_IN_THE_CLEAR | http://auth.localhost",
        "keyset: { file: k, passphrase: { file: p } } | PASSPHRASE_IN_FILE | /etc/parano/p",
        "logs: debug | LOGS_DEBUG | ",
        "witness-silent: serve | WITNESS_MAY_BE_SILENT | ",
      },
      quoteCharacter = '"')
  void of_weakerSetUp_isNamed(String part, Weakness.Kind kind, String argument) {
    List<String> arguments = argument == null ? List.of() : List.of(argument);
    assertThat(weaknesses(part)).containsExactly(new Weakness(kind, arguments));
  }

  @ParameterizedTest
  @CsvSource({
    "listen: [{ tcp: '127.0.0.9:80' }]",
    "listen: [{ tcp: '[::1]:80' }]",
    "logs: info",
  })
  void of_soundSetUp_isSilent(String part) {
    assertThat(weaknesses(part.replace("''", "'"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void text_everyKind_isSaidInBothLanguages(Weakness.Kind kind) {
    Weakness weakness = Weakness.of(kind, "thing");
    assertThat(weakness.text(Language.EN)).isNotEqualTo(weakness.text(Language.FR));
  }

  @Test
  void of_radiusClients_areNamedForWhatTheyLack() {
    assertThat(radius("addresses: [10.99.0.2], disconnect: '10.99.0.2:3799'")).isEmpty();
    assertThat(radius("addresses: [10.99.0.2]"))
        .containsExactly(Weakness.of(Weakness.Kind.RADIUS_WITHOUT_DISCONNECT, "vpn-1"));
    assertThat(radius("addresses: [10.98.0.2], disconnect: '10.98.0.2:3799'"))
        .containsExactly(Weakness.of(Weakness.Kind.RADIUS_IN_THE_CLEAR, "vpn-1"));
    assertThat(
            radius(
                "addresses: [127.0.0.1], disconnect: '127.0.0.1:3799', message-authenticator:"
                    + " exempt"))
        .containsExactly(Weakness.of(Weakness.Kind.RADIUS_EXEMPT, "vpn-1"));
  }

  @Test
  void of_radiusClientOverTls_isNotInTheClear() {
    String fields = "name: vpn-1, addresses: [10.98.0.2], radsec: vpn.example.com";
    assertThat(weaknesses(Documents.radsec(fields)))
        .containsExactly(Weakness.of(Weakness.Kind.RADIUS_WITHOUT_DISCONNECT, "vpn-1"));
  }

  @Test
  void of_mail_isNamedForWhatItLacks() {
    assertThat(weaknesses(Documents.mail(Documents.NGINX, Documents.DOVEADM))).isEmpty();
    assertThat(weaknesses(Documents.mail(Documents.NGINX, "")))
        .containsExactly(Weakness.of(Weakness.Kind.MAIL_WITHOUT_DOVEADM));
    assertThat(
            weaknesses(
                Documents.mail(
                    Documents.NGINX, Documents.DOVEADM.replace("127.0.0.1", "192.0.2.9"))))
        .containsExactly(
            Weakness.of(Weakness.Kind.DOVEADM_IN_THE_CLEAR, "http://192.0.2.9:8080/doveadm/v1"));
    assertThat(
            weaknesses(
                Documents.mail(Documents.NGINX, Documents.DOVEADM)
                    .replace("127.0.0.1:8145", "192.0.2.1:8145")))
        .containsExactly(Weakness.of(Weakness.Kind.LISTENER_IN_THE_CLEAR, "192.0.2.1:8145"));
  }

  @Test
  void of_tunnelNetworks_areNamedWhenOthersMayHaveThem() {
    assertThat(weaknesses(Documents.wireguard("10.88.0.0/24, 100.64.0.0/16, 'fd88::/64'")))
        .isEmpty();
    assertThat(weaknesses(Documents.wireguard("10.88.0.0/24, 192.0.2.0/24")))
        .containsExactly(Weakness.of(Weakness.Kind.WIREGUARD_NETWORK_PUBLIC, "192.0.2.0/24"));
  }

  private static List<Weakness> radius(String fields) {
    return weaknesses(Documents.radius("name: vpn-1, secret: " + Documents.SEALED + ", " + fields));
  }

  private static List<Weakness> weaknesses(String part) {
    return switch (Configuration.read(Documents.with(part), Documents.FOLDER)) {
      case ConfigurationReading.Read read -> read.weaknesses();
      case ConfigurationReading.Mistaken mistaken -> throw new AssertionError(mistaken);
    };
  }
}
