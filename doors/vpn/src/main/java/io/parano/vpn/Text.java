package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a line, where it lies: what may be a secret is looked at there, and never becomes a
/// string. It reads nothing but ASCII.
final class Text {
  private static final int KEY = 32;

  /// 32 bytes in base64, with padding, as `wg` writes them.
  static final int KEY_IN_BASE64 = 44;

  private final byte[] bytes;
  private final int from;
  private final int to;

  private Text(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /// Over the bytes themselves, which whoever calls may wipe once all is read.
  static Text of(byte[] bytes) {
    return new Text(bytes, 0, bytes.length);
  }

  int length() {
    return to - from;
  }

  /// How far from its beginning `wanted` stands first; -1 for nowhere.
  int indexOf(char wanted) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == wanted) {
        return at - from;
      }
    }
    return -1;
  }

  /// The first `length` bytes.
  Text first(int length) {
    return new Text(bytes, from, from + length);
  }

  /// What comes behind the first `length` bytes.
  Text behind(int length) {
    return new Text(bytes, from + length, to);
  }

  /// What `separator` keeps apart; itself where there is none.
  List<Text> apart(char separator) {
    List<Text> pieces = new ArrayList<>();
    Text left = this;
    for (int at = left.indexOf(separator); at >= 0; at = left.indexOf(separator)) {
      pieces.add(left.first(at));
      left = left.behind(at + 1);
    }
    pieces.add(left);
    return pieces;
  }

  /// What prints, without spaces.
  boolean isPlain() {
    for (int at = from; at < to; at++) {
      if (bytes[at] <= ' ' || bytes[at] > '~') {
        return false;
      }
    }
    return length() > 0;
  }

  boolean is(String word) {
    return word.length() == length() && word.equals(string());
  }

  /// Only for what is no secret.
  String string() {
    return new String(bytes, from, length(), StandardCharsets.ISO_8859_1);
  }

  boolean isHexKey() {
    for (int at = from; at < to; at++) {
      if (!HexFormat.isHexDigit(bytes[at])) {
        return false;
      }
    }
    return length() == 2 * KEY;
  }

  @Nullable Bytes hexKey() {
    return isHexKey() ? Bytes.fromHex(string()) : null;
  }

  /// The 32 bytes of a key in base64, written as `wg` writes it and in no other way; whoever calls
  /// wipes them when they are secret. Null for anything else.
  byte @Nullable [] base64Key() {
    if (length() != KEY_IN_BASE64) {
      return null;
    }
    byte[] own = new byte[KEY_IN_BASE64];
    System.arraycopy(bytes, from, own, 0, KEY_IN_BASE64);
    byte[] key;
    try {
      key = Base64.getDecoder().decode(own);
    } catch (IllegalArgumentException e) {
      return null;
    } finally {
      Arrays.fill(own, (byte) 0);
    }
    // The last of 43 characters says two bits too much.
    byte[] again = Base64.getEncoder().encode(key);
    boolean canonical = key.length == KEY && sameAs(again);
    Arrays.fill(again, (byte) 0);
    if (!canonical) {
      Arrays.fill(key, (byte) 0);
    }
    return canonical ? key : null;
  }

  private boolean sameAs(byte[] other) {
    return Arrays.equals(bytes, from, to, other, 0, other.length);
  }

  /// A whole number without a sign or zeros in front; -1 for anything else.
  long number() {
    int length = length();
    if (length == 0 || length > 18 || (length > 1 && bytes[from] == '0')) {
      return -1;
    }
    long number = 0;
    for (int at = from; at < to; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return -1;
      }
      number = 10 * number + bytes[at] - '0';
    }
    return number;
  }

  /// An address, a slash and a length; null for anything else.
  @Nullable IpPrefix network() {
    if (length() > 43 || indexOf('/') < 0) {
      return null;
    }
    try {
      return IpPrefix.parse(string());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
