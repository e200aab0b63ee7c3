package io.parano.radiuspacket;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A packet taken apart (RFC 2865 section 3). Whose it is nobody knows yet: nothing of it counts
/// before [RequestCheck] or [AnswerCheck] has looked at it under a shared secret.
///
/// Reading is strict where a lenient reading could be somebody's way in: an attribute that may
/// stand once stands once, numbers and addresses have their width, there are at most 200
/// attributes, and what proxies have us send back ([Type#PROXY_STATE]) leaves room for an answer.
public final class Packet {
  /// RFC 2865 section 3.
  public static final int LEAST = 20;

  public static final int MOST = 4096;

  static final int AUTHENTICATOR = 4;
  static final int AUTHENTICATOR_LENGTH = 16;

  /// As FreeRADIUS (`max_attributes`); no access server sends a quarter of it.
  private static final int MOST_ATTRIBUTES = 200;

  /// Sixteen proxies in a row at most, and half of a packet: the answer carries them all back.
  private static final int MOST_PROXIES = 16;

  private static final int MOST_PROXY_STATE = 2048;

  /// IPv4 as [IpAddress] has it.
  private static final long MAPPED = 0x0000_ffff_0000_0000L;

  private final byte[] octets;
  private final Code code;
  private final List<Attribute> attributes;
  private final int messageAuthenticator;

  private Packet(byte[] octets, Code code, List<Attribute> attributes, int messageAuthenticator) {
    this.octets = octets;
    this.code = code;
    this.attributes = attributes;
    this.messageAuthenticator = messageAuthenticator;
  }

  /// Reads what came; octets behind the length that the packet says are padding (RFC 2865 section
  /// 3).
  public static PacketReading read(byte[] datagram) {
    if (datagram.length < LEAST) {
      return new PacketReading.Malformed(Flaw.TRUNCATED);
    }
    int length = length(datagram[2], datagram[3]);
    if (length < LEAST || length > MOST) {
      return new PacketReading.Malformed(Flaw.LENGTH_IMPOSSIBLE);
    }
    if (length > datagram.length) {
      return new PacketReading.Malformed(Flaw.TRUNCATED);
    }
    Code code = Code.of(datagram[0]);
    return code == null
        ? new PacketReading.Malformed(Flaw.CODE_UNKNOWN)
        : attributes(Arrays.copyOf(datagram, length), code);
  }

  static int length(byte high, byte low) {
    return ((high & 0xff) << 8) | (low & 0xff);
  }

  private static PacketReading attributes(byte[] octets, Code code) {
    List<Attribute> attributes = new ArrayList<>();
    BitSet seen = new BitSet(256);
    int proxies = 0;
    int proxyState = 0;
    int messageAuthenticator = -1;
    int at = LEAST;
    while (at < octets.length) {
      int width = at + 1 < octets.length ? (octets[at + 1] & 0xff) - 2 : -1;
      if (width < 0 || at + 2 + width > octets.length || octets[at] == 0) {
        return new PacketReading.Malformed(Flaw.ATTRIBUTE_MALFORMED);
      }
      int number = octets[at] & 0xff;
      Flaw flaw = flaw(Type.of(number), width, seen);
      if (flaw != null || attributes.size() == MOST_ATTRIBUTES) {
        return new PacketReading.Malformed(flaw == null ? Flaw.TOO_MANY_ATTRIBUTES : flaw);
      }
      if (number == Type.MESSAGE_AUTHENTICATOR.number()) {
        messageAuthenticator = at + 2;
      }
      if (number == Type.PROXY_STATE.number()) {
        proxies++;
        proxyState += width + 2;
      }
      attributes.add(
          new Attribute(number, Bytes.of(Arrays.copyOfRange(octets, at + 2, at + 2 + width))));
      at += 2 + width;
    }
    if (proxies > MOST_PROXIES || proxyState > MOST_PROXY_STATE) {
      return new PacketReading.Malformed(Flaw.PROXY_STATE_TOO_LONG);
    }
    return new PacketReading.Read(
        new Packet(octets, code, List.copyOf(attributes), messageAuthenticator));
  }

  private static @Nullable Flaw flaw(@Nullable Type type, int width, BitSet seen) {
    if (type == null) {
      return null;
    }
    if (!type.fits(width)) {
      return Flaw.ATTRIBUTE_WIDTH;
    }
    if (type.onlyOnce() && seen.get(type.number())) {
      return Flaw.ATTRIBUTE_REPEATED;
    }
    seen.set(type.number());
    return null;
  }

  public Code code() {
    return code;
  }

  public int identifier() {
    return octets[1] & 0xff;
  }

  /// The sixteen octets that a request makes its own, or that prove an answer.
  public Bytes authenticator() {
    return Bytes.of(Arrays.copyOfRange(octets, AUTHENTICATOR, LEAST));
  }

  /// In the order in which they stand.
  public List<Attribute> attributes() {
    return attributes;
  }

  public boolean has(Type type) {
    return first(type) != null;
  }

  public @Nullable Bytes first(Type type) {
    for (Attribute attribute : attributes) {
      if (attribute.is(type)) {
        return attribute.value();
      }
    }
    return null;
  }

  /// UTF-8 without control characters, which could hide in a log; empty also when it is something
  /// else.
  public Optional<String> text(Type type) {
    Bytes value = first(type);
    if (value == null || value.length() == 0) {
      return Optional.empty();
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.copy())).toString();
      return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  public OptionalLong number(Type type) {
    Bytes value = first(type);
    return value == null || value.length() != Integer.BYTES
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(value.copy()).getInt() & 0xffff_ffffL);
  }

  public Optional<IpAddress> address(Type type) {
    Bytes value = first(type);
    if (value == null || (value.length() != 4 && value.length() != 16)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(value.copy());
    return Optional.of(
        value.length() == 4
            ? new IpAddress(0, MAPPED | (bytes.getInt() & 0xffff_ffffL))
            : new IpAddress(bytes.getLong(), bytes.getLong()));
  }

  /// Ours: nobody else gets to change them.
  byte[] octets() {
    return octets;
  }

  /// Where the value of the Message-Authenticator stands; -1 when there is none.
  int messageAuthenticator() {
    return messageAuthenticator;
  }

  @Override
  public String toString() {
    return code + " " + identifier() + ", " + attributes.size() + " attributes";
  }
}
