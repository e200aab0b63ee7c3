package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.sshcert.Signer;
import java.util.List;

/// What the SSH use cases must know of the set-up.
///
/// @param users the authority of people's certificates
/// @param hosts the authority of hosts' certificates
/// @param jumpAddresses from where hosts see the jump host come; empty where there is none
public record SshSettings(Signer users, Signer hosts, List<IpAddress> jumpAddresses) {
  public SshSettings {
    jumpAddresses = List.copyOf(jumpAddresses);
  }
}
