package io.parano.probe;

import io.parano.demo.MailProgram;
import io.parano.demo.VpnServer;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The lever's probe, by the doors that the set-up gives it.
final class LeverRun {
  private static final String PROMISE = "P3";
  private static final String APPLICATION = "lever-application";
  private static final String VPN = "lever-vpn";
  private static final String SSH = "lever-ssh";
  private static final String MAIL = "lever-mail";

  private LeverRun() {}

  /// One for each door, whether it is set up or not.
  static List<ProbeRun.Line> lines(ProbeRun.Using using, Deployment deployment, Set<String> only)
      throws IOException {
    List<String> meant =
        List.of(APPLICATION, VPN, SSH, MAIL).stream()
            .filter(id -> ProbeRun.isMeant(only, PROMISE, id))
            .toList();
    ProbeSetup.Lever lever = using.setup().lever();
    Map<String, Outcome> outcomes =
        lever == null || meant.isEmpty() ? Map.of() : outcomes(using, lever, deployment, meant);
    return meant.stream()
        .map(id ->
            new ProbeRun.Line(
                PROMISE,
                id,
                outcomes.getOrDefault(id, new Outcome.NotRun(Outcome.Why.NOT_SET_UP, ""))))
        .toList();
  }

  private static Map<String, Outcome> outcomes(
      ProbeRun.Using using, ProbeSetup.Lever lever, Deployment deployment, List<String> meant)
      throws IOException {
    ProbeSetup setup = using.setup();
    ProbeSetup.Vpn vpn = setup.vpn();
    try (VpnServer server = vpn == null ? null : server(using, vpn)) {
      Map<String, LeverDoor> doors = doors(using, lever, server);
      doors.keySet().retainAll(meant);
      Map<String, Outcome> outcomes = new LinkedHashMap<>();
      if (isCut(lever, deployment)) {
        doors.keySet().forEach(id -> outcomes.put(id, new Outcome.NotRun(Outcome.Why.CUT, "")));
        return outcomes;
      }
      ProbeAccount cut = using.account(lever.account());
      return new LeverProbe(setup, cut, using.account(setup.account()), doors).run();
    }
  }

  private static boolean isCut(ProbeSetup.Lever lever, Deployment deployment) {
    return deployment.staff().stream()
        .anyMatch(account -> account.name().equals(lever.account().name()) && account.cut());
  }

  private static @Nullable VpnServer server(ProbeRun.Using using, ProbeSetup.Vpn vpn)
      throws IOException {
    return vpn.disconnect() == null
        ? null
        : VpnServer.open(
            VpnProbes.client(using.setup(), vpn, using.randomness()),
            vpn.secret(),
            vpn.disconnect());
  }

  /// @param server the probes' own VPN server; null for none
  private static Map<String, LeverDoor> doors(
      ProbeRun.Using using, ProbeSetup.Lever lever, @Nullable VpnServer server) {
    ProbeSetup setup = using.setup();
    Map<String, LeverDoor> doors = new LinkedHashMap<>();
    if (setup.application() != null) {
      doors.put(
          APPLICATION,
          new LeverDoors.Application(ProbeAccount.site(setup.application()), setup.listed()));
    }
    if (server != null) {
      doors.put(VPN, new LeverDoors.Vpn(server, setup.listed()));
    }
    ProbeSetup.Ssh ssh = setup.ssh();
    if (ssh != null) {
      doors.put(SSH, new LeverDoors.Ssh(setup, ssh, using.folder()));
    }
    ProbeSetup.Mail mail = setup.mail();
    Secret own = lever.mail();
    if (mail != null && own != null) {
      String name = lever.account().name();
      doors.put(
          MAIL,
          new LeverDoors.Mail(
              new MailProgram(
                  new MailProgram.Way(mail.at(), mail.name(), mail.sealing(), using.tls())),
              setup.listed(),
              who -> who.name().equals(name) ? own : mail.password()));
    }
    return doors;
  }
}
