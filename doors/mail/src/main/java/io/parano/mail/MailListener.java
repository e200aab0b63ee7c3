package io.parano.mail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where mail servers ask.
///
/// @param port 0 for any that is free
/// @param tls null in the clear, for loopback
public record MailListener(String host, int port, @Nullable Tls tls) {
  /// In PEM.
  public record Tls(Path certificate, Path key) {}
}
