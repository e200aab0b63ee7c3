package io.parano.access;

import io.parano.authn.AssertionResponse;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.util.List;

/// How somebody outside opens their enrolled device's tunnel: name, touch, password, in this order
/// and as at the sign-in, but the first level is the device's own key. What comes of it is a
/// pre-shared key that the tunnel takes besides; nothing else is granted.
///
/// Whoever has the device without the person can do nothing here, and whoever has the person's
/// factors without the device gets half of what opens the tunnel.
public interface Arming {
  SigningIn.Begun begin(String name, IpAddress source);

  SigningIn.Touched touch(String ceremony, AssertionResponse assertion, IpAddress source);

  /// @param device its label; empty when the person has one alone
  Armed arm(String ceremony, Secret password, String device, IpAddress source);

  /// Every peer that may stand now. What carries the tunnels ends all others.
  List<Peers.Peer> live();

  /// From the most refusing to the most allowing.
  sealed interface Armed {
    record Refused(Reason reason) implements Armed {}

    /// The ceremony goes on: another password, or another device, may be tried.
    record Again(Reason reason) implements Armed {}

    /// The tunnels can't be carried: nothing was left open.
    record Unavailable() implements Armed {}

    /// @param presharedKey 32 bytes, for the device alone, good until then
    record Done(
        String device,
        String server,
        Carrier.End end,
        IpAddress address,
        Secret presharedKey,
        Instant until)
        implements Armed {}
  }
}
