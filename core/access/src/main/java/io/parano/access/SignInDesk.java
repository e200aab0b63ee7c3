package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionResponse;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.session.Session;
import java.time.Instant;
import java.time.InstantSource;

/// [SigningIn], each step handed to the class that knows it.
final class SignInDesk implements SigningIn {
  private final Books books;
  private final Portals portals;
  private final BeginSignIn begin;
  private final TouchToken touch;
  private final TypeOtp typeOtp;
  private final GivePassword password;
  private final StepUp stepUp;
  private final HostCodes hostCodes;
  private final InstantSource clock;

  SignInDesk(
      Books books,
      Portals portals,
      BeginSignIn begin,
      TouchToken touch,
      TypeOtp typeOtp,
      GivePassword password,
      StepUp stepUp,
      HostCodes hostCodes,
      InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.begin = begin;
    this.touch = touch;
    this.typeOtp = typeOtp;
    this.password = password;
    this.stepUp = stepUp;
    this.hostCodes = hostCodes;
    this.clock = clock;
  }

  @Override
  public Begun begin(String name, IpAddress source) {
    return begin.begin(name, source);
  }

  @Override
  public Touched touch(String ceremony, AssertionResponse assertion, IpAddress source) {
    return touch.touch(ceremony, assertion, source);
  }

  @Override
  public OtpOffer otpOffer(String host, String path, IpAddress source) {
    return typeOtp.offer(host, path, source);
  }

  @Override
  public Touched otp(String ceremony, String typed, IpAddress source) {
    return typeOtp.type(ceremony, typed, source);
  }

  @Override
  public SignedIn password(String ceremony, Secret secret, IpAddress source) {
    return password.password(ceremony, secret, source);
  }

  @Override
  public Who who(String bearer, IpAddress source) {
    return switch (portals.findVisitor(bearer, source, clock.instant())) {
      case Portals.Found.Nobody(var reason) -> new Who.Nobody(reason);
      case Portals.Found.Holder(var live, var person) ->
          new Who.Somebody(
              live.id(),
              person.name(),
              person.displayName(),
              person.officer(),
              person.language(),
              books.roster().factor(live.authenticator()),
              live.touchedAt(),
              live.session().endsAt());
    };
  }

  /// Ends the portal session and every host session that came from it, whichever of them signs out.
  @Override
  public void signOut(String bearer, IpAddress source) {
    Instant now = clock.instant();
    if (portals.find(bearer, source, now) instanceof Portals.Found.Holder(var live, var person)) {
      Session session = live.session();
      SessionId root = session.parent() == null ? session.id() : session.parent();
      books.withdraw(
          Event.at(now, EventType.SIGN_OUT, Outcome.DONE)
              .by(person.id())
              .from("web", source)
              .on("session:" + session.id())
              .with("passes", Long.toString(live.passes())),
          Endings.of(books, one -> one.id().equals(root)));
    }
  }

  @Override
  public Begun beginStepUp(String bearer, IpAddress source) {
    return stepUp.begin(bearer, source);
  }

  @Override
  public Touched stepUp(
      String bearer, String ceremony, AssertionResponse assertion, IpAddress source) {
    return stepUp.finish(bearer, ceremony, assertion, source);
  }

  @Override
  public HostCode hostCode(String bearer, String host, IpAddress source) {
    return hostCodes.issue(bearer, host, source);
  }

  @Override
  public Granted redeem(String code, String host, IpAddress source) {
    return hostCodes.redeem(code, host, source);
  }
}
