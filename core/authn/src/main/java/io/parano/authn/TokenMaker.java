package io.parano.authn;

import io.parano.kernel.Bytes;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A maker of hardware tokens, as far as we believe it.
///
/// @param roots the certificates, in DER, whose subject and public key are the ends of trust. Their
///   other fields, validity included, do not count: makers reissue a root over the same key. One
///   that is no certificate authority stands for the tokens that present it, and issues nothing
/// @param intermediates all certificate authorities, in DER, that may stand between a token and a
///   root. They are believed no further than their own chain to a root; what a token itself
///   presents beyond its own certificate is not used
/// @param models the models that may be enrolled, by AAGUID, with the names that people read; every
///   other is refused
/// @param severalModels whether the roots stand above more than one model, so that each token's
///   certificate must name its own (WebAuthn Level 3 section 8.2.1)
public record TokenMaker(
    String name,
    List<Bytes> roots,
    List<Bytes> intermediates,
    Map<UUID, String> models,
    boolean severalModels) {
  public TokenMaker {
    roots = List.copyOf(roots);
    intermediates = List.copyOf(intermediates);
    models = Map.copyOf(models);
  }

  /// A maker of several models.
  public TokenMaker(
      String name, List<Bytes> roots, List<Bytes> intermediates, Map<UUID, String> models) {
    this(name, roots, intermediates, models, true);
  }
}
