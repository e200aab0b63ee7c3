package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.sshcert.Signer;
import java.util.List;

/// What the SSH use cases must know of the set-up.
public final class SshSettings {
  private final SshAuthority users;
  private final SshAuthority hosts;
  private final List<IpAddress> jumpAddresses;

  /// @param users the authority of people's certificates
  /// @param hosts the authority of hosts' certificates
  /// @param jumpAddresses from where hosts see the jump host come; empty where there is none
  public SshSettings(Signer users, Signer hosts, List<IpAddress> jumpAddresses) {
    this.users = new SshAuthority(users);
    this.hosts = new SshAuthority(hosts);
    this.jumpAddresses = List.copyOf(jumpAddresses);
  }

  SshAuthority users() {
    return users;
  }

  SshAuthority hosts() {
    return hosts;
  }

  List<IpAddress> jumpAddresses() {
    return jumpAddresses;
  }
}
