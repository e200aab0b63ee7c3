package io.parano.demo;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.testkit.CreateOptions;
import io.parano.testkit.SecurityKey;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// What can be tried at the sign-in pages with some of the three levels in hand but not all.
final class SignInAttacks {
  /// As many as a person and a network may fail together (PCI DSS 8.3.4).
  private static final int GUESSES = 10;

  private static final int PER_CEREMONY = 5;

  private final Cast cast;

  SignInAttacks(Cast cast) {
    this.cast = cast;
  }

  List<Step> steps() {
    return List.of(
        vpnOfAnother(),
        fromOutside(),
        withoutToken(),
        boughtToken(),
        tokenOfAnother(),
        guesses(),
        clonedToken());
  }

  /// 2013's own step: one person's VPN line, another's account.
  private Step vpnOfAnother() {
    Employee hugo = cast.employee("hugo.martin");
    return everything("vpn-of-another", Reason.LEASE_MISSING, hugo, Networks.VPN_LINE);
  }

  private Step fromOutside() {
    Employee hugo = cast.employee("hugo.martin");
    return everything("password-from-outside", Reason.SOURCE_UNLISTED, hugo, Networks.OUTSIDE);
  }

  /// Password and token are right; only the place differs.
  private Step everything(String id, Reason expected, Employee victim, InetAddress from) {
    return Step.of(
        id,
        expected,
        from,
        () -> cast.reachBackOffice(victim, cast.keyOf(victim), from),
        victim.desk(),
        () -> cast.reachBackOffice(victim, cast.keyOf(victim), victim.desk()));
  }

  private Step withoutToken() {
    Employee mei = cast.employee("mei.tanaka");
    return Step.of(
        "password-without-token",
        Reason.CEREMONY_UNKNOWN,
        Networks.MEETING_ROOM,
        () -> {
          long start = System.nanoTime();
          Visitor thief = cast.at(Networks.MEETING_ROOM);
          Reply answer = thief.password(thief.begin(mei.name()), mei.password());
          return Verdict.of(Visitor.went(answer), Cast.since(start));
        },
        Networks.MEETING_ROOM,
        () -> cast.reachBackOffice(mei, cast.keyOf(mei), Networks.MEETING_ROOM));
  }

  /// The same model from the same maker, but never enrolled.
  private Step boughtToken() {
    Employee mei = cast.employee("mei.tanaka");
    return Step.of(
        "bought-token",
        Reason.TOKEN_UNKNOWN,
        Networks.MEETING_ROOM,
        () -> touchingWith(bought(), mei),
        Networks.MEETING_ROOM,
        () -> touchingWith(cast.keyOf(mei), mei));
  }

  private Step tokenOfAnother() {
    Employee paul = cast.employee("paul.girard");
    Employee sofia = cast.employee("sofia.rossi");
    return Step.of(
        "token-of-another",
        Reason.TOKEN_OF_OTHER_PERSON,
        Networks.MEETING_ROOM,
        () -> touchingWith(cast.keyOf(sofia), paul),
        Networks.MEETING_ROOM,
        () -> touchingWith(cast.keyOf(paul), paul));
  }

  /// The victim's name and password, and whatever key is at hand, whether or not it was asked for.
  private Verdict touchingWith(SecurityKey key, Employee victim) throws IOException {
    long start = System.nanoTime();
    Visitor visitor = cast.at(Networks.MEETING_ROOM);
    Reply begun = visitor.begin(victim.name());
    Reply touched = visitor.touchUnasked(begun, key);
    boolean granted =
        Visitor.went(touched) && Visitor.went(visitor.password(begun, victim.password()));
    return Verdict.of(granted, Cast.since(start));
  }

  private SecurityKey bought() {
    SecurityKey key =
        SecurityKey.make(cast.ring().maker(), KeyRing.MODEL, cast.ring().randomness());
    key.create(
        CreateOptions.of(
            cast.places().signIn().origin(),
            Places.RELYING_PARTY,
            Bytes.of(new byte[32]),
            Bytes.of(new byte[32])));
    return key;
  }

  /// The thief has the token and guesses the password until it would even be right; the victim, on
  /// another floor, signs in all the same.
  private Step guesses() {
    Employee mei = cast.employee("mei.tanaka");
    InetAddress upstairs = Networks.MEETING_ROOM_UPSTAIRS;
    return Step.of(
        "guesses",
        Reason.PASSWORD_LIMITED,
        upstairs,
        () -> {
          for (int tried = 0; tried < GUESSES; tried += PER_CEREMONY) {
            guess(cast.at(upstairs), mei);
          }
          return cast.reachBackOffice(mei, cast.keyOf(mei), upstairs);
        },
        mei.desk(),
        () -> cast.reachBackOffice(mei, cast.keyOf(mei), mei.desk()));
  }

  private void guess(Visitor thief, Employee victim) throws IOException {
    Reply begun = thief.begin(victim.name());
    Visitor.good(thief.touch(begun, cast.keyOf(victim)));
    for (int i = 0; i < PER_CEREMONY; i++) {
      Reply guessed = thief.password(begun, "Brume-ete-2013-" + i);
      if (Visitor.went(guessed)) {
        throw new IOException("a guess was right");
      }
    }
  }

  /// The thief copied the key; since then its owner has used it. Its counter has moved on, the
  /// copy's has not.
  private Step clonedToken() {
    Employee paul = cast.employee("paul.girard");
    SecurityKey original = cast.keyOf(paul);
    SecurityKey[] copy = new SecurityKey[1];
    return Step.of(
            "cloned-token",
            Reason.COUNTER_WENT_BACK,
            Networks.MEETING_ROOM,
            () -> cast.reachBackOffice(paul, copy[0], Networks.MEETING_ROOM),
            Networks.MEETING_ROOM,
            () -> {
              copy[0] = original.cloned();
              return cast.reachBackOffice(paul, original, Networks.MEETING_ROOM);
            })
        .twinFirst();
  }
}
