package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an interface answers over the cross-platform userspace interface
/// (<https://www.wireguard.com/xplatform/>): lines `key=value`, `errno=` last, then an empty line.
///
/// A `get=1` answers with the private key and the pre-shared ones. They are looked at where they
/// lie and leave no trace; whoever calls wipes the bytes.
final class UapiAnswer {
  /// A few hundred bytes for each peer, of which there are [#MOST_PEERS].
  static final int LONGEST = 8 << 20;

  static final int MOST_PEERS = 16_384;
  private static final int MOST_ALLOWED = 1_024;
  private static final int LONGEST_ENDPOINT = 128;

  /// What stands at most once for an interface, or for a peer.
  private enum Word {
    PRIVATE_KEY(false),
    LISTEN_PORT(false),
    FWMARK(false),
    PRESHARED_KEY(true),
    PROTOCOL_VERSION(true),
    ENDPOINT(true),
    LAST_HANDSHAKE_TIME_SEC(true),
    LAST_HANDSHAKE_TIME_NSEC(true),
    TX_BYTES(true),
    RX_BYTES(true),
    PERSISTENT_KEEPALIVE_INTERVAL(true);

    private static final Map<String, Word> WORDS = words();
    private final boolean ofPeer;

    Word(boolean ofPeer) {
      this.ofPeer = ofPeer;
    }

    private static Map<String, Word> words() {
      Map<String, Word> words = new HashMap<>();
      for (Word word : values()) {
        words.put(word.name().toLowerCase(Locale.ROOT), word);
      }
      return Map.copyOf(words);
    }

    @Nullable Flaw flaw(Text value) {
      return switch (this) {
        case PRIVATE_KEY, PRESHARED_KEY -> value.isHexKey() ? null : Flaw.SECRET_MALFORMED;
        case ENDPOINT ->
            value.isPlain() && value.length() <= LONGEST_ENDPOINT ? null : Flaw.ENDPOINT_MALFORMED;
        case LISTEN_PORT,
            FWMARK,
            PROTOCOL_VERSION,
            LAST_HANDSHAKE_TIME_SEC,
            LAST_HANDSHAKE_TIME_NSEC,
            TX_BYTES,
            RX_BYTES,
            PERSISTENT_KEEPALIVE_INTERVAL ->
            value.number() < 0 ? Flaw.NUMBER_MALFORMED : null;
      };
    }
  }

  private final List<Present> peers = new ArrayList<>();
  private final Set<Bytes> keys = new HashSet<>();
  private final Set<Word> said = EnumSet.noneOf(Word.class);
  private @Nullable Bytes key;
  private List<IpPrefix> allowed = new ArrayList<>();

  private UapiAnswer() {}

  /// Whether `length` bytes are a whole answer.
  static boolean isWhole(byte[] bytes, int length) {
    return length >= 2 && bytes[length - 1] == '\n' && bytes[length - 2] == '\n';
  }

  static InterfaceReading read(byte[] bytes) {
    if (bytes.length > LONGEST) {
      return new InterfaceReading.Malformed(Flaw.TOO_LONG);
    }
    return new UapiAnswer().lines(Text.of(bytes));
  }

  private InterfaceReading lines(Text rest) {
    Text left = rest;
    while (true) {
      int end = left.indexOf('\n');
      if (end < 0) {
        return new InterfaceReading.Malformed(Flaw.TRUNCATED);
      }
      Text line = left.first(end);
      left = left.behind(end + 1);
      int equals = line.indexOf('=');
      if (equals < 0) {
        return new InterfaceReading.Malformed(Flaw.LINE_MALFORMED);
      }
      Text word = line.first(equals);
      Text value = line.behind(equals + 1);
      if (word.is("errno")) {
        return ended(value, left);
      }
      Flaw flaw = take(word, value);
      if (flaw != null) {
        return new InterfaceReading.Malformed(flaw);
      }
    }
  }

  private InterfaceReading ended(Text value, Text rest) {
    if (!rest.is("\n")) {
      return new InterfaceReading.Malformed(rest.length() == 0 ? Flaw.TRUNCATED : Flaw.TRAILING);
    }
    boolean negative = value.indexOf('-') == 0;
    long errno = negative ? value.behind(1).number() : value.number();
    if (errno < 0) {
      return new InterfaceReading.Malformed(Flaw.NUMBER_MALFORMED);
    }
    if (errno != 0) {
      return new InterfaceReading.Failed(negative ? -errno : errno);
    }
    finish();
    return new InterfaceReading.Read(peers);
  }

  private @Nullable Flaw take(Text word, Text value) {
    if (word.length() > 32) {
      return Flaw.KEY_UNKNOWN;
    }
    return switch (word.string()) {
      case "public_key" -> begin(value);
      case "allowed_ip" -> allow(value);
      case String other -> {
        Word known = Word.WORDS.get(other);
        if (known == null) {
          yield Flaw.KEY_UNKNOWN;
        }
        boolean inPlace = known.ofPeer == (key != null) && said.add(known);
        yield inPlace ? known.flaw(value) : Flaw.OUT_OF_PLACE;
      }
    };
  }

  private @Nullable Flaw begin(Text value) {
    finish();
    Bytes read = value.hexKey();
    if (read == null) {
      return Flaw.PUBLIC_KEY_MALFORMED;
    }
    if (!keys.add(read)) {
      return Flaw.PEER_TWICE;
    }
    key = read;
    return keys.size() > MOST_PEERS ? Flaw.TOO_MANY : null;
  }

  private @Nullable Flaw allow(Text value) {
    IpPrefix network = value.network();
    if (key == null) {
      return Flaw.OUT_OF_PLACE;
    }
    if (network == null) {
      return Flaw.NETWORK_MALFORMED;
    }
    allowed.add(network);
    return allowed.size() > MOST_ALLOWED ? Flaw.TOO_MANY : null;
  }

  private void finish() {
    if (key != null) {
      peers.add(new Present(key, allowed));
    }
    key = null;
    said.clear();
    allowed = new ArrayList<>();
  }
}
