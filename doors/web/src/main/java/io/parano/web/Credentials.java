package io.parano.web;

import io.parano.authn.AssertionResponse;
import io.parano.authn.RegistrationResponse;

/// What browsers' WebAuthn gave, as the page's script sends it. Lengths are bounded here;
/// everything else about it is judged by the core.
final class Credentials {
  /// WebAuthn Level 3 section 4: credential ids have at most 1023 bytes.
  private static final int CREDENTIAL_ID = 1023;

  private static final int CLIENT_DATA = 8 * 1024;
  private static final int AUTHENTICATOR_DATA = 4 * 1024;
  private static final int SIGNATURE = 1024;
  private static final int USER_HANDLE = 64;

  /// Room for a chain of four certificates.
  private static final int ATTESTATION = 32 * 1024;

  private Credentials() {}

  static AssertionResponse assertion(JsonBody body) {
    JsonBody assertion = body.object("assertion");
    AssertionResponse read =
        new AssertionResponse(
            assertion.bytes("id", CREDENTIAL_ID),
            assertion.bytes("authenticatorData", AUTHENTICATOR_DATA),
            assertion.bytes("clientData", CLIENT_DATA),
            assertion.bytes("signature", SIGNATURE),
            assertion.optionalBytes("userHandle", USER_HANDLE));
    assertion.end();
    return read;
  }

  static RegistrationResponse registration(JsonBody body) {
    JsonBody registration = body.object("registration");
    RegistrationResponse read =
        new RegistrationResponse(
            registration.bytes("id", CREDENTIAL_ID),
            registration.bytes("clientData", CLIENT_DATA),
            registration.bytes("attestationObject", ATTESTATION));
    registration.end();
    return read;
  }
}
