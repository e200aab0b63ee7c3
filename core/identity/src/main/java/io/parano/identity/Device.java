package io.parano.identity;

import io.parano.kernel.Bytes;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import java.time.Instant;
import java.util.Base64;

/// A machine of somebody's whose own key is the source level of a tunnel from outside. The private
/// half was made on it and never left it.
///
/// @param label unique among the person's devices
/// @param key 32 bytes: what [Kind] says
/// @param address what the far end of its tunnel is called inside, always and alone
public record Device(
    DeviceId id,
    PersonId person,
    String label,
    Kind kind,
    Bytes key,
    IpAddress address,
    State state,
    Instant enrolledAt) {
  private static final int KEY_LENGTH = 32;

  public Device {
    key(key);
    address(address);
  }

  public enum Kind {
    /// The key is the public one itself (Curve25519), written as `wg` writes it.
    WIREGUARD,
    /// The key is SHA-256 over a client certificate (DER): what OpenVPN says of who is there
    /// (`tls_digest_sha256_0`), in hexadecimal.
    OPENVPN;

    /// Throws [IllegalArgumentException] on what is no key of the kind.
    public Bytes read(String text) {
      Bytes key =
          switch (this) {
            case WIREGUARD -> Bytes.of(Base64.getDecoder().decode(text));
            case OPENVPN -> Bytes.fromHex(text);
          };
      key(key);
      if (!write(key).equals(text)) {
        throw new IllegalArgumentException("not as such a key is written: " + text);
      }
      return key;
    }

    public String write(Bytes key) {
      return switch (this) {
        case WIREGUARD -> Base64.getEncoder().encodeToString(key.copy());
        case OPENVPN -> key.hex();
      };
    }
  }

  public enum State {
    CUT,
    ACTIVE
  }

  public boolean active() {
    return state == State.ACTIVE;
  }

  public Device as(State state) {
    return new Device(id, person, label, kind, key, address, state, enrolledAt);
  }

  /// Without what officers called it.
  public Device unnamed() {
    return new Device(id, person, "", kind, key, address, state, enrolledAt);
  }

  static void key(Bytes key) {
    if (key.length() != KEY_LENGTH || key.equals(Bytes.of(new byte[KEY_LENGTH]))) {
      throw new IllegalArgumentException("expected a key of 32 bytes, and not all zeros");
    }
  }

  /// A session's source is one IPv4 address, or a whole /64 for IPv6, which no lease could tie to
  /// one person.
  static void address(IpAddress address) {
    if (!address.isV4()) {
      throw new IllegalArgumentException("expected an IPv4 address, found " + address);
    }
  }
}
