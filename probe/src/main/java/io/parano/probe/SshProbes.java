package io.parano.probe;

import io.parano.demo.Json;
import io.parano.demo.SshClient;
import io.parano.demo.Verdict;
import io.parano.demo.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What can be tried at the jump host with a certificate of the probe account's.
final class SshProbes {
  static final String OLD = "ssh-old-certificate";
  static final List<String> ALL = List.of("ssh-stolen-certificate", OLD);

  /// What takes longer to grow old than this is not waited for.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final ProbeSetup setup;
  private final ProbeSetup.Ssh ssh;
  private final ProbeAccount account;
  private final Path folder;

  SshProbes(ProbeSetup setup, ProbeSetup.Ssh ssh, ProbeAccount account, Path folder) {
    this.setup = setup;
    this.ssh = ssh;
    this.account = account;
    this.folder = folder;
  }

  List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    probes.add(
        new Probe(
            "P1",
            "ssh-stolen-certificate",
            () -> connects(ssh.hosts(), "stolen", setup.outside()),
            () -> connects(ssh.hosts(), "own", setup.listed())));
    String brief = ssh.brief();
    if (brief != null) {
      probes.add(
          new Probe(
              "P1",
              OLD,
              () -> connectsLate(brief),
              () -> connects(brief, "fresh", setup.listed())));
    }
    return probes;
  }

  /// @param usableUntil as the server says
  record Certified(SshClient client, Instant usableUntil) {}

  /// With a certificate that is fetched from where it may be.
  private boolean connects(String hosts, String key, InetAddress from) throws IOException {
    return connects(certified(hosts, key), from);
  }

  /// Once its time is over.
  private boolean connectsLate(String hosts) throws IOException {
    Certified certified = certified(hosts, "old");
    Duration left = Duration.between(Instant.now(), certified.usableUntil()).plusSeconds(1);
    if (left.compareTo(LONGEST_WAIT) > 0) {
      throw new IOException("certificates for " + hosts + " live too long to wait for their end");
    }
    if (left.isPositive()) {
      try {
        TimeUnit.NANOSECONDS.sleep(left.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    return connects(certified, setup.listed());
  }

  private static boolean connects(Certified certified, InetAddress from) throws IOException {
    try (SshClient.Connection connection = certified.client().connect("certificate", from)) {
      return connection.verdict() instanceof Verdict.Granted;
    }
  }

  Certified certified(String hosts, String key) throws IOException {
    if (!SshClient.isInstalled()) {
      throw new IOException("OpenSSH's client is not installed");
    }
    Visitor visitor = account.at(setup.listed());
    String authority =
        visitor.browser().get(ProbeAccount.site(setup.server()), "/ssh/hosts.pub").text();
    SshClient client =
        SshClient.of(
            folder.resolve("ssh-" + key),
            new SshClient.Way(ssh.jump(), ssh.name(), ssh.reach()),
            authority);
    Json signed =
        Visitor.good(
            visitor.call(
                "/api/command/ssh-certificate",
                Json.object(
                    "name",
                    account.name(),
                    "otp",
                    account.press(),
                    "password",
                    account.password(),
                    "hosts",
                    hosts,
                    "key",
                    client.publicKey())));
    client.keep(signed, "certificate");
    return new Certified(client, Instant.parse(signed.text("usableUntil")));
  }
}
