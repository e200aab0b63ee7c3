package io.parano.testkit;

import io.parano.kernel.Bytes;

/// How `navigator.credentials.create` ended.
public sealed interface Created {
  record Failed(BrowserError error) implements Created {}

  record Credential(Bytes credentialId, Bytes clientData, Bytes attestationObject)
      implements Created {
    /// The `RegistrationResponseJSON` that `PublicKeyCredential.toJSON()` gives a page to send.
    public String json() {
      return """
      {"id":"%1$s","rawId":"%1$s","type":"public-key","authenticatorAttachment":"cross-platform",\
      "response":{"clientDataJSON":"%2$s","attestationObject":"%3$s","transports":["usb"]},\
      "clientExtensionResults":{}}\
      """
          .formatted(
              credentialId.base64Url(), clientData.base64Url(), attestationObject.base64Url());
    }
  }

  /// The credential; throws [IllegalStateException] when there is none.
  default Credential credential() {
    return switch (this) {
      case Credential credential -> credential;
      case Failed failed -> throw new IllegalStateException("the browser said " + failed.error());
    };
  }
}
