package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.util.List;

/// A peer, as the interface has it. Its pre-shared key is not here.
///
/// @param publicKey 32 bytes
/// @param allowed the addresses that it may speak from
record Present(Bytes publicKey, List<IpPrefix> allowed) {
  Present {
    allowed = List.copyOf(allowed);
  }
}
