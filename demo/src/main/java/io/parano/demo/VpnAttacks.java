package io.parano.demo;

import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// What can be tried at the VPN: 2013's second step.
final class VpnAttacks {
  private final Cast cast;
  private final VpnServer server;
  private final OtpKey token;
  private final Employee mei;

  VpnAttacks(Cast cast, VpnServer server, OtpKey token) {
    this.cast = cast;
    this.server = server;
    this.token = token;
    this.mei = cast.employee("mei.tanaka");
  }

  List<Step> steps() {
    return List.of(stolenPassword(), phishedOtp());
  }

  /// The password is right, and the place; the intruder has some token, but not Mei's.
  private Step stolenPassword() {
    OtpKey intruders = OtpKey.make(cast.ring().randomness());
    return Step.of(
            "vpn-stolen-password",
            Reason.TOKEN_UNKNOWN,
            Networks.HOME,
            () -> login(intruders.press(), Networks.HOME),
            Networks.HOME,
            () -> login(token.press(), Networks.HOME))
        .at("vpn");
  }

  /// All that Mei typed, read along and used before her, from somewhere else.
  private Step phishedOtp() {
    return Step.of(
            "vpn-phished-otp",
            Reason.SOURCE_UNLISTED,
            Networks.OUTSIDE,
            () -> login(token.press(), Networks.OUTSIDE),
            Networks.HOME,
            () -> login(token.press(), Networks.HOME))
        .at("vpn");
  }

  private Verdict login(String otp, InetAddress station) throws IOException {
    return server.login(mei.name(), Secret.ofText(mei.password() + otp), station);
  }
}
