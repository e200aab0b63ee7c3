package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import java.time.Duration;

/// A peer that may stand, and for how long from now: what the two processes tell each other.
///
/// @param publicKey 32 bytes
/// @param life whole seconds
record Standing(Bytes publicKey, IpAddress address, Duration life) {}
