package io.parano.authn;

import io.parano.kernel.Reason;
import java.util.Optional;
import java.util.Set;

/// What may stand in the authenticator's extension outputs though we ask for no extension (WebAuthn
/// Level 3 steps 7.1.28 and 7.2.23 leave it to us).
///
/// Browsers and platforms ask for a few by themselves, above all for discoverable credentials;
/// those change nothing that we rely on. Whatever else appears means that somebody between the page
/// and the token asks for things in our name.
final class Extensions {
  private static final Set<String> HARMLESS =
      Set.of("credProtect", "credBlob", "hmac-secret", "minPinLength");

  private Extensions() {}

  static Optional<Refusal> refusal(Cbor.Table extensions, String clause) {
    return extensions.entries().keySet().stream()
        .map(key -> key instanceof Cbor.Text(String name) ? name : "")
        .filter(name -> !HARMLESS.contains(name))
        .findFirst()
        .map(name ->
            new Refusal(
                Reason.EXTENSION_UNSOLICITED,
                clause,
                "nobody asked for the extension " + Clauses.shown(name)));
  }
}
