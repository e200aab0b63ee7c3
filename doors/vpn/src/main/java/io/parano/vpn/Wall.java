package io.parano.vpn;

import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.util.Collection;

/// The packet filter around an interface: nothing comes from it or goes to it but from and to open
/// addresses. What is open closes by itself after [#OPEN_SECONDS].
///
/// Each call builds it anew around what is open, so that one that somebody has torn down is there
/// again. Throws [IOException] when that can't be done.
interface Wall {
  /// A second less than what is promised: what was said last takes its time to arrive.
  int OPEN_SECONDS = 4;

  void open(Collection<IpAddress> addresses) throws IOException;

  void shut(Collection<IpAddress> addresses) throws IOException;

  /// Nothing changes, but that it stands.
  void stand() throws IOException;
}
