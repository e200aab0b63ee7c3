package io.parano.sshcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenSSH's own fixtures (regress/unittests/authopt and sshkey).
class VectorsTest {
  @ParameterizedTest
  @ValueSource(strings = {"ecdsa_1", "ecdsa_sk1", "ed25519_1", "ed25519_sk1", "rsa_1"})
  void key_ofOpenssh_hasItsFingerprintAndIsWrittenAsItCame(String name) {
    String line = text(name + ".pub").strip();
    SshKey key = read(line);
    assertThat(key.fingerprint()).isEqualTo(text(name + ".fp").strip());
    assertThat(line).startsWith(key.line(""));
  }

  @ParameterizedTest
  @CsvSource({
    "ecdsa_1-cert.pub,NOT_VERIFIABLE,HOST,7,julius",
    "ecdsa_sk1-cert.pub,NOT_VERIFIABLE,HOST,7,julius",
    "ed25519_1-cert.pub,HOLDS,HOST,8,julius",
    "ed25519_sk1-cert.pub,HOLDS,HOST,8,julius",
    "rsa_1-cert.pub,HOLDS,HOST,5,julius",
    "rsa_1_sha1-cert.pub,NOT_VERIFIABLE,USER,1,hugo",
    "rsa_1_sha512-cert.pub,NOT_VERIFIABLE,USER,1,hugo",
    "all_permit.cert,HOLDS,USER,1,user",
    "bad_sourceaddr.cert,HOLDS,USER,1,user",
    "force_command.cert,HOLDS,USER,1,user",
    "host.cert,HOLDS,HOST,1,user",
    "no_agentfwd.cert,HOLDS,USER,1,user",
    "no_permit.cert,HOLDS,USER,1,user",
    "no_portfwd.cert,HOLDS,USER,1,user",
    "no_pty.cert,HOLDS,USER,1,user",
    "no_user_rc.cert,HOLDS,USER,1,user",
    "no_x11fwd.cert,HOLDS,USER,1,user",
    "only_agentfwd.cert,HOLDS,USER,1,user",
    "only_portfwd.cert,HOLDS,USER,1,user",
    "only_pty.cert,HOLDS,USER,1,user",
    "only_user_rc.cert,HOLDS,USER,1,user",
    "only_x11fwd.cert,HOLDS,USER,1,user",
    "sourceaddr.cert,HOLDS,USER,1,user",
    "unknown_critical.cert,HOLDS,USER,1,user"
  })
  void certificate_ofOpenssh_isReadAndWrittenAsItCame(
      String name, Signing signing, Certificate.Kind kind, long serial, String keyId) {
    SignedCertificate read = certificate(name);
    assertThat(read.signing()).isEqualTo(signing);
    assertThat(read.certificate().kind()).isEqualTo(kind);
    assertThat(read.certificate().serial()).isEqualTo(serial);
    assertThat(read.certificate().keyId()).isEqualTo(keyId);
    byte[] signed = read.certificate().toBeSigned();
    assertThat(read.blob().copy()).startsWith(signed);
  }

  @Test
  void options_ofOpenssh_sayWhatTheyAreNamedFor() {
    assertThat(certificate("sourceaddr.cert").certificate().option(Certificate.SOURCE_ADDRESS))
        .contains("127.0.0.1/32,::1/128");
    assertThat(certificate("force_command.cert").certificate().option(Certificate.FORCE_COMMAND))
        .contains("foo");
    assertThat(certificate("all_permit.cert").certificate().extensions().keySet())
        .containsExactly(
            "permit-X11-forwarding",
            "permit-agent-forwarding",
            "permit-port-forwarding",
            "permit-pty",
            "permit-user-rc");
    assertThat(certificate("no_permit.cert").certificate().extensions()).isEmpty();
    assertThat(certificate("unknown_critical.cert").certificate().critical()).isNotEmpty();
  }

  @Test
  void certificate_overKeysOfEveryKind_isForTheKeyBesideIt() {
    for (String name : List.of("ecdsa_1", "ecdsa_sk1", "ed25519_1", "ed25519_sk1", "rsa_1")) {
      assertThat(certificate(name + "-cert.pub").certificate().key())
          .isEqualTo(read(text(name + ".pub")));
    }
  }

  private static SshKey read(String line) {
    return switch (KeyReading.ofLine(line)) {
      case KeyReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case KeyReading.Read(var key) -> key;
    };
  }

  private static SignedCertificate certificate(String name) {
    return switch (CertificateReading.ofLine(text(name))) {
      case CertificateReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case CertificateReading.Read(var certificate) -> certificate;
    };
  }

  private static String text(String name) {
    try (InputStream in = VectorsTest.class.getResourceAsStream("openssh/" + name)) {
      if (in == null) {
        throw new AssertionError("no fixture " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
