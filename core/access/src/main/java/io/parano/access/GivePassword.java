package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;

/// The last step of a sign-in: the password, and then the session.
final class GivePassword {
  private final TouchedPassword passwords;
  private final Granting granting;

  GivePassword(TouchedPassword passwords, Granting granting) {
    this.passwords = passwords;
    this.granting = granting;
  }

  SigningIn.SignedIn password(String id, Secret password, IpAddress source) {
    return switch (passwords.give(id, password, source)) {
      case TouchedPassword.Given.Refused(var reason) -> new SigningIn.SignedIn.Refused(reason);
      case TouchedPassword.Given.Again(var reason) -> new SigningIn.SignedIn.Again(reason);
      case TouchedPassword.Given.Right(var touched, var person, long epoch, var now) -> {
        Granting.Grant grant =
            granting.portal(person, touched.token(), source, touched.touchedAt(), epoch, now);
        yield new SigningIn.SignedIn.Accepted(grant.bearer(), grant.session().endsAt());
      }
    };
  }
}
