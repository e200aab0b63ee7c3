package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an OpenVPN server's variables say of a client.
final class OpenVpnSaid {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{2}(:?[0-9a-f]{2}){31}");

  private OpenVpnSaid() {}

  /// Where its packets come from; null when that is no address.
  static @Nullable IpAddress station(Map<String, String> said) {
    String address = said.get("untrusted_ip");
    return address(address == null ? said.get("untrusted_ip6") : address);
  }

  /// The same with its port, as `kill` takes it; null where it is of IPv6.
  static @Nullable String peer(Map<String, String> said) {
    IpAddress address = station(said);
    String port = said.getOrDefault("untrusted_port", "");
    return address != null && address.isV4() && port.matches("\\d{1,5}")
        ? address + ":" + port
        : null;
  }

  /// What its far end is called inside; null when the server does not say.
  static @Nullable IpAddress inside(Map<String, String> said) {
    return address(said.get("ifconfig_pool_remote_ip"));
  }

  private static @Nullable IpAddress address(@Nullable String text) {
    try {
      return text == null ? null : IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// SHA-256 over the certificate whose key it has, which the server verified; null when it showed
  /// none.
  static @Nullable Bytes certificate(Map<String, String> said) {
    String digest = said.get("tls_digest_sha256_0");
    return digest != null && DIGEST.matcher(digest).matches()
        ? Bytes.fromHex(digest.replace(":", ""))
        : null;
  }

  /// A static challenge brings both in one field: `SCRV1:password:answer`, in base64.
  static Secret typed(String password) {
    String[] parts = password.split(":", -1);
    if (parts.length == 3 && parts[0].equals("SCRV1")) {
      try {
        return Secret.ofText(text(parts[1]) + text(parts[2]).strip());
      } catch (IllegalArgumentException e) {
        return Secret.ofText(password);
      }
    }
    return Secret.ofText(password);
  }

  /// What the client answered; nothing where it is not in base64.
  static String answer(String said) {
    try {
      return text(said);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  /// What it counted, as the log writes it.
  static String figures(Map<String, String> said) {
    return "seconds=%s in=%s out=%s"
        .formatted(
            digits(said.get("time_duration")),
            digits(said.get("bytes_received")),
            digits(said.get("bytes_sent")));
  }

  private static String digits(@Nullable String text) {
    return text != null && text.matches("\\d{1,19}") ? text : "0";
  }
}
