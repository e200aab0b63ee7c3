package io.parano.mail;

import io.parano.access.MailAdmitting.Protocol;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question of nginx's mail proxy: headers of a `GET` (ngx_mail_auth_http_module).
///
/// @param attempt how often the program has tried on this connection, from 1
record NginxRequest(
    String name, Secret password, IpAddress source, Protocol protocol, int attempt) {
  /// From the most refusing to the most allowing.
  sealed interface Reading {
    record Malformed(Reason reason, String detail) implements Reading {}

    record Read(NginxRequest request) implements Reading {}
  }

  /// What must stand there once.
  private static final List<String> MANDATORY =
      List.of("Auth-Method", "Auth-User", "Auth-Pass", "Auth-Protocol", "Client-IP");

  static Reading read(MultiMap headers) {
    for (String header : MANDATORY) {
      int times = headers.getAll(header).size();
      if (times != 1) {
        return new Reading.Malformed(
            times == 0 ? Reason.REQUEST_MALFORMED : Reason.HEADER_DUPLICATED, header);
      }
    }
    // LOGIN comes as plain too; the others show no password that could be compared.
    if (!"plain".equals(headers.get("Auth-Method"))) {
      return malformed("Auth-Method");
    }
    String name = LoginWords.name(text(headers.get("Auth-User")));
    if (name == null) {
      return malformed("Auth-User");
    }
    IpAddress source = LoginWords.address(headers.get("Client-IP"));
    if (source == null) {
      return malformed("Client-IP");
    }
    Protocol protocol = LoginWords.protocol(headers.get("Auth-Protocol"));
    if (protocol == null) {
      return malformed("Auth-Protocol");
    }
    String escaped = headers.get("Auth-Pass");
    Secret password = escaped == null ? null : Escaped.secret(escaped);
    return password == null
        ? malformed("Auth-Pass")
        : new Reading.Read(
            new NginxRequest(
                name, password, source, protocol, attempt(headers.get("Auth-Login-Attempt"))));
  }

  private static @Nullable String text(@Nullable String escaped) {
    return escaped == null ? null : Escaped.text(escaped);
  }

  /// What can't be read is as many as any.
  private static int attempt(@Nullable String said) {
    try {
      return said == null ? Integer.MAX_VALUE : Math.max(1, Integer.parseInt(said));
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  private static Reading malformed(String what) {
    return new Reading.Malformed(Reason.REQUEST_MALFORMED, what);
  }
}
