package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Orders as lines of ASCII, words apart by one space. Moments are milliseconds since 1970, lives
/// are seconds, keys are in base64 as `wg` writes them:
///
/// ```
/// put MOMENT KEY,ADDRESS,LIFE PRESHARED-KEY
/// renew MOMENT KEY,ADDRESS,LIFE …
/// remove KEY …
/// list
/// ```
///
/// What could be written in several ways is read in one.
final class OrderText {
  /// More than [Order#MOST] peers with the longest addresses.
  static final int LONGEST = 32 * 1024;

  private static final long MOST_SECONDS = 366L * 24 * 3600;

  private OrderText() {}

  /// @param line without its end; whoever calls wipes it
  static OrderReading read(byte[] line) {
    Order order = line.length > LONGEST ? null : order(Text.of(line).apart(' '));
    return order == null ? new OrderReading.Malformed() : new OrderReading.Read(order);
  }

  private static @Nullable Order order(List<Text> words) {
    Text verb = words.getFirst();
    List<Text> rest = words.subList(1, words.size());
    if (verb.is("put")) {
      return put(rest);
    }
    if (verb.is("renew")) {
      return renew(rest);
    }
    if (verb.is("remove")) {
      return remove(rest);
    }
    return verb.is("list") && rest.isEmpty() ? new Order.Listing() : null;
  }

  private static @Nullable Order put(List<Text> words) {
    if (words.size() != 3) {
      return null;
    }
    Instant said = moment(words.getFirst());
    Standing peer = standing(words.get(1));
    byte[] key = words.getLast().base64Key();
    if (key == null) {
      return null;
    }
    try {
      return said == null || peer == null ? null : new Order.Put(said, peer, Secret.of(key));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static @Nullable Order renew(List<Text> words) {
    if (words.size() < 2 || words.size() > 1 + Order.MOST) {
      return null;
    }
    Instant said = moment(words.getFirst());
    List<Standing> peers = new ArrayList<>();
    Set<Bytes> keys = new HashSet<>();
    Set<IpAddress> addresses = new HashSet<>();
    for (Text word : words.subList(1, words.size())) {
      Standing peer = standing(word);
      if (peer == null || !keys.add(peer.publicKey()) || !addresses.add(peer.address())) {
        return null;
      }
      peers.add(peer);
    }
    return said == null ? null : new Order.Renew(said, peers);
  }

  private static @Nullable Order remove(List<Text> words) {
    if (words.isEmpty() || words.size() > Order.MOST) {
      return null;
    }
    Set<Bytes> keys = new HashSet<>();
    List<Bytes> inOrder = new ArrayList<>();
    for (Text word : words) {
      Bytes key = publicKey(word);
      if (key == null || !keys.add(key)) {
        return null;
      }
      inOrder.add(key);
    }
    return new Order.Remove(inOrder);
  }

  private static @Nullable Instant moment(Text word) {
    long millis = word.length() <= 15 ? word.number() : -1;
    return millis < 0 ? null : Instant.ofEpochMilli(millis);
  }

  /// A peer as it stands in an order and in an answer.
  static @Nullable Standing standing(Text word) {
    List<Text> parts = word.length() > 128 ? List.of() : word.apart(',');
    if (parts.size() != 3) {
      return null;
    }
    Bytes key = publicKey(parts.getFirst());
    IpAddress address = address(parts.get(1));
    long life = parts.getLast().number();
    return key == null || address == null || life < 0 || life > MOST_SECONDS
        ? null
        : new Standing(key, address, Duration.ofSeconds(life));
  }

  static @Nullable Bytes publicKey(Text word) {
    byte[] key = word.base64Key();
    return key == null ? null : Bytes.of(key);
  }

  private static @Nullable IpAddress address(Text word) {
    try {
      String text = word.string();
      IpAddress address = IpAddress.parse(text);
      return address.toString().equals(text) ? address : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The line with its end. Whoever calls wipes it.
  static byte[] write(Order order) {
    return switch (order) {
      case Order.Put(var said, var peer, var presharedKey) ->
          put("put " + said.toEpochMilli() + " " + written(peer) + " ", presharedKey);
      case Order.Renew(var said, var peers) ->
          ascii(
              peers.stream()
                  .map(OrderText::written)
                  .collect(Collectors.joining(" ", "renew " + said.toEpochMilli() + " ", "\n")));
      case Order.Remove(var keys) ->
          ascii(
              keys.stream()
                  .map(OrderText::base64)
                  .collect(Collectors.joining(" ", "remove ", "\n")));
      case Order.Listing _ -> ascii("list\n");
    };
  }

  private static byte[] put(String before, Secret presharedKey) {
    byte[] begin = ascii(before);
    byte[] key = presharedKey.copy();
    byte[] text = Base64.getEncoder().encode(key);
    Arrays.fill(key, (byte) 0);
    byte[] line = Arrays.copyOf(begin, begin.length + text.length + 1);
    System.arraycopy(text, 0, line, begin.length, text.length);
    Arrays.fill(text, (byte) 0);
    line[line.length - 1] = '\n';
    return line;
  }

  static String written(Standing peer) {
    return base64(peer.publicKey()) + "," + peer.address() + "," + peer.life().toSeconds();
  }

  static String base64(Bytes key) {
    return Base64.getEncoder().encodeToString(key.copy());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
