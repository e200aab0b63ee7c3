package io.parano.authn;

import io.parano.authn.CoseAlgorithm.SignatureCheck;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What an authenticator says of itself (WebAuthn Level 3 section 8), verified as far as its own
/// bytes go: the signature, and the certificate's form. Whether its maker is believed is
/// [AttestationPolicy]'s question.
///
/// Two formats are read, `packed` with certificates and `fido-u2f`, because security keys use no
/// other; self attestation and none prove nothing about hardware and are refused by name.
final class AttestationStatement {
  private static final String PACKED = "7.1.22 (8.2)";
  private static final String U2F = "7.1.22 (8.6)";
  private static final int MOST_CERTIFICATES = 5;

  private AttestationStatement() {}

  /// All that a statement is about, parsed.
  ///
  /// @param key the credential's public key
  record Claim(
      AttestationObject object,
      AuthenticatorData data,
      AuthenticatorData.Attested attested,
      CoseKey key,
      Digest clientDataHash) {}

  /// How a statement was judged.
  sealed interface Judged {
    record Refused(Refusal refusal) implements Judged {}

    record Sound(AttestationCertificate certificate) implements Judged {}
  }

  /// Steps 21 and 22 of section 7.1.
  static Judged judge(Claim claim) {
    return switch (claim.object().format()) {
      case "packed" -> packed(claim);
      case "fido-u2f" -> u2f(claim);
      case "none" ->
          refused("7.1.24", Reason.ATTESTATION_FORMAT_REFUSED, "no attestation was given");
      default ->
          refused(
              "7.1.21",
              Reason.ATTESTATION_FORMAT_REFUSED,
              "expected packed or fido-u2f, found " + Clauses.shown(claim.object().format()));
    };
  }

  /// Section 8.2.
  private static Judged packed(Claim claim) {
    Cbor.Table statement = claim.object().statement();
    Optional<Long> algorithm = statement.integer("alg");
    Optional<Bytes> signature = statement.bytes("sig");
    if (algorithm.isEmpty() || signature.isEmpty()) {
      return refused(PACKED, Reason.ATTESTATION_MALFORMED, "expected alg and sig");
    }
    if (statement.get("x5c").isEmpty()) {
      return refused(
          "7.1.24", Reason.ATTESTATION_FORMAT_REFUSED, "self attestation proves no hardware");
    }
    return switch (leaf(statement, 3)) {
      case Reading.Malformed<AttestationCertificate>(String detail) ->
          refused(PACKED, Reason.ATTESTATION_MALFORMED, detail);
      case Reading.Read<AttestationCertificate>(AttestationCertificate leaf) ->
          judged(
              leaf,
              signatureRefusal(
                      PACKED,
                      algorithm.flatMap(CoseAlgorithm::of),
                      leaf,
                      signature.get(),
                      claim.object().authenticatorData().copy(),
                      claim.clientDataHash().bytes())
                  .or(leaf::packedRefusal)
                  .or(() -> modelRefusal(PACKED, claim, leaf)));
    };
  }

  /// Section 8.6. The signature covers neither the flags nor the AAGUID, so that these are claims
  /// until the certificate names the model, and until the first assertion shows that a PIN was
  /// asked for.
  private static Judged u2f(Claim claim) {
    Cbor.Table statement = claim.object().statement();
    Optional<Bytes> signature = statement.bytes("sig");
    if (signature.isEmpty()) {
      return refused(U2F, Reason.ATTESTATION_MALFORMED, "expected sig");
    }
    return switch (leaf(statement, 2)) {
      case Reading.Malformed<AttestationCertificate>(String detail) ->
          refused(U2F, Reason.ATTESTATION_MALFORMED, detail);
      case Reading.Read<AttestationCertificate>(AttestationCertificate leaf) ->
          judged(leaf, u2fRefusal(claim, signature.get(), leaf));
    };
  }

  private static Optional<Refusal> u2fRefusal(
      Claim claim, Bytes signature, AttestationCertificate leaf) {
    if (certificates(claim.object().statement()).size() != 1) {
      return refusal(U2F, Reason.ATTESTATION_MALFORMED, "expected exactly one certificate");
    }
    if (claim.key().algorithm() != CoseAlgorithm.ES256) {
      return refusal(U2F, Reason.ATTESTATION_MALFORMED, "U2F keys are of P-256 alone");
    }
    Cbor.Table key = claim.attested().key();
    return signatureRefusal(
            U2F,
            Optional.of(CoseAlgorithm.ES256),
            leaf,
            signature,
            new byte[] {0},
            claim.data().rpIdHash().copy(),
            claim.clientDataHash().bytes(),
            claim.attested().credentialId().copy(),
            new byte[] {4},
            key.bytes(-2).orElseThrow().copy(),
            key.bytes(-3).orElseThrow().copy())
        .or(() -> leaf.endEntityRefusal(U2F))
        .or(() -> modelRefusal(U2F, claim, leaf));
  }

  private static Optional<Refusal> signatureRefusal(
      String clause,
      Optional<CoseAlgorithm> algorithm,
      AttestationCertificate leaf,
      Bytes signature,
      byte[]... message) {
    if (algorithm.isEmpty()) {
      return refusal(clause, Reason.ATTESTATION_SIGNATURE_INVALID, "the algorithm is unknown here");
    }
    SignatureCheck check = algorithm.get().check(leaf.publicKey(), signature, message);
    return switch (check) {
      case KEY_OF_ANOTHER_KIND ->
          refusal(
              clause,
              Reason.ATTESTATION_CERTIFICATE_INVALID,
              "expected a certificate with a key for " + algorithm.get());
      case WRONG ->
          refusal(
              clause,
              Reason.ATTESTATION_SIGNATURE_INVALID,
              "the signature is not the certificate's over these bytes");
      case RIGHT -> Optional.empty();
    };
  }

  private static Optional<Refusal> modelRefusal(
      String clause, Claim claim, AttestationCertificate leaf) {
    UUID claimed = claim.attested().aaguid();
    if (!leaf.namesModel() || leaf.model().equals(Optional.of(claimed))) {
      return Optional.empty();
    }
    return refusal(
        clause,
        Reason.ATTESTATION_MODEL_MISMATCH,
        "the certificate is for %s, the token claims %s"
            .formatted(leaf.model().map(Object::toString).orElse("no readable model"), claimed));
  }

  /// The first certificate, once all of them are certificates and the statement has no member too
  /// many.
  private static Reading<AttestationCertificate> leaf(Cbor.Table statement, int members) {
    List<Cbor.Item> chain = certificates(statement);
    if (statement.entries().size() != members
        || chain.isEmpty()
        || chain.size() > MOST_CERTIFICATES) {
      return new Reading.Malformed<>(
          "expected " + members + " members, with one to " + MOST_CERTIFICATES + " certificates");
    }
    List<AttestationCertificate> read = new ArrayList<>();
    for (Cbor.Item item : chain) {
      if (!(item instanceof Cbor.ByteString(Bytes der))) {
        return new Reading.Malformed<>("expected certificates as bytes");
      }
      switch (AttestationCertificate.read(der)) {
        case Reading.Malformed<AttestationCertificate> malformed -> {
          return malformed;
        }
        case Reading.Read<AttestationCertificate>(AttestationCertificate certificate) ->
            read.add(certificate);
      }
    }
    return new Reading.Read<>(read.getFirst());
  }

  private static List<Cbor.Item> certificates(Cbor.Table statement) {
    return statement
        .get("x5c")
        .map(item ->
            item instanceof Cbor.Array(List<Cbor.Item> items) ? items : List.<Cbor.Item>of())
        .orElse(List.of());
  }

  private static Judged judged(AttestationCertificate leaf, Optional<Refusal> refusal) {
    return refusal.<Judged>map(Judged.Refused::new).orElseGet(() -> new Judged.Sound(leaf));
  }

  private static Judged refused(String clause, Reason reason, String detail) {
    return new Judged.Refused(new Refusal(reason, clause, detail));
  }

  private static Optional<Refusal> refusal(String clause, Reason reason, String detail) {
    return Optional.of(new Refusal(reason, clause, detail));
  }
}
