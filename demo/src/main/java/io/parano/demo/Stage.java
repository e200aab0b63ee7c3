package io.parano.demo;

import io.parano.demo.ParanoUnderTest.Application;
import io.parano.demo.ParanoUnderTest.Setup;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Everything that runs during the demo, in the order in which it was opened; closing goes the
/// other way.
final class Stage implements AutoCloseable {
  private final Deque<Opened> opened = new ArrayDeque<>();
  private final Places places;
  private final Company company;
  private final KeyRing ring;
  private final FrontProxy.Secrets secrets;
  private final List<OtherProxy> others;
  private final Secret vpnSecret;
  private final MailServer.Secrets mailSecrets;

  Stage(Places places, Company company, KeyRing ring, Randomness randomness) {
    this.places = places;
    this.company = company;
    this.ring = ring;
    this.others = OtherProxy.installed(randomness);
    this.vpnSecret = Secret.ofText(Secret.random(16, randomness).digest().hex());
    this.mailSecrets = MailServer.Secrets.random(randomness);
    // Hexadecimal, so that they fit any header and any configuration file.
    this.secrets =
        new FrontProxy.Secrets(
            Secret.ofText(Secret.random(32, randomness).digest().hex()),
            Secret.ofText(Secret.random(32, randomness).digest().hex()));
  }

  @FunctionalInterface
  private interface Opened {
    void close() throws IOException;
  }

  ParanoUnderTest openParano(ParanoUnderTest.Starter starter, DataFolder data, Texts texts)
      throws IOException {
    ParanoUnderTest parano = starter.start(setup(data.product(), helper(data), texts));
    opened.push(parano::close);
    return parano;
  }

  /// What must be there when Parano starts: it asks at once who has a tunnel, and has everybody's
  /// mail program log in again.
  MailServer openMail(FrontProxy.Choice choice) throws IOException {
    MailServer mail = MailServer.open(choice, places, mailSecrets);
    opened.push(mail::close);
    return mail;
  }

  TunnelKeeper openHelper(DataFolder data) throws IOException {
    TunnelKeeper helper = TunnelKeeper.open(helper(data));
    opened.push(helper::close);
    return helper;
  }

  private static Path helper(DataFolder data) {
    return data.path().resolve("helper.sock");
  }

  FrontProxy openProxy(FrontProxy.Choice choice, Path folder) throws IOException {
    BackOffice office = BackOffice.open(places, secrets.application());
    opened.push(office::close);
    KeyService keys = KeyService.open(places, ring);
    opened.push(keys::close);
    FrontProxy proxy = FrontProxy.open(choice, places, secrets, folder);
    opened.push(proxy::close);
    return proxy;
  }

  /// The other proxies that the machine has, before the same back office.
  List<OtherProxy> openOthers(Path folder) throws IOException {
    for (OtherProxy other : others) {
      ProxyProcess process = other.open(places, secrets.application(), folder);
      opened.push(process::close);
    }
    return others;
  }

  /// The VPN server, and the host that is behind the jump host.
  VpnServer openBehind() throws IOException {
    QuietHost host = QuietHost.open(places);
    opened.push(host::close);
    VpnServer vpn = VpnServer.open(places, vpnSecret, ring);
    opened.push(vpn::close);
    return vpn;
  }

  FrontProxy.Secrets secrets() {
    return secrets;
  }

  @Override
  public void close() throws IOException {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private Setup setup(Path data, Path helper, Texts texts) throws IOException {
    return new Setup(
        data,
        Company.NAME,
        Company.policy(places),
        company.officers().subList(0, 2).stream().map(Employee::newcomer).toList(),
        places.door(),
        places.admin(),
        places.signIn().origin(),
        Places.RELYING_PARTY,
        List.of(
            new Application(places.backOffice().origin(), texts.say("office.customers")),
            new Application(places.wages().origin(), texts.say("office.wages"))),
        new ParanoUnderTest.Proxy("front", IpPrefix.parse(Networks.NEWCOMER), secrets.door()),
        List.of(ring.maker().root()),
        Map.of(KeyRing.MODEL, KeyRing.MODEL_NAME),
        KeyService.script(),
        others.stream().map(OtherProxy::told).toList(),
        new ParanoUnderTest.Vpn(
            VpnServer.NAME,
            IpPrefix.parse(Networks.VPN_SERVER.getHostAddress() + "/32"),
            vpnSecret,
            places.radius(),
            places.accounting(),
            places.disconnect()),
        new ParanoUnderTest.Jump(places.jump(), Places.JUMP_NAME, IpAddress.of(Networks.HERE)),
        new ParanoUnderTest.Tunnels("wireguard-1", helper, IpPrefix.parse(Networks.VPN)),
        new ParanoUnderTest.Mail(
            MailServer.NAME,
            IpPrefix.parse(Networks.HERE.getHostAddress() + "/32"),
            mailSecrets.asks(),
            places.mail(),
            places.store(),
            mailSecrets.technical(),
            places.doveadm(),
            mailSecrets.closes()));
  }
}
