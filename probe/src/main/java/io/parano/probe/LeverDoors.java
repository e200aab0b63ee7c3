package io.parano.probe;

import io.parano.demo.Browser;
import io.parano.demo.MailProgram;
import io.parano.demo.Site;
import io.parano.demo.SshClient;
import io.parano.demo.Verdict;
import io.parano.demo.Visitor;
import io.parano.demo.VpnServer;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The doors that the lever's probe goes in by.
final class LeverDoors {
  private LeverDoors() {}

  /// An application behind the proxy.
  record Application(Site site, InetAddress from) implements LeverDoor {
    @Override
    public @Nullable Stay enter(ProbeAccount who) throws IOException {
      Visitor visitor = who.at(from);
      if (!who.signIn(visitor, who.press()) || visitor.enter(site, "/").status() != 200) {
        return null;
      }
      return new Shown(this, who, visitor.browser());
    }
  }

  private record Shown(Application door, ProbeAccount who, Browser browser)
      implements LeverDoor.Stay {
    @Override
    public boolean lasts() throws IOException {
      return browser.get(door.site(), "/").status() == 200;
    }

    @Override
    public boolean endsWithin(Duration patience) throws IOException {
      return over(this, patience);
    }

    @Override
    public boolean opensAgain() throws IOException {
      return door.enter(who) != null;
    }

    @Override
    public void leave() {
      // The session ends by itself, as those of the other probes.
    }
  }

  /// A VPN server of the probes' own, which is told to end tunnels.
  record Vpn(VpnServer server, InetAddress station) implements LeverDoor {
    @Override
    public @Nullable Stay enter(ProbeAccount who) throws IOException {
      return granted(who) ? new Tunnel(this, who) : null;
    }

    private boolean granted(ProbeAccount who) throws IOException {
      return server.login(who.name(), who.typed(who.press()), station) instanceof Verdict.Granted;
    }
  }

  private record Tunnel(Vpn door, ProbeAccount who) implements LeverDoor.Stay {
    @Override
    public boolean lasts() {
      return door.server().hasTunnelOf(who.name());
    }

    @Override
    public boolean endsWithin(Duration patience) throws IOException {
      return over(this, patience);
    }

    @Override
    public boolean opensAgain() throws IOException {
      return door.granted(who);
    }

    @Override
    public void leave() throws IOException {
      door.server().hangUp(who.name());
    }
  }

  /// The jump host.
  record Ssh(ProbeSetup setup, ProbeSetup.Ssh ssh, Path folder) implements LeverDoor {
    @Override
    public @Nullable Stay enter(ProbeAccount who) throws IOException {
      SshClient client =
          new SshProbes(setup, ssh, who, folder)
              .certified(ssh.hosts(), "lever-" + who.name())
              .client();
      SshClient.Connection connection = client.connect("certificate", setup.listed());
      return connection.verdict() instanceof Verdict.Granted
          ? new Connected(client, connection, setup.listed())
          : null;
    }
  }

  private record Connected(SshClient client, SshClient.Connection connection, InetAddress from)
      implements LeverDoor.Stay {
    @Override
    public boolean lasts() {
      return connection.isOpen();
    }

    @Override
    public boolean endsWithin(Duration patience) throws IOException {
      return connection.endsWithin(patience);
    }

    /// With a certificate whose time is not over.
    @Override
    public boolean opensAgain() throws IOException {
      try (SshClient.Connection again = client.connect("certificate", from)) {
        return again.verdict() instanceof Verdict.Granted;
      }
    }

    @Override
    public void leave() {
      connection.close();
    }
  }

  /// @param passwords of devices
  record Mail(MailProgram program, InetAddress from, Function<ProbeAccount, Secret> passwords)
      implements LeverDoor {
    /// Beside a session, without which no mailbox opens.
    @Override
    public @Nullable Stay enter(ProbeAccount who) throws IOException {
      if (!who.signIn(who.at(from), who.press())) {
        return null;
      }
      MailProgram.Open open = program.open(from, who.name(), password(who));
      return open.verdict() instanceof Verdict.Granted ? new Mailbox(this, who, open) : null;
    }

    private String password(ProbeAccount who) {
      return new String(passwords.apply(who).copy(), StandardCharsets.UTF_8);
    }
  }

  private record Mailbox(Mail door, ProbeAccount who, MailProgram.Open open)
      implements LeverDoor.Stay {
    @Override
    public boolean lasts() {
      return open.isOpen();
    }

    @Override
    public boolean endsWithin(Duration patience) throws IOException {
      return open.endsWithin(patience);
    }

    @Override
    public boolean opensAgain() throws IOException {
      return door.program().tried(door.from(), who.name(), door.password(who))
          instanceof Verdict.Granted;
    }

    @Override
    public void leave() {
      open.close();
    }
  }

  /// Asked again and again.
  private static boolean over(LeverDoor.Stay stay, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (stay.lasts()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    return true;
  }
}
