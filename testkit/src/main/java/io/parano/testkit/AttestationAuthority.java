package io.parano.testkit;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// A maker of security keys: a root made at run time, intermediates as wanted, and the attestation
/// certificates of batches.
public final class AttestationAuthority {
  private static final ASN1ObjectIdentifier AAGUID_EXTENSION =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.45724.1.1.4");
  private static final Duration LIFE = Duration.ofDays(3650);

  private final SecureRandom random;
  private final Instant notBefore;
  private final Instant notAfter;
  private final KeyPair root;
  private final Bytes rootCertificate;
  private final List<Bytes> intermediates;
  private final KeyPair issuer;
  private final X500Name issuerName;

  private AttestationAuthority(
      SecureRandom random,
      Instant notBefore,
      KeyPair root,
      Bytes rootCertificate,
      List<Bytes> intermediates,
      KeyPair issuer,
      X500Name issuerName) {
    this.random = random;
    this.notBefore = notBefore;
    this.notAfter = notBefore.plus(LIFE);
    this.root = root;
    this.rootCertificate = rootCertificate;
    this.intermediates = List.copyOf(intermediates);
    this.issuer = issuer;
    this.issuerName = issuerName;
  }

  /// An authority whose root issues attestation certificates itself.
  ///
  /// @param name the root's common name
  /// @param now from when its certificates are valid, for ten years
  public static AttestationAuthority make(String name, Instant now, Randomness randomness) {
    SecureRandom random = new DrawnRandom(randomness);
    KeyPair root = KeyAlgorithm.ES256.generate(random);
    X500Name subject = name(null, "Parano software keys", null, name);
    AttestationAuthority bare =
        new AttestationAuthority(random, now, root, Bytes.EMPTY, List.of(), root, subject);
    Bytes certificate = bare.authorityCertificate(subject, root.getPublic());
    return new AttestationAuthority(random, now, root, certificate, List.of(), root, subject);
  }

  /// The same root with one more intermediate under the last one; batches are issued by it.
  public AttestationAuthority withIntermediate(String name) {
    KeyPair keys = KeyAlgorithm.ES256.generate(random);
    X500Name subject = name(null, "Parano software keys", null, name);
    List<Bytes> longer = new ArrayList<>(intermediates);
    longer.addFirst(authorityCertificate(subject, keys.getPublic()));
    return new AttestationAuthority(
        random, notBefore, root, rootCertificate, longer, keys, subject);
  }

  /// What the holder of a batch's attestation key could do with it: issue certificates in its name,
  /// though it is no authority.
  public AttestationAuthority abusedBy(AttestationKey batch) {
    try {
      return new AttestationAuthority(
          random,
          notBefore,
          root,
          rootCertificate,
          batch.certificates(),
          batch.keys(),
          new X509CertificateHolder(batch.certificates().getFirst().copy()).getSubject());
    } catch (IOException e) {
      throw new UncheckedIOException("a batch has a certificate of ours", e);
    }
  }

  /// The root, DER.
  public Bytes root() {
    return rootCertificate;
  }

  /// Another certificate over the root's name and key, DER, as makers issue now and then.
  public Bytes reissuedRoot() {
    try {
      X500Name name = new X509CertificateHolder(rootCertificate.copy()).getSubject();
      return new AttestationAuthority(random, notBefore, root, Bytes.EMPTY, List.of(), root, name)
          .authorityCertificate(name, root.getPublic());
    } catch (IOException e) {
      throw new UncheckedIOException("the root is a certificate of ours", e);
    }
  }

  /// The intermediates, DER, nearest to the leaf first.
  public List<Bytes> intermediates() {
    return intermediates;
  }

  /// A batch of one model, right in every field.
  public AttestationKey batch(UUID aaguid) {
    return batch(LeafShape.of(aaguid));
  }

  /// A batch with whatever certificate the shape says. Its chain carries the intermediates.
  public AttestationKey batch(LeafShape shape) {
    KeyPair keys = shape.algorithm.generate(random);
    List<Bytes> chain = new ArrayList<>(intermediates);
    chain.addFirst(leaf(shape, keys.getPublic()));
    return new AttestationKey(shape.algorithm, keys, chain);
  }

  private Bytes authorityCertificate(X500Name subject, PublicKey key) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuerName,
              serial(),
              Date.from(notBefore),
              Date.from(notAfter),
              subject,
              SubjectPublicKeyInfo.getInstance(key.getEncoded()));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      return Bytes.of(builder.build(signer()).getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException("certificates are written to memory", e);
    }
  }

  private Bytes leaf(LeafShape shape, PublicKey key) {
    Date first = Date.from(shape.notBefore == null ? notBefore : shape.notBefore);
    Date last = Date.from(shape.notAfter == null ? notAfter : shape.notAfter);
    X500Name subject = name(shape.country, shape.organization, shape.unit, shape.commonName);
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
    try {
      if (shape.version == 1) {
        return Bytes.of(
            new X509v1CertificateBuilder(issuerName, serial(), first, last, subject, info)
                .build(signer())
                .getEncoded());
      }
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(issuerName, serial(), first, last, subject, info);
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(shape.certificateAuthority));
      if (shape.aaguid != null) {
        byte[] model = bytes(shape.aaguid);
        builder.addExtension(
            AAGUID_EXTENSION,
            shape.aaguidCritical,
            shape.aaguidWrappedOnce ? model : new DEROctetString(model).getEncoded());
      }
      return Bytes.of(builder.build(signer()).getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException("certificates are written to memory", e);
    }
  }

  private ContentSigner signer() {
    try {
      return new JcaContentSignerBuilder("SHA256withECDSA")
          .setSecureRandom(random)
          .build(issuer.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("the JDK signs with ES256", e);
    }
  }

  private BigInteger serial() {
    return new BigInteger(127, random).setBit(126);
  }

  private static X500Name name(
      @Nullable String country,
      @Nullable String organization,
      @Nullable String unit,
      @Nullable String commonName) {
    X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
    if (country != null) {
      builder.addRDN(BCStyle.C, country);
    }
    if (organization != null) {
      builder.addRDN(BCStyle.O, organization);
    }
    if (unit != null) {
      builder.addRDN(BCStyle.OU, unit);
    }
    if (commonName != null) {
      builder.addRDN(BCStyle.CN, commonName);
    }
    return builder.build();
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
