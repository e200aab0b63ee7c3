package io.parano.probe;

import io.parano.demo.Json;
import io.parano.demo.SshClient;
import io.parano.demo.Verdict;
import io.parano.demo.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/// What can be tried at the jump host with a certificate of the probe account's.
final class SshProbes {
  static final List<String> ALL = List.of("ssh-stolen-certificate");

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
    return List.of(
        new Probe(
            "P1",
            "ssh-stolen-certificate",
            () -> connects(setup.outside()),
            () -> connects(setup.listed())));
  }

  /// With a certificate that is fetched from where it may be.
  private boolean connects(InetAddress from) throws IOException {
    if (!SshClient.isInstalled()) {
      throw new IOException("OpenSSH's client is not installed");
    }
    Visitor visitor = account.at(setup.listed());
    String authority =
        visitor.browser().get(ProbeAccount.site(setup.server()), "/ssh/hosts.pub").text();
    SshClient client =
        SshClient.of(
            folder.resolve("ssh-" + from.getHostAddress().replace(':', '-')),
            new SshClient.Way(ssh.jump(), ssh.name(), ssh.reach()),
            authority);
    client.keep(
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
                    ssh.hosts(),
                    "key",
                    client.publicKey()))),
        "certificate");
    try (SshClient.Connection connection = client.connect("certificate", from)) {
      return connection.verdict() instanceof Verdict.Granted;
    }
  }
}
