package io.parano.access;

import io.parano.authn.Assertions;
import io.parano.authn.GuessLimits;
import io.parano.kernel.Randomness;
import java.time.InstantSource;

/// The use cases of mail, wired.
///
/// @param keeping what people do about their devices
/// @param admitting what mail servers ask
public record MailDesk(DeviceKeeping keeping, MailAdmitting admitting) {

  public static MailDesk of(
      Books books,
      Journal journal,
      Assertions assertions,
      MailSettings settings,
      Randomness randomness,
      InstantSource clock) {
    return new MailDesk(
        new KeepDevices(
            books,
            new Portals(books),
            new Ceremonies(randomness),
            new Touches(books, assertions),
            journal,
            settings.life(),
            randomness,
            clock),
        new AdmitToMail(
            books,
            new GuessLimits(GuessLimits.Settings.DEFAULT, randomness),
            settings,
            journal,
            clock));
  }
}
