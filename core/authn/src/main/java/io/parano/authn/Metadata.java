package io.parano.authn;

import io.parano.authn.MetadataOutcome.Flaw;
import io.parano.kernel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a BLOB of FIDO's Metadata Service (version 3), which somebody brought as a file: a JWS in
/// compact form (RFC 7515) whose header holds the chain of its signer. Nothing is looked up,
/// neither the header's `x5u` nor revocation lists: a signer that was revoked is noticed when the
/// root is.
public final class Metadata {
  /// The service's own is some megabytes, most of it pictures.
  public static final int MOST_BYTES = 32 << 20;

  private static final String SIGNER = "mds.fidoalliance.org";
  private static final Bytes COMMON_NAME = Bytes.fromHex("550403");
  private static final int MOST_CERTIFICATES = 5;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

  /// RFC 7518 section 3.1, with the JDK's names and those of the keys that belong to them.
  private static final Map<String, List<String>> ALGORITHMS =
      Map.of(
          "RS256", List.of("SHA256withRSA", "RSA"),
          "ES256", List.of("SHA256withECDSAinP1363Format", "EC"));

  private Metadata() {}

  /// The root above FIDO's metadata service: GlobalSign Root CA - R3, SHA-256
  /// `CBB522D7B7F127AD6A0113865BDF1CD4102E7D0759AF635A7CF4720DC963C53B`.
  public static List<Bytes> roots() {
    try (InputStream in = Metadata.class.getResourceAsStream("fido-metadata-root.pem")) {
      if (in == null) {
        throw new IllegalStateException("this build lacks fido-metadata-root.pem");
      }
      return YubicoModels.certificates(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read fido-metadata-root.pem", e);
    }
  }

  /// @param roots the certificates, in DER, that may stand above the signer
  public static MetadataOutcome read(Bytes blob, List<Bytes> roots, Instant now) {
    try {
      return new MetadataOutcome.Read(verified(blob, roots, now));
    } catch (Flawed e) {
      return new MetadataOutcome.Refused(e.flaw, String.valueOf(e.getMessage()));
    }
  }

  private static CheckedMetadata verified(Bytes blob, List<Bytes> roots, Instant now)
      throws Flawed {
    if (blob.length() > MOST_BYTES) {
      throw new Flawed(Flaw.FORM, "expected at most " + MOST_BYTES + " bytes");
    }
    String text = new String(blob.copy(), StandardCharsets.ISO_8859_1).strip();
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new Flawed(Flaw.FORM, "expected three parts in base64url with full stops between");
    }
    Map<String, Json.Value> header = object(parts.group(1), Flaw.HEADER);
    List<String> algorithm = ALGORITHMS.get(text(header, "alg", Flaw.HEADER));
    if (algorithm == null) {
      throw new Flawed(Flaw.HEADER, "expected the algorithm RS256 or ES256");
    }
    if (header.containsKey("crit")) {
      throw new Flawed(Flaw.HEADER, "expected no extension that must be understood");
    }
    X509Certificate signer = signer(chain(header), roots, now);
    String signed = parts.group(1) + "." + parts.group(2);
    if (!isSigned(signer, algorithm, signed, decoded(parts.group(3), Flaw.FORM))) {
      throw new Flawed(Flaw.SIGNATURE, "expected a signature by " + SIGNER);
    }
    return MetadataPayload.read(object(parts.group(2), Flaw.PAYLOAD));
  }

  private static List<X509Certificate> chain(Map<String, Json.Value> header) throws Flawed {
    if (!(header.get("x5c") instanceof Json.Row(List<Json.Value> items))
        || items.isEmpty()
        || items.size() > MOST_CERTIFICATES) {
      throw new Flawed(
          Flaw.HEADER, "expected x5c with 1 to " + MOST_CERTIFICATES + " certificates");
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (Json.Value item : items) {
      chain.add(certificate(item));
    }
    return chain;
  }

  private static X509Certificate certificate(Json.Value item) throws Flawed {
    if (item instanceof Json.Text(String base64)) {
      try {
        if (AttestationCertificate.read(Bytes.of(Base64.getDecoder().decode(base64)))
            instanceof
            Reading.Read<AttestationCertificate>(AttestationCertificate(X509Certificate found))) {
          return found;
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw new Flawed(Flaw.HEADER, "expected certificates in base64 and DER in x5c");
  }

  private static X509Certificate signer(List<X509Certificate> chain, List<Bytes> roots, Instant now)
      throws Flawed {
    X509Certificate signer = chain.getFirst();
    try {
      CertPathBuilder.getInstance("PKIX").build(parameters(chain, roots, now));
    } catch (GeneralSecurityException e) {
      throw new Flawed(Flaw.CHAIN, "expected a chain to FIDO's root that is valid on this day");
    }
    boolean named =
        DerName.single(DerName.read(signer.getSubjectX500Principal().getEncoded()), COMMON_NAME)
            .filter(SIGNER::equals)
            .isPresent();
    boolean[] usage = signer.getKeyUsage();
    if (!named || signer.getBasicConstraints() != -1 || (usage != null && !usage[0])) {
      throw new Flawed(Flaw.SIGNER, "expected the certificate of " + SIGNER);
    }
    return signer;
  }

  private static PKIXBuilderParameters parameters(
      List<X509Certificate> chain, List<Bytes> roots, Instant now) throws GeneralSecurityException {
    Set<TrustAnchor> anchors =
        roots.stream()
            .map(Metadata::root)
            .map(root -> new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null))
            .collect(Collectors.toSet());
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(chain.getFirst());
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    return parameters;
  }

  private static X509Certificate root(Bytes der) {
    return switch (AttestationCertificate.read(der)) {
      case Reading.Malformed<AttestationCertificate>(String detail) ->
          throw new IllegalArgumentException(detail);
      case Reading.Read<AttestationCertificate>(AttestationCertificate(X509Certificate found)) ->
          found;
    };
  }

  private static boolean isSigned(
      X509Certificate signer, List<String> algorithm, String signed, byte[] signature) {
    if (!signer.getPublicKey().getAlgorithm().equals(algorithm.getLast())) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(algorithm.getFirst());
      verifier.initVerify(signer.getPublicKey());
      verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Map<String, Json.Value> object(String part, Flaw flaw) throws Flawed {
    String text = new String(decoded(part, flaw), StandardCharsets.UTF_8);
    return switch (Json.readObject(text)) {
      case Reading.Malformed<Map<String, Json.Value>>(String detail) ->
          throw new Flawed(flaw, detail);
      case Reading.Read<Map<String, Json.Value>>(Map<String, Json.Value> members) -> members;
    };
  }

  private static byte[] decoded(String part, Flaw flaw) throws Flawed {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw new Flawed(flaw, "expected base64url");
    }
  }

  static String text(Map<String, Json.Value> members, String name, Flaw flaw) throws Flawed {
    if (members.get(name) instanceof Json.Text(String value)) {
      return value;
    }
    throw new Flawed(flaw, "expected a text as " + name);
  }

  /// The first flaw, on its way out.
  static final class Flawed extends Exception {
    private static final long serialVersionUID = 1;

    private final Flaw flaw;

    Flawed(Flaw flaw, String detail) {
      super(detail);
      this.flaw = flaw;
    }
  }
}
