package io.parano.app;

import io.parano.sshcert.CertificateReading;
import io.parano.sshcert.PrivateKey;
import io.parano.sshcert.PrivateKeyReading;
import io.parano.sshcert.SignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody's own SSH key, and what becomes of certificates over it: into the agent, which forgets
/// them when they end, or beside the key where no agent can take them.
final class SshLogin {
  private final Path key;
  private final String publicLine;
  private final @Nullable AgentSocket agent;
  private final String provider;

  private SshLogin(Path key, String publicLine, @Nullable AgentSocket agent, String provider) {
    this.key = key;
    this.publicLine = publicLine;
    this.agent = agent;
    this.provider = provider;
  }

  /// @param key the private key's file, beside which the public one lies
  static SshLogin with(Path key, Map<String, String> environment) throws IOException {
    String socket = environment.getOrDefault("SSH_AUTH_SOCK", "");
    return new SshLogin(
        key,
        Files.readString(beside(key, ".pub")).strip(),
        socket.isEmpty() ? null : new AgentSocket(Path.of(socket)),
        // OpenSSH's own word for what is built into it.
        environment.getOrDefault("SSH_SK_PROVIDER", "internal"));
  }

  String publicLine() {
    return publicLine;
  }

  /// What was done with each certificate, for the person.
  List<String> take(Json answer) throws IOException {
    List<String> told = new ArrayList<>();
    Instant until = Instant.parse(answer.text("usableUntil"));
    long seconds = Math.max(1, Duration.between(Instant.now(), until).toSeconds());
    for (Json one : answer.list("certificates")) {
      boolean jump = one.text("for").equals("jump");
      SignedCertificate certificate = certificate(one.text("certificate"));
      if (added(certificate, seconds)) {
        told.add(Texts.say("ssh.in-agent", one.text("for"), Times.minute(until.toString())));
      } else {
        Path file = beside(key, jump ? "-jump-cert.pub" : "-cert.pub");
        Files.writeString(file, certificate.line("parano") + "\n");
        told.add(Texts.say("ssh.in-file", file.toString(), Times.minute(until.toString())));
      }
    }
    return told;
  }

  private static SignedCertificate certificate(String line) throws IOException {
    return switch (CertificateReading.ofLine(line)) {
      case CertificateReading.Malformed(var flaw) ->
          throw new IOException(Texts.say("ssh.no-certificate", flaw.code()));
      case CertificateReading.Read(var read) -> read;
    };
  }

  /// An agent takes a certificate only together with its key, which a passphrase may seal.
  private boolean added(SignedCertificate certificate, long seconds) throws IOException {
    if (agent == null || !Files.isReadable(key)) {
      return false;
    }
    return switch (PrivateKeyReading.of(Files.readString(key))) {
      case PrivateKeyReading.Malformed malformed -> false;
      case PrivateKeyReading.Read(var own) -> {
        try (PrivateKey opened = own) {
          yield added(opened, certificate, seconds);
        }
      }
    };
  }

  private boolean added(PrivateKey own, SignedCertificate certificate, long seconds)
      throws IOException {
    if (agent == null || !own.publicKey().equals(certificate.certificate().key())) {
      return false;
    }
    byte[] request = own.addition(certificate, "parano", seconds, provider);
    try {
      return agent.ask(request);
    } finally {
      Arrays.fill(request, (byte) 0);
    }
  }

  private static Path beside(Path key, String ending) {
    return key.resolveSibling(key.getFileName() + ending);
  }
}
