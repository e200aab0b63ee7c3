package io.parano.testkit;

import io.parano.kernel.Bytes;
import org.jspecify.annotations.Nullable;

/// How `navigator.credentials.get` ended.
public sealed interface Got {
  record Failed(BrowserError error) implements Got {}

  /// @param userHandle null unless the credential is discoverable
  record Assertion(
      Bytes credentialId,
      Bytes clientData,
      Bytes authenticatorData,
      Bytes signature,
      @Nullable Bytes userHandle)
      implements Got {
    /// The `AuthenticationResponseJSON` that `PublicKeyCredential.toJSON()` gives a page to send.
    public String json() {
      String handle =
          userHandle == null ? "" : ",\"userHandle\":\"" + userHandle.base64Url() + "\"";
      return """
      {"id":"%1$s","rawId":"%1$s","type":"public-key","authenticatorAttachment":"cross-platform",\
      "response":{"clientDataJSON":"%2$s","authenticatorData":"%3$s","signature":"%4$s"%5$s},\
      "clientExtensionResults":{}}\
      """
          .formatted(
              credentialId.base64Url(),
              clientData.base64Url(),
              authenticatorData.base64Url(),
              signature.base64Url(),
              handle);
    }
  }

  /// The assertion; throws [IllegalStateException] when there is none.
  default Assertion assertion() {
    return switch (this) {
      case Assertion assertion -> assertion;
      case Failed failed -> throw new IllegalStateException("the browser said " + failed.error());
    };
  }
}
