package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `wg show INTERFACE dump` prints (wg(8)): a line of the interface, then one for each peer,
/// fields apart by tabs. It has the private key and the pre-shared ones, as [UapiAnswer] does, and
/// they fare the same.
final class WgDump {
  private static final int OF_INTERFACE = 4;
  private static final int OF_PEER = 8;
  private static final int MOST_ALLOWED = 1_024;
  private static final String NONE = "(none)";

  private final List<Present> peers = new ArrayList<>();
  private final Set<Bytes> keys = new HashSet<>();

  private WgDump() {}

  static InterfaceReading read(byte[] bytes) {
    if (bytes.length > UapiAnswer.LONGEST) {
      return new InterfaceReading.Malformed(Flaw.TOO_LONG);
    }
    WgDump dump = new WgDump();
    Flaw flaw = dump.lines(Text.of(bytes));
    return flaw == null
        ? new InterfaceReading.Read(dump.peers)
        : new InterfaceReading.Malformed(flaw);
  }

  private @Nullable Flaw lines(Text whole) {
    Text left = whole;
    Flaw flaw = null;
    for (int line = 0; flaw == null && (line == 0 || left.length() > 0); line++) {
      int end = left.indexOf('\n');
      if (end < 0) {
        return Flaw.TRUNCATED;
      }
      List<Text> fields = left.first(end).apart('\t');
      flaw = line == 0 ? ofInterface(fields) : ofPeer(fields);
      left = left.behind(end + 1);
    }
    return flaw;
  }

  private static @Nullable Flaw ofInterface(List<Text> fields) {
    if (fields.size() != OF_INTERFACE) {
      return Flaw.LINE_MALFORMED;
    }
    if (!isSecret(fields.getFirst())) {
      return Flaw.SECRET_MALFORMED;
    }
    if (!fields.get(1).is(NONE) && fields.get(1).base64Key() == null) {
      return Flaw.PUBLIC_KEY_MALFORMED;
    }
    boolean numbers = fields.get(2).number() >= 0 && fields.get(3).isPlain();
    return numbers ? null : Flaw.NUMBER_MALFORMED;
  }

  private @Nullable Flaw ofPeer(List<Text> fields) {
    if (fields.size() != OF_PEER) {
      return Flaw.LINE_MALFORMED;
    }
    byte[] key = fields.getFirst().base64Key();
    if (key == null) {
      return Flaw.PUBLIC_KEY_MALFORMED;
    }
    if (!isSecret(fields.get(1))) {
      return Flaw.SECRET_MALFORMED;
    }
    if (!fields.get(2).isPlain()) {
      return Flaw.ENDPOINT_MALFORMED;
    }
    for (Text number : fields.subList(4, 7)) {
      if (number.number() < 0) {
        return Flaw.NUMBER_MALFORMED;
      }
    }
    Text keepalive = fields.getLast();
    if (!keepalive.is("off") && keepalive.number() < 0) {
      return Flaw.NUMBER_MALFORMED;
    }
    return peer(Bytes.of(key), fields.get(3));
  }

  private @Nullable Flaw peer(Bytes key, Text networks) {
    List<IpPrefix> allowed = new ArrayList<>();
    if (!networks.is(NONE)) {
      for (Text one : networks.apart(',')) {
        IpPrefix network = one.network();
        if (network == null) {
          return Flaw.NETWORK_MALFORMED;
        }
        allowed.add(network);
      }
    }
    if (!keys.add(key)) {
      return Flaw.PEER_TWICE;
    }
    peers.add(new Present(key, allowed));
    return keys.size() > UapiAnswer.MOST_PEERS || allowed.size() > MOST_ALLOWED
        ? Flaw.TOO_MANY
        : null;
  }

  private static boolean isSecret(Text field) {
    if (field.is(NONE)) {
      return true;
    }
    byte[] key = field.base64Key();
    if (key != null) {
      Arrays.fill(key, (byte) 0);
    }
    return key != null;
  }
}
