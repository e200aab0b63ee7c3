package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.util.List;

/// What a page passes to `navigator.credentials.create`, and which page it is.
///
/// @param origin the page's own origin, such as `https://auth.example`
/// @param algorithms COSE algorithm numbers, preferred first
/// @param exclude credentials that the key must not already hold
/// @param userVerification whether the PIN is asked for
/// @param discoverable whether the key also keeps the user handle, and gives it back with every
///   assertion
public record CreateOptions(
    String origin,
    String rpId,
    Bytes challenge,
    Bytes userHandle,
    List<Integer> algorithms,
    List<Bytes> exclude,
    boolean userVerification,
    boolean discoverable) {
  public CreateOptions {
    algorithms = List.copyOf(algorithms);
    exclude = List.copyOf(exclude);
  }

  /// The usual: EdDSA, ES256 or RS256, nothing excluded, with PIN, not discoverable.
  public static CreateOptions of(String origin, String rpId, Bytes challenge, Bytes userHandle) {
    return new CreateOptions(
        origin, rpId, challenge, userHandle, List.of(-8, -7, -257), List.of(), true, false);
  }

  public CreateOptions withAlgorithms(List<Integer> wanted) {
    return new CreateOptions(
        origin, rpId, challenge, userHandle, wanted, exclude, userVerification, discoverable);
  }

  public CreateOptions withExclude(List<Bytes> excluded) {
    return new CreateOptions(
        origin, rpId, challenge, userHandle, algorithms, excluded, userVerification, discoverable);
  }

  public CreateOptions withoutUserVerification() {
    return new CreateOptions(
        origin, rpId, challenge, userHandle, algorithms, exclude, false, discoverable);
  }

  public CreateOptions asDiscoverable() {
    return new CreateOptions(
        origin, rpId, challenge, userHandle, algorithms, exclude, userVerification, true);
  }
}
