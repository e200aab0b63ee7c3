package io.parano.config;

import io.parano.config.Configuration.LogLevel;
import io.parano.config.Configuration.PassphraseSource;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.web.Cookies;
import io.parano.web.Listener;
import io.parano.web.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds what is weak in a configuration by itself.
final class Weaknesses {
  private static final List<IpPrefix> LOOPBACK =
      List.of(IpPrefix.parse("127.0.0.0/8"), IpPrefix.parse("::1/128"));

  private Weaknesses() {}

  static List<Weakness> of(Configuration configuration) {
    List<Weakness> found = new ArrayList<>();
    switch (configuration.cookies()) {
      case Cookies.SharedDomain(String domain) ->
          found.add(Weakness.of(Weakness.Kind.COOKIE_SHARED, domain));
      case Cookies.PerHost _ -> {}
    }
    configuration.listeners().forEach(listener -> clear(listener, found));
    if (configuration.admin() != null) {
      clear(configuration.admin(), found);
    }
    Stream.concat(
            Stream.of(configuration.signIn()),
            configuration.hosts().stream().map(host -> host.site()))
        .filter(site -> site.scheme().equals("http"))
        .map(Site::toString)
        .forEach(site -> found.add(Weakness.of(Weakness.Kind.SITE_IN_THE_CLEAR, site)));
    switch (configuration.keyset().passphrase()) {
      case PassphraseSource.File(var path) ->
          found.add(Weakness.of(Weakness.Kind.PASSPHRASE_IN_FILE, path.toString()));
      case PassphraseSource.Terminal _, PassphraseSource.SystemdCredential _ -> {}
    }
    if (configuration.logs() == LogLevel.DEBUG) {
      found.add(Weakness.of(Weakness.Kind.LOGS_DEBUG));
    }
    switch (configuration.witnessSilent()) {
      case SERVE -> found.add(Weakness.of(Weakness.Kind.WITNESS_MAY_BE_SILENT));
      case REFUSE -> {}
    }
    RadiusPlace radius = configuration.radius();
    if (radius != null) {
      radius.clients().forEach(client -> radius(radius, client, found));
    }
    MailPlace mail = configuration.mail();
    if (mail != null) {
      mail(mail, found);
    }
    WireGuardPlace wireguard = configuration.wireguard();
    if (wireguard != null) {
      wireguard.networks().stream()
          .filter(network -> !WireGuardReader.isPrivate(network))
          .map(IpPrefix::toString)
          .forEach(
              network -> found.add(Weakness.of(Weakness.Kind.WIREGUARD_NETWORK_PUBLIC, network)));
    }
    return found;
  }

  private static void mail(MailPlace place, List<Weakness> found) {
    place.listen().forEach(listener -> clear(listener, found));
    if (place.doveadm().isEmpty()) {
      found.add(Weakness.of(Weakness.Kind.MAIL_WITHOUT_DOVEADM));
    }
    place.doveadm().stream()
        .map(MailPlace.Doveadm::url)
        .filter(url -> url.getScheme().equals("http") && !loopback(url.getHost()))
        .forEach(url -> found.add(Weakness.of(Weakness.Kind.DOVEADM_IN_THE_CLEAR, url.toString())));
  }

  private static boolean loopback(String host) {
    return host.equals("[::1]") || host.matches("127\\.[0-9.]+") || host.equals("localhost");
  }

  private static void radius(RadiusPlace place, RadiusPlace.Client client, List<Weakness> found) {
    switch (client.messageAuthenticator()) {
      case EXEMPT -> found.add(Weakness.of(Weakness.Kind.RADIUS_EXEMPT, client.name()));
      case REQUIRED -> {
        if (client.radsec() == null
            && !client.addresses().stream()
                .allMatch(network -> RadiusReader.isSafe(network, place.tunnels()))) {
          found.add(Weakness.of(Weakness.Kind.RADIUS_IN_THE_CLEAR, client.name()));
        }
      }
    }
    if (client.disconnect() == null) {
      found.add(Weakness.of(Weakness.Kind.RADIUS_WITHOUT_DISCONNECT, client.name()));
    }
  }

  private static void clear(Listener listener, List<Weakness> found) {
    switch (listener) {
      case Listener.Socket _ -> {}
      case Listener.Grpc(Listener on) -> clear(on, found);
      case Listener.Tcp tcp -> {
        IpAddress address = IpAddress.parse(tcp.host());
        if (tcp.tls() == null && LOOPBACK.stream().noneMatch(own -> own.contains(address))) {
          found.add(
              Weakness.of(Weakness.Kind.LISTENER_IN_THE_CLEAR, tcp.host() + ":" + tcp.port()));
        }
      }
    }
  }
}
