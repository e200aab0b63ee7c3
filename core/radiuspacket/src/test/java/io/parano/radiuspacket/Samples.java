package io.parano.radiuspacket;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.util.List;
import java.util.Random;

/// Packets between one client and one server.
final class Samples {
  static final SharedSecret SECRET = secret("a secret of this test");
  static final Randomness CHANCE = new Random(1812)::nextBytes;
  static final List<Attribute> LOGIN =
      List.of(
          Attribute.of(Type.USER_NAME, "camille"),
          Attribute.of(Type.NAS_IDENTIFIER, "vpn-1"),
          Attribute.of(Type.CALLING_STATION_ID, "192.0.2.7"));

  private Samples() {}

  static SharedSecret secret(String text) {
    return SharedSecret.of(Secret.ofText(text));
  }

  static OwnRequest login(String password, Attribute... more) {
    return OwnRequest.asking(
        Code.ACCESS_REQUEST, 7, with(more), Secret.ofText(password), SECRET, CHANCE);
  }

  static OwnRequest accounting(Attribute... more) {
    return OwnRequest.telling(Code.ACCOUNTING_REQUEST, 8, with(more), SECRET);
  }

  private static List<Attribute> with(Attribute... more) {
    return java.util.stream.Stream.concat(LOGIN.stream(), List.of(more).stream()).toList();
  }

  static Packet packet(Bytes octets) {
    return switch (Packet.read(octets.copy())) {
      case PacketReading.Read(var packet) -> packet;
      case PacketReading.Malformed(var flaw) -> throw new AssertionError(flaw);
    };
  }

  static Request genuine(Bytes octets) {
    return genuine(octets, SECRET, Demand.MESSAGE_AUTHENTICATOR);
  }

  static Request genuine(Bytes octets, SharedSecret secret, Demand demand) {
    return switch (RequestCheck.check(packet(octets), secret, demand)) {
      case RequestCheck.Checked.Genuine(var request) -> request;
      case RequestCheck.Checked.Refused(var flaw) -> throw new AssertionError(flaw);
    };
  }

  static String typed(Request request) {
    return switch (request.password()) {
      case Password.Given(var typed) ->
          new String(typed.copy(), java.nio.charset.StandardCharsets.UTF_8);
      case Password.Missing missing -> "missing";
      case Password.Malformed malformed -> "malformed";
    };
  }
}
