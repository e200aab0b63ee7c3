package io.parano.identity;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.time.Instant;
import java.util.List;

/// A machine that may ask whether a one-time password counts: it has a number, a key, and listed
/// addresses.
///
/// @param key the 160-bit key that signs its questions and our answers, sealed for its number
public record ValidationClient(
    long number, String label, Bytes key, List<IpPrefix> addresses, Instant admittedAt) {
  public ValidationClient {
    addresses = List.copyOf(addresses);
  }

  /// The same, sealed anew.
  public ValidationClient with(Bytes key) {
    return new ValidationClient(number, label, key, addresses, admittedAt);
  }

  public boolean at(IpAddress source) {
    return addresses.stream().anyMatch(prefix -> prefix.contains(source));
  }
}
