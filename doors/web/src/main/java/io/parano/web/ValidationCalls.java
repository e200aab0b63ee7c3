package io.parano.web;

import io.parano.access.Validating;
import io.parano.access.ValidationStatus;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Yubico's validation protocol 2.0, as `ykclient` and `pam_yubico` speak it: a query in, lines
/// out. Signatures are the core's: what it says is written as it came.
final class ValidationCalls {
  static final String PATH = "/wsapi/2.0/verify";

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

  private final Validating validating;

  ValidationCalls(Validating validating) {
    this.validating = validating;
  }

  Response answer(Call call) {
    if (!call.method().equals("GET")) {
      return Response.text(405, "").with("Allow", "GET");
    }
    SortedMap<String, String> signed = new TreeMap<>(call.query());
    // Some clients leave base64's plus sign as it is, which in a query means a space.
    String signature = call.query().getOrDefault("h", "").replace(' ', '+');
    signed.remove("h");
    String id = signed.getOrDefault("id", "");
    String otp = signed.getOrDefault("otp", "");
    String nonce = signed.getOrDefault("nonce", "");
    if (!NUMBER.matcher(id).matches() || otp.isEmpty() || !Validating.Request.nonce(nonce)) {
      return unsigned(ValidationStatus.MISSING_PARAMETER);
    }
    if (!Validating.Request.otp(otp)) {
      return unsigned(ValidationStatus.BAD_OTP);
    }
    Validating.Response response =
        validating.validate(
            new Validating.Request(
                Long.parseLong(id),
                otp,
                nonce,
                "1".equals(signed.get("timestamp")),
                signed,
                signature,
                call.source()));
    return written(response.lines(), response.signature());
  }

  /// What came can't be echoed safely, and nobody has shown who asks.
  private static Response unsigned(ValidationStatus status) {
    return written(new TreeMap<>(Map.of("status", status.name())), "");
  }

  private static Response written(SortedMap<String, String> lines, String signature) {
    StringBuilder out = new StringBuilder();
    if (!signature.isEmpty()) {
      out.append("h=").append(signature).append("\r\n");
    }
    lines.forEach((name, value) -> out.append(name).append('=').append(value).append("\r\n"));
    return Response.text(200, out.append("\r\n").toString());
  }
}
