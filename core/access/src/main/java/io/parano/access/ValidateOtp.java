package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.SignedPairs;
import io.parano.identity.OtpCounters;
import io.parano.identity.ValidationClient;
import io.parano.kernel.Reason;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// [Validating]: the machine first (number, address, signature), then the one-time password.
final class ValidateOtp implements Validating {
  static final String DOOR = "yubico";

  /// As the protocol writes times: four digits of milliseconds.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z0'SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Books books;
  private final VerifyOtp verifyOtp;
  private final Sealer sealer;
  private final Journal journal;
  private final InstantSource clock;

  ValidateOtp(
      Books books, VerifyOtp verifyOtp, Sealer sealer, Journal journal, InstantSource clock) {
    this.books = books;
    this.verifyOtp = verifyOtp;
    this.sealer = sealer;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Response validate(Request request) {
    ValidationClient client = books.roster().client(request.client());
    if (client == null) {
      return stranger(request, Reason.CLIENT_UNKNOWN);
    }
    if (!client.at(request.source())) {
      return stranger(request, Reason.CLIENT_ELSEWHERE);
    }
    try (Secret key = OtpActs.key(client, sealer)) {
      SortedMap<String, String> lines = answer(request, key);
      return new Response(lines, SignedPairs.sign(lines, key));
    }
  }

  private SortedMap<String, String> answer(Request request, Secret key) {
    return switch (SignedPairs.check(request.signed(), request.signature(), key)) {
      case WRONG -> {
        refuse(request, Reason.CLIENT_SIGNATURE_WRONG);
        yield lines(request, ValidationStatus.of(Reason.CLIENT_SIGNATURE_WRONG));
      }
      case RIGHT -> verified(request);
    };
  }

  private SortedMap<String, String> verified(Request request) {
    VerifyOtp.Asking asking =
        new VerifyOtp.Asking(DOOR, "client:" + request.client(), request.nonce(), request.source());
    try {
      return switch (verifyOtp.verify(request.otp(), asking)) {
        case VerifyOtp.Verified.Refused(var reason) -> lines(request, ValidationStatus.of(reason));
        case VerifyOtp.Verified.Accepted(var person, var token, var counters) ->
            accepted(request, counters);
      };
    } catch (Ledger.Unavailable e) {
      return lines(request, ValidationStatus.BACKEND_ERROR);
    }
  }

  private SortedMap<String, String> accepted(Request request, OtpCounters counters) {
    SortedMap<String, String> lines = lines(request, ValidationStatus.OK);
    if (request.wantsCounters()) {
      lines.put("timestamp", Integer.toString(counters.timestamp()));
      lines.put("sessioncounter", Integer.toString(counters.usage()));
      lines.put("sessionuse", Integer.toString(counters.session()));
    }
    return lines;
  }

  /// With nobody do we share a key then: the answer stands alone.
  private Response stranger(Request request, Reason reason) {
    refuse(request, reason);
    return new Response(lines(request, ValidationStatus.of(reason)), "");
  }

  private void refuse(Request request, Reason reason) {
    journal.refused(
        Event.at(clock.instant(), EventType.OTP_USED, Outcome.REFUSED)
            .from(DOOR, request.source())
            .because(reason)
            .with("asker", "client:" + request.client()),
        request.source());
  }

  /// There is one authority and no peers to wait for: all of them have answered.
  private SortedMap<String, String> lines(Request request, ValidationStatus status) {
    SortedMap<String, String> lines = new TreeMap<>();
    lines.put("t", time(clock.instant()));
    lines.put("otp", request.otp());
    lines.put("nonce", request.nonce());
    lines.put("sl", "100");
    lines.put("status", status.name());
    return lines;
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }
}
