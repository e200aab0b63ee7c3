package io.parano.demo;

import io.parano.kernel.Bytes;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.GetOptions;
import java.util.List;
import java.util.Optional;

/// The options of `navigator.credentials`, as a server's JSON has them, for the software keys.
final class Ceremonies {
  private Ceremonies() {}

  /// @param options the `PublicKeyCredentialCreationOptionsJSON`
  static CreateOptions creation(String origin, Json options) {
    CreateOptions creation =
        CreateOptions.of(
                origin,
                options.text("rp", "id"),
                Bytes.fromBase64Url(options.text("challenge")),
                Bytes.fromBase64Url(options.text("user", "id")))
            .withAlgorithms(
                options.list("pubKeyCredParams").stream()
                    .map(algorithm -> (int) algorithm.number("alg"))
                    .toList())
            .withExclude(ids(options, "excludeCredentials"));
    return verifiesUser(options.find("authenticatorSelection"))
        ? creation
        : creation.withoutUserVerification();
  }

  /// @param options the `PublicKeyCredentialRequestOptionsJSON`
  static GetOptions request(String origin, Json options) {
    GetOptions request =
        GetOptions.of(
            origin,
            options.text("rpId"),
            Bytes.fromBase64Url(options.text("challenge")),
            ids(options, "allowCredentials"));
    return verifiesUser(Optional.of(options)) ? request : request.withoutUserVerification();
  }

  /// "preferred" counts as yes, as with any key that has a PIN.
  private static boolean verifiesUser(Optional<Json> selection) {
    return selection
        .flatMap(json -> json.find("userVerification"))
        .map(wanted -> !wanted.text().equals("discouraged"))
        .orElse(true);
  }

  private static List<Bytes> ids(Json options, String member) {
    return options
        .find(member)
        .map(list ->
            list.list().stream()
                .map(credential -> Bytes.fromBase64Url(credential.text("id")))
                .toList())
        .orElse(List.of());
  }
}
