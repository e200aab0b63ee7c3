package io.parano.demo;

import io.parano.authn.SignedPairs;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What can be tried with a one-time password that was read over a shoulder or phished. Two
/// machines ask by Yubico's protocol with a key of their own, one in the office, one outside.
final class OtpAttacks {
  private static final int CLIENT = 7;

  private final Cast cast;
  private final OtpKey token;
  private final Secret apiKey;

  /// Two officers bring in Hugo's token, and the machines that may ask.
  OtpAttacks(Cast cast) throws IOException {
    this.cast = cast;
    this.token = given(cast.employee("hugo.martin"));
    String key =
        signed(
                cast.firstOfficer()
                    .propose(
                        Json.object(
                            "kind",
                            "admit-client",
                            "number",
                            Integer.toString(CLIENT),
                            "label",
                            "ssh gateways",
                            "addresses",
                            List.of(
                                Networks.GATEWAY.getHostAddress() + "/32",
                                Networks.GATEWAY_OUTSIDE.getHostAddress() + "/32"))))
            .text("code");
    this.apiKey = Secret.of(Base64.getDecoder().decode(key));
  }

  /// Two officers bring in a token for somebody.
  OtpKey given(Employee employee) throws IOException {
    OtpKey fresh = OtpKey.make(cast.ring().randomness());
    Json imported =
        Visitor.good(
            cast.firstOfficer()
                .call(
                    "/api/otp-tokens",
                    Json.object(
                        "person", employee.name(), "label", "demo", "file", fresh.logLine())));
    signed(imported.list("ids").getFirst().text());
    return fresh;
  }

  /// Hugo's.
  OtpKey token() {
    return token;
  }

  List<Step> steps() {
    return List.of(replayed(), fromOutside());
  }

  private Step replayed() {
    return Step.of(
            "replayed-otp",
            Reason.OTP_REPLAYED,
            Networks.GATEWAY,
            () -> {
              String seen = token.press();
              if (!(validated(Networks.GATEWAY, seen) instanceof Verdict.Granted)) {
                throw new IOException("the one-time password to replay did not count");
              }
              return validated(Networks.GATEWAY, seen);
            },
            Networks.GATEWAY,
            () -> validated(Networks.GATEWAY, token.press()))
        .at("otp");
  }

  private Step fromOutside() {
    return Step.of(
            "otp-from-outside",
            Reason.SOURCE_UNLISTED,
            Networks.GATEWAY_OUTSIDE,
            () -> validated(Networks.GATEWAY_OUTSIDE, token.press()),
            Networks.GATEWAY,
            () -> validated(Networks.GATEWAY, token.press()))
        .at("otp");
  }

  /// Granted when the answer says OK and carries our signature.
  private Verdict validated(InetAddress machine, String otp) throws IOException {
    SortedMap<String, String> question = new TreeMap<>();
    question.put("id", Integer.toString(CLIENT));
    question.put("nonce", HexFormat.of().formatHex(cast.ring().randomness().bytes(16)));
    question.put("otp", otp);
    String signature = SignedPairs.sign(question, apiKey);
    question.put("h", signature);
    String query =
        question.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
            .collect(Collectors.joining("&"));
    Reply reply =
        new Browser(machine, cast.places().proxy())
            .get(cast.places().signIn(), "/wsapi/2.0/verify?" + query);
    return Verdict.of(isOk(pairs(reply.text())), reply.took());
  }

  private boolean isOk(SortedMap<String, String> answer) {
    String signature = answer.remove("h");
    return signature != null
        && SignedPairs.check(answer, signature, apiKey) == SignedPairs.Check.RIGHT
        && "OK".equals(answer.get("status"));
  }

  private static SortedMap<String, String> pairs(String text) {
    return text.lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> pair[1].strip(), (one, other) -> other, TreeMap::new));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private Json signed(String act) throws IOException {
    Visitor.good(cast.signFirst(act));
    return Visitor.good(cast.signSecond(act));
  }
}
