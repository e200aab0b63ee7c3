package io.parano.web;

import io.parano.access.Confirming;
import io.parano.authn.AssertionResponse;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Duration;
import java.util.List;

/// A core with one VPN login that waits: olga's, of code K7M4QX. "hasty" asks too often, and
/// "elsewhere" from another place.
enum PaperConfirming implements Confirming {
  INSTANCE;

  @Override
  public Begun begin(String name, String code, IpAddress source) {
    if (name.equals("olga") && code.equals("K7M4QX")) {
      return new Begun.Options(
          "the ceremony",
          Bytes.fromHex("00ff"),
          List.of(Bytes.fromHex("0102")),
          Duration.ofMinutes(1),
          "vpn-1",
          source);
    }
    return new Begun.Refused(
        switch (name) {
          case "hasty" -> Reason.RATE_LIMITED;
          case "elsewhere" -> Reason.SOURCE_CHANGED;
          default -> Reason.CODE_UNKNOWN;
        });
  }

  @Override
  public Confirmed finish(String ceremony, AssertionResponse assertion, IpAddress source) {
    return ceremony.equals("the ceremony")
        ? new Confirmed.Done()
        : new Confirmed.Refused(Reason.CEREMONY_UNKNOWN);
  }
}
