package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.util.Base64;
import java.util.UUID;

/// What Chromium's virtual authenticator says of itself (WebDriver's and DevTools' "virtual
/// authenticator", CTAP 2), so that a policy can believe it in a test. Its private key is published
/// in Chromium's sources: nothing else may.
public final class ChromiumToken {
  /// The model that it claims.
  public static final UUID MODEL = UUID.fromString("01020304-0506-0708-0102-030405060708");

  private static final String CERTIFICATE =
      """
      MIIB1DCCAXqgAwIBAgIBATAKBggqhkjOPQQDAjBgMQswCQYDVQQGEwJVUzERMA8GA1UECgwIQ2hy
      b21pdW0xIjAgBgNVBAsMGUF1dGhlbnRpY2F0b3IgQXR0ZXN0YXRpb24xGjAYBgNVBAMMEUJhdGNo
      IENlcnRpZmljYXRlMB4XDTE3MDcxNDAyNDAwMFoXDTQ2MTExOTAxMzkxOVowYDELMAkGA1UEBhMC
      VVMxETAPBgNVBAoMCENocm9taXVtMSIwIAYDVQQLDBlBdXRoZW50aWNhdG9yIEF0dGVzdGF0aW9u
      MRowGAYDVQQDDBFCYXRjaCBDZXJ0aWZpY2F0ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABI1h
      fmXJUI5kvMVnOsgqZ5naPBRGaCwljEY//99Y39L6Pmw3i1PXlcSk3/tBme3Xhi8jq68CA7S4kRug
      VpmU4QGjJTAjMAwGA1UdEwEB/wQCMAAwEwYLKwYBBAGC5RwCAQEEBAMCBSAwCgYIKoZIzj0EAwID
      SAAwRQIhAKT+Jz68chOxXeoc4MuTjD5PP4kK1WgmwIE8PB6wIOlfAiByVR1Wu+Drbin9gqXRGHSG
      zRVR+kJMPbx55vv8NeSE1Q==
      """;

  private ChromiumToken() {}

  /// One of its self-signed attestation certificates, DER, as Chromium 156 made it; each run makes
  /// another over the same name and key. It is no certificate authority and names no model.
  public static Bytes certificate() {
    return Bytes.of(Base64.getMimeDecoder().decode(CERTIFICATE));
  }
}
