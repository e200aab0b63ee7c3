package io.parano.probe;

import io.parano.demo.VpnClient;
import io.parano.kernel.Randomness;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// What can be tried at a VPN, as a server of the probes' own.
final class VpnProbes {
  static final List<String> ALL = List.of("vpn-stolen-password", "vpn-phished-otp");

  private final ProbeSetup setup;
  private final ProbeAccount account;
  private final VpnClient client;
  private final Randomness randomness;

  VpnProbes(ProbeSetup setup, ProbeAccount account, VpnClient client, Randomness randomness) {
    this.setup = setup;
    this.account = account;
    this.client = client;
    this.randomness = randomness;
  }

  static VpnClient client(ProbeSetup setup, ProbeSetup.Vpn vpn, Randomness randomness) {
    return new VpnClient(
        vpn.server(), setup.listed(), vpn.secret(), randomness, vpn.at(), vpn.accounting());
  }

  List<Probe> probes() {
    return List.of(
        new Probe(
            "P1",
            "vpn-stolen-password",
            () -> login(OtpKey.make(randomness).press(), setup.listed()),
            () -> login(account.press(), setup.listed())),
        new Probe(
            "P1",
            "vpn-phished-otp",
            () -> login(account.press(), setup.outside()),
            () -> login(account.press(), setup.listed())));
  }

  /// A tunnel that is granted is told as stopped at once: nothing stays open.
  private boolean login(String otp, InetAddress station) throws IOException {
    VpnClient.Answer answer = client.login(account.name(), account.typed(otp), station);
    if (answer.granted()) {
      client.tell(VpnClient.Told.STOPPED, account.name(), answer.mark());
    }
    return answer.granted();
  }
}
