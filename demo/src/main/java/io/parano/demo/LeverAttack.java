package io.parano.demo;

import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The intruder is in, on every door, with everything that is somebody's; then an officer pulls the
/// lever.
final class LeverAttack {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Cast cast;
  private final VpnServer vpn;
  private final LeaseAttacks leases;
  private final MailProgram mail;
  private final Path folder;
  private final boolean ssh;
  private @Nullable Inside colleague;

  /// @param ssh whether there is a client to try it with
  LeverAttack(Cast cast, VpnServer vpn, LeaseAttacks leases, Path folder, boolean ssh) {
    this.cast = cast;
    this.vpn = vpn;
    this.leases = leases;
    this.mail = MailAttacks.program(cast.places());
    this.folder = folder;
    this.ssh = ssh;
  }

  /// Somebody's page, mailbox, both kinds of tunnel and connection, all open.
  ///
  /// @param inside where the tunnel of their own device ends
  /// @param through the same pages, through that tunnel
  /// @param connections one, or none where there is no client
  private record Inside(
      Employee employee,
      Visitor visitor,
      MailProgram.Open mailbox,
      InetAddress inside,
      Visitor through,
      List<SshClient.Connection> connections) {}

  /// @param hugos the tokens of one-time passwords of whoever is cut
  /// @param meis and of whoever is not
  Step step(OtpKey hugos, OtpKey meis) {
    Employee hugo = cast.employee("hugo.martin");
    Employee mei = cast.employee("mei.tanaka");
    return Step.of(
            "cut-every-door",
            Reason.SESSION_CUT,
            hugo.desk(),
            () -> {
              colleague = entered(mei, meis, Networks.MEIS_TUNNEL);
              return cut(entered(hugo, hugos, Networks.HUGOS_TUNNEL));
            },
            mei.desk(),
            () -> goesOn(colleague))
        .at("lever");
  }

  private Inside entered(Employee employee, OtpKey token, InetAddress inside) throws IOException {
    Visitor visitor = cast.signedIn(employee, employee.desk());
    String password = visitor.devicePassword(cast.keyOf(employee), "laptop");
    MailProgram.Open mailbox = mail.open(employee.desk(), employee.name(), password);
    String typed = employee.password() + token.press();
    boolean tunnel =
        vpn.login(employee.name(), Secret.ofText(typed), Networks.HOME) instanceof Verdict.Granted;
    leases.opened(employee, inside);
    Visitor through = cast.signedIn(employee, inside);
    List<SshClient.Connection> connections = ssh ? List.of(connected(employee)) : List.of();
    boolean open =
        tunnel
            && mailbox.verdict() instanceof Verdict.Granted
            && BackOfficePages.shown(visitor.enter(cast.places().backOffice(), "/"))
            && BackOfficePages.shown(through.enter(cast.places().backOffice(), "/"))
            && connections.stream().allMatch(one -> one.verdict() instanceof Verdict.Granted);
    if (!open) {
      throw new IOException("what is to be cut was not open");
    }
    return new Inside(employee, visitor, mailbox, inside, through, connections);
  }

  private SshClient.Connection connected(Employee employee) throws IOException {
    SshClient client =
        SshAttacks.client(cast, employee, folder.resolve("lever-" + employee.name()));
    SshAttacks.certify(cast, employee, client, SshAttacks.SERVERS, "certificate");
    return client.connect("certificate", employee.desk());
  }

  /// The time runs from the pull until the last door has fallen silent, seen from outside.
  private Verdict cut(Inside inside) throws IOException {
    long start = System.nanoTime();
    Json report =
        Visitor.good(
            cast.firstOfficer()
                .call(
                    "/api/cut",
                    Json.object(
                        "kind", "person", "person", inside.employee().name(), "because", "demo")));
    boolean live = shown(inside.visitor()) || shown(inside.through());
    live |= leases.stands(inside.inside());
    live |= !inside.mailbox().endsWithin(PATIENCE);
    for (SshClient.Connection connection : inside.connections()) {
      live |= !connection.endsWithin(PATIENCE);
    }
    live |= !tunnelEnds(inside.employee());
    Duration took = Cast.since(start);
    return live ? new Verdict.Granted(took) : new Verdict.Refused(took, words(report));
  }

  private boolean shown(Visitor visitor) throws IOException {
    return BackOfficePages.shown(visitor.browser().get(cast.places().backOffice(), "/"));
  }

  private boolean tunnelEnds(Employee employee) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (vpn.hasTunnelOf(employee.name()) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return !vpn.hasTunnelOf(employee.name());
  }

  /// Each door's own word.
  private static String words(Json report) {
    List<String> doors = new ArrayList<>();
    for (Json door : report.list("doors")) {
      doors.add(
          "%s %.1f ms (%d)"
              .formatted(door.text("door"), door.number("micros") / 1000.0, door.number("ended")));
    }
    return Stream.concat(
            doors.stream(), report.list("silent").stream().map(one -> one.text() + " ?"))
        .collect(Collectors.joining(" · "));
  }

  private Verdict goesOn(@Nullable Inside inside) throws IOException {
    if (inside == null) {
      throw new IOException("nobody else was inside");
    }
    long start = System.nanoTime();
    boolean open =
        shown(inside.visitor())
            && shown(inside.through())
            && leases.stands(inside.inside())
            && inside.mailbox().isOpen()
            && vpn.hasTunnelOf(inside.employee().name())
            && inside.connections().stream().allMatch(SshClient.Connection::isOpen);
    inside.mailbox().close();
    inside.connections().forEach(SshClient.Connection::close);
    return Verdict.of(open, Cast.since(start));
  }
}
