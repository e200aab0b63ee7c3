package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Which makers' tokens, and which of their models, may be enrolled. What is not listed is refused.
public final class AttestationPolicy {
  /// Certificate authorities between a token and its root. Yubico's longest chain has two.
  private static final int MOST_INTERMEDIATES = 3;

  private static final UUID NO_MODEL = new UUID(0, 0);

  private final List<Believed> makers;

  /// Throws [IllegalArgumentException] when a certificate is none, when a root or an intermediate
  /// is no certificate authority, or when a model is the zero AAGUID (which stands for "unknown").
  public AttestationPolicy(List<TokenMaker> makers) {
    this.makers = makers.stream().map(AttestationPolicy::believed).toList();
  }

  public static AttestationPolicy of(TokenMaker... makers) {
    return new AttestationPolicy(List.of(makers));
  }

  /// How the certificate was judged.
  sealed interface Judged {
    record Untrusted(Refusal refusal) implements Judged {}

    record Trusted(String model) implements Judged {}
  }

  /// Steps 23 and 24 of section 7.1.
  Judged judge(AttestationCertificate leaf, UUID aaguid, Instant now) {
    Optional<Refusal> outOfDate = leaf.validityRefusal(now);
    if (outOfDate.isPresent()) {
      return new Judged.Untrusted(outOfDate.get());
    }
    return makers.stream()
        .filter(maker -> maker.certified(leaf.certificate(), now))
        .findFirst()
        .map(maker -> judge(maker.maker(), leaf, aaguid))
        .orElseGet(() ->
            untrusted(
                Reason.ATTESTATION_ROOT_UNKNOWN,
                "no configured root stands above " + Clauses.shown(leaf.issuer())));
  }

  private static Judged judge(TokenMaker maker, AttestationCertificate leaf, UUID aaguid) {
    if (maker.severalModels() && !leaf.namesModel()) {
      return untrusted(
          Reason.ATTESTATION_MODEL_MISMATCH,
          maker.name() + " makes several models, but the certificate names none");
    }
    String model = maker.models().get(aaguid);
    return model == null
        ? untrusted(
            Reason.TOKEN_MODEL_NOT_ALLOWED, "not on the list of " + maker.name() + ": " + aaguid)
        : new Judged.Trusted(model);
  }

  private static Judged untrusted(Reason reason, String detail) {
    return new Judged.Untrusted(new Refusal(reason, "7.1.24", detail));
  }

  private static Believed believed(TokenMaker maker) {
    if (maker.models().containsKey(NO_MODEL)) {
      throw new IllegalArgumentException(
          maker.name() + ": the zero AAGUID names no model and cannot be allowed");
    }
    List<X509Certificate> roots =
        maker.roots().stream().map(der -> certificate(maker, der)).toList();
    Set<TrustAnchor> anchors =
        roots.stream()
            .filter(AttestationPolicy::isAuthority)
            .map(root -> new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null))
            .collect(Collectors.toUnmodifiableSet());
    return new Believed(
        maker,
        anchors,
        roots.stream().filter(root -> !isAuthority(root)).toList(),
        maker.intermediates().stream().map(der -> authority(maker, der)).toList());
  }

  private static X509Certificate authority(TokenMaker maker, Bytes der) {
    X509Certificate found = certificate(maker, der);
    if (!isAuthority(found)) {
      throw new IllegalArgumentException(
          maker.name()
              + ": expected a certificate authority, found "
              + found.getSubjectX500Principal());
    }
    return found;
  }

  private static X509Certificate certificate(TokenMaker maker, Bytes der) {
    return switch (AttestationCertificate.read(der)) {
      case Reading.Malformed<AttestationCertificate>(String detail) ->
          throw new IllegalArgumentException(maker.name() + ": " + detail);
      case Reading.Read<AttestationCertificate>(AttestationCertificate(X509Certificate found)) ->
          found;
    };
  }

  private static boolean isAuthority(X509Certificate certificate) {
    return certificate.getBasicConstraints() != -1;
  }

  /// A maker, with its certificates in the JDK's forms.
  ///
  /// @param tokens attestation certificates that are believed themselves, without an authority
  private record Believed(
      TokenMaker maker,
      Set<TrustAnchor> anchors,
      List<X509Certificate> tokens,
      List<X509Certificate> intermediates) {
    /// Whether the leaf is itself one that we believe, or a path by PKIX (RFC 5280 section 6) leads
    /// from it to a root. Revocation lists are off, since looking them up would open connections: a
    /// withdrawn model or intermediate leaves our lists instead.
    boolean certified(X509Certificate leaf, Instant now) {
      return tokens.stream().anyMatch(token -> believes(token, leaf)) || chained(leaf, now);
    }

    /// The very certificate, or another of the same name that the same key signed itself: makers
    /// without an authority make a new one now and then.
    private static boolean believes(X509Certificate token, X509Certificate leaf) {
      return leaf.equals(token)
          || (leaf.getSubjectX500Principal().equals(token.getSubjectX500Principal())
              && leaf.getPublicKey().equals(token.getPublicKey())
              && signedBy(token.getPublicKey(), leaf));
    }

    private static boolean signedBy(PublicKey key, X509Certificate certificate) {
      try {
        certificate.verify(key);
        return true;
      } catch (GeneralSecurityException e) {
        return false;
      }
    }

    private boolean chained(X509Certificate leaf, Instant now) {
      if (anchors.isEmpty()) {
        return false;
      }
      try {
        CertPathBuilder.getInstance("PKIX").build(parameters(leaf, now));
        return true;
      } catch (CertPathBuilderException e) {
        return false;
      } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
        throw new IllegalStateException("the JDK builds PKIX paths", e);
      }
    }

    private PKIXBuilderParameters parameters(X509Certificate leaf, Instant now)
        throws InvalidAlgorithmParameterException, NoSuchAlgorithmException {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(leaf);
      List<X509Certificate> known = new ArrayList<>(intermediates);
      known.add(leaf);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
      parameters.setRevocationEnabled(false);
      parameters.setMaxPathLength(MOST_INTERMEDIATES);
      parameters.setDate(Date.from(now));
      return parameters;
    }
  }
}
