package io.parano.app;

import io.parano.web.AuthorityPlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Looks at what door and authority show each other between hosts, before anything is started with
/// it.
final class BetweenPapers {
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private static final Integer DNS = 2;

  private BetweenPapers() {}

  /// What is wrong with them, one line each; nothing on a Unix socket.
  static List<String> objections(AuthorityPlace place, Instant now) {
    return switch (place) {
      case AuthorityPlace.Socket _ -> List.of();
      case AuthorityPlace.Network(var host, int port, var papers, var peer) ->
          objections(papers, peer, now);
    };
  }

  private static List<String> objections(AuthorityPlace.Papers papers, String peer, Instant now) {
    List<String> found = new ArrayList<>();
    try {
      List<X509Certificate> chain = certificates(papers.certificate());
      X509Certificate leaf = chain.getFirst();
      if (now.isAfter(leaf.getNotAfter().toInstant())) {
        found.add(
            Texts.say(
                "between.expired",
                papers.certificate().toString(),
                leaf.getNotAfter().toInstant().toString()));
      }
      if (isNamed(leaf, peer)) {
        found.add(Texts.say("between.same-name", papers.certificate().toString(), peer));
      }
      if (!isOurs(closed(papers.key()), leaf)) {
        found.add(
            Texts.say(
                "between.other-key", papers.key().toString(), papers.certificate().toString()));
      }
      var _ = certificates(papers.authority());
    } catch (IOException e) {
      found.add(Refusal.why(e));
    }
    return found;
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      List<X509Certificate> chain =
          all.stream()
              .filter(X509Certificate.class::isInstance)
              .map(X509Certificate.class::cast)
              .toList();
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (CertificateException e) {
      throw new IOException(Texts.say("between.no-certificate", file.toString()), e);
    }
    throw new IOException(Texts.say("between.no-certificate", file.toString()));
  }

  private static boolean isNamed(X509Certificate leaf, String name) throws IOException {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .anyMatch(
                  one -> DNS.equals(one.getFirst()) && name.equals(String.valueOf(one.get(1))));
    } catch (CertificateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// The file of a key, which is its owner's alone.
  private static Path closed(Path key) throws IOException {
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(key);
    if (found.stream().anyMatch(OTHERS::contains)) {
      throw new IOException(
          Texts.say("between.key-open", key.toString(), PosixFilePermissions.toString(found)));
    }
    return key;
  }

  /// Whether what the key signs verifies under the certificate.
  private static boolean isOurs(Path file, X509Certificate leaf) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    try {
      String body =
          text.replaceAll(
              "(?s).*-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----.*", "$1");
      String algorithm = leaf.getPublicKey().getAlgorithm();
      PrivateKey key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
      String by = signature(algorithm);
      Signature signing = Signature.getInstance(by);
      signing.initSign(key);
      signing.update(leaf.getEncoded());
      Signature verifying = Signature.getInstance(by);
      verifying.initVerify(leaf.getPublicKey());
      verifying.update(leaf.getEncoded());
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(Texts.say("between.no-key", file.toString()), e);
    }
  }

  private static String signature(String algorithm) {
    return switch (algorithm) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> algorithm;
    };
  }
}
