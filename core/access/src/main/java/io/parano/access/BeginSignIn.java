package io.parano.access;

import io.parano.kernel.IpAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/// The first step in: options for a touch, the same for names that exist and names that do not, and
/// for sources that are listed and sources that are not.
final class BeginSignIn {
  private final Beginnings beginnings;
  private final Offers offers;
  private final InstantSource clock;

  BeginSignIn(Beginnings beginnings, Offers offers, InstantSource clock) {
    this.beginnings = beginnings;
    this.offers = offers;
    this.clock = clock;
  }

  SigningIn.Begun begin(String typed, IpAddress source) {
    String name = Beginnings.standing(typed.strip().toLowerCase(Locale.ROOT));
    Beginnings.Beginning begun = beginnings.begin(name, source, clock.instant());
    return new SigningIn.Begun.Options(
        begun.id(),
        begun.challenge(),
        List.copyOf(offers.to(name).keySet()),
        GateSettings.CEREMONY);
  }
}
