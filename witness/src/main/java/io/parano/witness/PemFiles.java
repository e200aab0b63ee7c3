package io.parano.witness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The server side of TLS, from files in PEM. Throws [IOException] with a sentence for the
/// operator.
public final class PemFiles {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private PemFiles() {}

  static SSLContext server(WitnessSetup.Tls tls) throws IOException {
    return server(tls.certificate(), tls.key(), null);
  }

  /// @param certificate our chain
  /// @param key its private key
  /// @param authority whose word on clients' certificates counts; null where none are asked for
  public static SSLContext server(Path certificate, Path key, @Nullable Path authority)
      throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", key(key), new char[0], chain(certificate));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), authority == null ? null : trusting(authority), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(Texts.say("tls.unusable", certificate.toString(), key.toString()), e);
    }
  }

  private static TrustManager[] trusting(Path authority)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    Certificate[] authorities = chain(authority);
    if (authorities.length == 0) {
      throw new IOException(Texts.say("tls.no-authority", authority.toString()));
    }
    for (int i = 0; i < authorities.length; i++) {
      trusted.setCertificateEntry(Integer.toString(i), authorities[i]);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .toArray(Certificate[]::new);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new IOException(Texts.say("tls.no-key", file.toString()));
    }
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to));
    } catch (IllegalArgumentException e) {
      // Not as the cause: its message may quote what the file says.
      throw new IOException(Texts.say("tls.no-key", file.toString()));
    }
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // Of another kind: the next is tried.
      }
    }
    throw new IOException(Texts.say("tls.no-key", file.toString()));
  }
}
