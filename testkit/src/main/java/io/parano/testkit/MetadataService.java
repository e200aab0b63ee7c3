package io.parano.testkit;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// FIDO's metadata service as far as a test needs it: a root of its own, an authority under it, and
/// BLOBs that its signer has signed.
public final class MetadataService {
  public static final String SIGNER = "mds.fidoalliance.org";

  private final AttestationAuthority authority;
  private final AttestationKey signer;

  private MetadataService(AttestationAuthority authority, String signer) {
    this.authority = authority;
    this.signer =
        authority.batch(
            LeafShape.of(new UUID(0, 0))
                .aaguid(null)
                .unit(null)
                .organization("FIDO Alliance, made for a test")
                .commonName(signer));
  }

  public static MetadataService make(Instant now, Randomness randomness) {
    return new MetadataService(
        AttestationAuthority.make("Test Metadata Root", now, randomness)
            .withIntermediate("Test Metadata Authority"),
        SIGNER);
  }

  /// The same root above a signer of another name.
  public MetadataService signingAs(String name) {
    return new MetadataService(authority, name);
  }

  /// DER.
  public Bytes root() {
    return authority.root();
  }

  /// An entry about a model, with a report for each status.
  public static String entry(UUID model, String... statuses) {
    return "{\"aaguid\":\"%s\",\"metadataStatement\":{\"description\":\"a model\"},\"statusReports\":[%s]}"
        .formatted(
            model,
            Arrays.stream(statuses)
                .map("{\"status\":\"%s\",\"effectiveDate\":\"2026-01-01\"}"::formatted)
                .collect(Collectors.joining(",")));
  }

  /// A BLOB, right in every field.
  public Bytes blob(long number, String nextUpdate, String... entries) {
    return signed(
        header(),
        "{\"legalHeader\":\"for tests\",\"no\":%d,\"nextUpdate\":\"%s\",\"entries\":[%s]}"
            .formatted(number, nextUpdate, String.join(",", entries)));
  }

  public String header() {
    return header(signer.certificates());
  }

  private static String header(List<Bytes> certificates) {
    return "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"x5c\":[%s]}"
        .formatted(
            certificates.stream()
                .map(der -> Base64.getEncoder().encodeToString(der.copy()))
                .map("\"%s\""::formatted)
                .collect(Collectors.joining(",")));
  }

  /// Whatever these say, signed.
  public Bytes signed(String header, String payload) {
    String signed = part(header) + "." + part(payload);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(signer.keys().getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return bytes(signed + "." + encoded(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK signs with ES256", e);
    }
  }

  /// The base64url of a part.
  public static String part(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
