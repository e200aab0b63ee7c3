package io.parano.web;

import io.parano.access.DeviceKeeping;
import io.parano.access.Reply;
import io.parano.access.SigningIn;
import io.parano.authn.AssertionResponse;
import io.parano.kernel.Bytes;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Passwords of devices on paper: whoever is signed in at a [PaperCore] has them, after any touch.
final class PaperDevices implements DeviceKeeping {
  static final String CEREMONY = "paper-device";
  static final String PASSWORD = "0123-4567-89ab-cdef-ghjk-mnpq-rstv";

  private static final Instant MADE = Instant.parse("2026-11-26T09:00:00Z");

  private final PaperCore paper;
  private final List<Row> rows = new ArrayList<>();

  PaperDevices(PaperCore paper) {
    this.paper = paper;
  }

  @Override
  public Duration life() {
    return Duration.ofDays(90);
  }

  @Override
  public SigningIn.Begun begin(String bearer, IpAddress source) {
    return switch (paper.who(bearer, source)) {
      case SigningIn.Who.Nobody(Reason reason) -> new SigningIn.Begun.Refused(reason);
      case SigningIn.Who.Somebody somebody ->
          new SigningIn.Begun.Options(
              CEREMONY, Bytes.of(new byte[32]), List.of(), Duration.ofMinutes(5));
    };
  }

  @Override
  public synchronized Made make(
      String bearer, String ceremony, AssertionResponse assertion, String label, IpAddress source) {
    return switch (paper.who(bearer, source)) {
      case SigningIn.Who.Nobody(Reason reason) -> new Made.Refused(reason);
      case SigningIn.Who.Somebody somebody when ceremony.equals(CEREMONY) -> {
        DeviceId id = DeviceId.parse("019abcde-0000-7000-8000-%012d".formatted(rows.size()));
        rows.add(new Row(id, somebody.name(), label, MADE, MADE.plus(life())));
        yield new Made.Done(id, Secret.ofText(PASSWORD), MADE.plus(life()));
      }
      case SigningIn.Who.Somebody somebody -> new Made.Refused(Reason.CEREMONY_UNKNOWN);
    };
  }

  @Override
  public synchronized Reply<List<Row>> list(String bearer, IpAddress source) {
    return switch (paper.who(bearer, source)) {
      case SigningIn.Who.Nobody(Reason reason) -> new Reply.Refused<>(reason);
      case SigningIn.Who.Somebody somebody -> new Reply.Done<>(List.copyOf(rows));
    };
  }
}
