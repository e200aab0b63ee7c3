package io.parano.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for TLS in tests: its own certificate and those that it signs, for
/// servers and clients alike, lie in a folder, in PEM, as `openssl` would leave them.
public final class TlsAuthority {
  private static final Duration DAY = Duration.ofDays(1);

  private final Path folder;
  private final String name;
  private final KeyPair keys = fresh();
  private int serial = 1;

  private TlsAuthority(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /// The files of one certificate.
  public record Made(Path certificate, Path key) {}

  public static TlsAuthority in(Path folder, String name) {
    TlsAuthority made = new TlsAuthority(folder, name);
    write(made.certificate(), made.signed(name, made.keys, Instant.now().plus(DAY), true));
    return made;
  }

  /// Its own certificate.
  public Path certificate() {
    return folder.resolve(name + ".pem");
  }

  /// A certificate for the DNS name, good for a day.
  public Made certify(String dns) {
    return certify(dns, Instant.now().plus(DAY));
  }

  /// One that ends at `end`, which may be past.
  public Made certify(String dns, Instant end) {
    KeyPair own = fresh();
    Path chain = folder.resolve(name + "-" + dns + "-" + serial + ".pem");
    Path key = folder.resolve(name + "-" + dns + "-" + serial + ".key");
    write(chain, signed(dns, own, end, false));
    try {
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    write(key, pem("PRIVATE KEY", own.getPrivate().getEncoded()));
    return new Made(chain, key);
  }

  private String signed(String subject, KeyPair of, Instant end, boolean authority) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              new X500Name("CN=" + name),
              BigInteger.valueOf(serial++),
              Date.from(Instant.now().minus(DAY.multipliedBy(2))),
              Date.from(end),
              new X500Name("CN=" + subject),
              SubjectPublicKeyInfo.getInstance(of.getPublic().getEncoded()));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(
              authority
                  ? KeyUsage.keyCertSign
                  : KeyUsage.digitalSignature | KeyUsage.keyAgreement));
      if (!authority) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      }
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, subject)));
      return pem(
          "CERTIFICATE",
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded());
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }
}
