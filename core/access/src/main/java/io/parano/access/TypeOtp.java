package io.parano.access;

import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The second step in where the policy lets a one-time password do: the person's own, instead of
/// the touch. Whatever else is wrong, one that the token made is used up.
final class TypeOtp {
  static final String DOOR = "web";

  private final Books books;
  private final Beginnings beginnings;
  private final Ceremonies ceremonies;
  private final VerifyOtp verifyOtp;
  private final InstantSource clock;

  TypeOtp(
      Books books,
      Beginnings beginnings,
      Ceremonies ceremonies,
      VerifyOtp verifyOtp,
      InstantSource clock) {
    this.books = books;
    this.beginnings = beginnings;
    this.ceremonies = ceremonies;
    this.verifyOtp = verifyOtp;
    this.clock = clock;
  }

  SigningIn.OtpOffer offer(String host, String path, IpAddress source) {
    boolean lease = Sources.leasedToSomebody(books, source, clock.instant());
    return books.policy().policy().otpCouldOpen(host, path, source, lease)
        ? SigningIn.OtpOffer.OFFERED
        : SigningIn.OtpOffer.NONE;
  }

  SigningIn.Touched type(String id, String typed, IpAddress source) {
    Instant now = clock.instant();
    Beginnings.Beginning begun = beginnings.take(id, now).orElse(null);
    VerifyOtp.Asking asking =
        new VerifyOtp.Asking(
            DOOR, "sign-in", "", source, (person, token) -> refusal(begun, person, source));
    return switch (verifyOtp.verify(typed, asking)) {
      case VerifyOtp.Verified.Refused(var reason) -> {
        if (begun != null) {
          beginnings.giveBack(begun);
        }
        yield new SigningIn.Touched.Refused(reason);
      }
      case VerifyOtp.Verified.Accepted(var person, var token, var counters) ->
          accept(id, person, token, source, now);
    };
  }

  private SigningIn.Touched accept(
      String id, Person person, OtpToken token, IpAddress source, Instant now) {
    ceremonies.resume(
        id,
        new Ceremony.Touched(
            person.id(), token.id(), now, 0, source.binding(), now.plus(GateSettings.CEREMONY)));
    return new SigningIn.Touched.Accepted();
  }

  private @Nullable Reason refusal(
      Beginnings.@Nullable Beginning begun, Person person, IpAddress source) {
    if (begun == null) {
      return Reason.CEREMONY_UNKNOWN;
    }
    if (!begun.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    Instant now = clock.instant();
    Reason bySource = Sources.refusal(books, source, person.id(), now);
    if (bySource != null) {
      return bySource;
    }
    boolean lease = Sources.leased(books, source, person.id(), now);
    if (!books.policy().policy().otpCouldOpen(source, lease)) {
      return Reason.OTP_NOT_ALLOWED;
    }
    return person.name().equals(begun.name()) ? null : Reason.TOKEN_OF_OTHER_PERSON;
  }
}
