package io.parano.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `cut`: how long the lever takes, from the command to the report in which every door has
/// answered. Each cut takes one person with ten sessions: four on the web, two tunnels at a VPN
/// server, which answers, two live connections of OpenSSH's through the jump host, a device's
/// WireGuard lease, whose peer the helper takes off, and a mailbox that nginx opened, which Dovecot
/// closes; helper and mail servers are on paper. At no time are fewer than half of all sessions
/// live.
final class CutBench implements Bench {
  private static final int PEOPLE = 200;
  private static final int HEAP = 256;
  private static final int PATIENCE_SECONDS = 2;

  /// Beside the mailbox, which is a login of its own kind.
  private static final int SESSIONS_EACH =
      CutTown.WEB + CutTown.VPN + CutTown.SSH + CutTown.WIREGUARD;

  private static final Pattern SILENT = Pattern.compile("\"silent\":\\[(.*?)\\]");
  private static final String ENDED = "\"sessionsEnded\":" + SESSIONS_EACH + ",";

  @Override
  public String name() {
    return "cut";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Packages.have("ssh-keygen", "openssh-client")) {
      return List.of();
    }
    int people = Math.min(PEOPLE, Math.max(4, setting.scale().sessions() / 50));
    CutTown town = CutTown.make(setting.folder(), people);
    List<Double> millis = new ArrayList<>();
    try (VpnAnswering vpn = VpnAnswering.at(town.ways().disconnect());
        HelperAnswering helper = HelperAnswering.at(town.helper());
        MailAnswering mail = MailAnswering.at(town.ways().doveadm());
        Serving _ = Serving.product(setting, town.installation(), HEAP, null)) {
      List<Process> connections = town.connect(setting.children());
      MailAnswering.open(town.ways().mail(), town.programs());
      for (int person = 0; person < people / 2; person++) {
        millis.add(cut(town, person));
      }
      whole(people, vpn, connections);
      if (helper.removed() < people / 2 || mail.closed() < people / 2) {
        throw new IOException(
            "tunnels or mailboxes were not ended: " + helper.removed() + ", " + mail.closed());
      }
    }
    String note =
        "%d cuts, never fewer than %d sessions and mailboxes live"
            .formatted(millis.size(), people * 5);
    return List.of(
        Figure.alone("cut", Figure.median(millis), "ms, median").noted(note),
        Figure.alone("cut p99", p99(millis), "ms").noted(note + "; wanted <= 1000"),
        Figure.alone("cut longest", Collections.max(millis), "ms").noted(note));
  }

  private static double cut(CutTown town, int person) throws IOException {
    long start = System.nanoTime();
    String report = ask(town.control(), "cut\tperson:person" + person + "\tbench\n");
    double took = (System.nanoTime() - start) / 1e6;
    Matcher silent = SILENT.matcher(report);
    if (!silent.find() || !silent.group(1).isEmpty() || !report.contains(ENDED)) {
      throw new IOException("expected every door's word, and its sessions ended: " + report);
    }
    return took;
  }

  /// That what was said to have ended has, and the rest has not.
  ///
  /// @param connections in the order of the people whose they are
  private static void whole(int people, VpnAnswering vpn, List<Process> connections)
      throws IOException, InterruptedException {
    int gone = people / 2 * CutTown.SSH;
    for (int i = 0; i < connections.size(); i++) {
      boolean open =
          i < gone
              ? !connections.get(i).waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
              : connections.get(i).isAlive();
      if (open == i < gone) {
        throw new IOException("a connection that is " + (open ? "open, and was cut" : "gone"));
      }
    }
    if (vpn.told() < people / 2 * CutTown.VPN) {
      throw new IOException("tunnels were not ended; the VPN server was told of " + vpn.told());
    }
  }

  private static String ask(Path control, String order) throws IOException {
    try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.connect(UnixDomainSocketAddress.of(control));
      socket.write(ByteBuffer.wrap(order.getBytes(StandardCharsets.UTF_8)));
      ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
      while (socket.read(answer) >= 0) {
        if (!answer.hasRemaining()) {
          throw new IOException("expected a shorter answer");
        }
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }
  }

  private static double p99(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * 0.99) - 1));
  }
}
