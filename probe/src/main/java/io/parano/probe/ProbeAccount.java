package io.parano.probe;

import io.parano.demo.Browser;
import io.parano.demo.Json;
import io.parano.demo.Reply;
import io.parano.demo.Site;
import io.parano.demo.Visitor;
import io.parano.demo.Way;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A probe account, with all that is its own.
final class ProbeAccount {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final ProbeSetup.Account account;
  private final Site server;
  private final ProbeToken token;
  private final Way way;

  /// @param server the sign-in site
  ProbeAccount(ProbeSetup.Account account, URI server, ProbeToken token, Way way) {
    this.account = account;
    this.server = site(server);
    this.token = token;
    this.way = way;
  }

  String name() {
    return account.name();
  }

  String press() {
    return token.press();
  }

  String password() {
    return new String(account.password().copy(), StandardCharsets.UTF_8);
  }

  /// What is typed into a VPN's one field.
  Secret typed(String otp) {
    return Secret.ofText(password() + otp);
  }

  Visitor at(InetAddress from) {
    return new Visitor(new Browser(from, way), server);
  }

  /// Name, one-time password, password; whether all of it was taken.
  boolean signIn(Visitor visitor, String otp) throws IOException {
    Reply begun = visitor.begin(name());
    if (!Visitor.went(begun)) {
      return false;
    }
    String ceremony = Visitor.good(begun).text("ceremony");
    return Visitor.went(
            visitor.call("/api/sign-in/otp", Json.object("ceremony", ceremony, "otp", otp)))
        && Visitor.went(visitor.password(begun, password()));
  }

  /// Pulls the lever on itself, by name and password, as whoever has lost their token does: with
  /// these nobody else can be cut.
  void cutItself(InetAddress from) throws IOException {
    var _ =
        Visitor.good(
            at(from).call("/api/freeze", Json.object("name", name(), "password", password())));
  }

  static Site site(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? HTTPS : HTTP;
    return new Site(uri.getScheme(), uri.getHost(), port);
  }
}
