package io.parano.probe;

import io.parano.demo.VpnClient;
import java.io.IOException;
import java.util.List;

/// What can be tried through a colleague's live tunnel, where the colleague is a probe as well.
final class LeaseProbes {
  static final List<String> ALL = List.of("vpn-of-colleague");

  private final ProbeSetup setup;
  private final ProbeSetup.Lease lease;
  private final ProbeAccount account;
  private final ProbeAccount colleague;
  private final VpnClient client;

  LeaseProbes(
      ProbeSetup setup,
      ProbeSetup.Lease lease,
      ProbeAccount account,
      ProbeAccount colleague,
      VpnClient client) {
    this.setup = setup;
    this.lease = lease;
    this.account = account;
    this.colleague = colleague;
    this.client = client;
  }

  List<Probe> probes() {
    return List.of(
        new Probe("P1", "vpn-of-colleague", () -> signsIn(colleague), () -> signsIn(account)));
  }

  /// At the address that the account's tunnel has, while it has it. The tunnel ends at once.
  private boolean signsIn(ProbeAccount who) throws IOException {
    VpnClient.Answer tunnel =
        client.login(account.name(), account.typed(account.press()), setup.listed());
    if (!tunnel.granted()) {
      throw new IOException("the probe account gets no tunnel");
    }
    try {
      return who.signIn(who.at(lease.inside()), who.press());
    } finally {
      client.tell(VpnClient.Told.STOPPED, account.name(), tunnel.mark());
    }
  }
}
