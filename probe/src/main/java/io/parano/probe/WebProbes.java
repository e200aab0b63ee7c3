package io.parano.probe;

import io.parano.demo.Browser;
import io.parano.demo.Json;
import io.parano.demo.Reply;
import io.parano.demo.Site;
import io.parano.demo.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// What can be tried at the sign-in pages and before an application.
final class WebProbes {
  /// Where products have their way to a new password.
  private static final List<String> RESETS =
      List.of(
          "/forgot-password",
          "/reset-password",
          "/password/reset",
          "/account/recover",
          "/magic-link",
          "/api/reset-password");

  static final String AFTER_THE_END = "application-after-the-end";

  static final List<String> OF_APPLICATIONS =
      List.of(
          "application-without-session",
          "application-forged-identity",
          "application-cookie-elsewhere",
          AFTER_THE_END);

  private static final String MADE_UP = "made-up-by-a-probe-0123456789abcdefghijklm1";

  private final ProbeSetup setup;
  private final ProbeAccount account;

  WebProbes(ProbeSetup setup, ProbeAccount account) {
    this.setup = setup;
    this.account = account;
  }

  List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    probes.add(
        new Probe(
            "P1",
            "web-from-outside",
            () -> account.signIn(account.at(setup.outside()), account.press()),
            () -> account.signIn(account.at(setup.listed()), account.press())));
    probes.add(replayed());
    probes.add(new Probe("P1", "web-password-before-token", this::early, this::whole));
    probes.add(new Probe("P2", "mailbox-reset", this::reset, this::answers));
    if (setup.application() != null) {
      Site application = ProbeAccount.site(setup.application());
      probes.add(
          new Probe(
              "P1",
              "application-without-session",
              () -> shown(new Visitors(setup.listed()).bare(application)),
              () -> shown(entered(application))));
      probes.add(
          new Probe(
              "P1",
              "application-forged-identity",
              () -> shown(new Visitors(setup.listed()).forging(application)),
              () -> shown(entered(application))));
      probes.add(elsewhere(application));
      probes.add(ended(application));
    }
    return probes;
  }

  private boolean whole() throws IOException {
    return account.signIn(account.at(setup.listed()), account.press());
  }

  private Probe replayed() {
    AtomicReference<String> seen = new AtomicReference<>("");
    return new Probe(
        "P1",
        "web-otp-replayed",
        () -> account.signIn(account.at(setup.listed()), seen.get()),
        () -> {
          seen.set(account.press());
          return account.signIn(account.at(setup.listed()), seen.get());
        });
  }

  /// The right password, which is therefore no guess.
  private boolean early() throws IOException {
    Visitor visitor = account.at(setup.listed());
    Reply begun = visitor.begin(account.name());
    return Visitor.went(begun) && Visitor.went(visitor.password(begun, account.password()));
  }

  private boolean reset() throws IOException {
    Visitor visitor = account.at(setup.listed());
    for (String path : RESETS) {
      if (Visitor.went(visitor.browser().get(ProbeAccount.site(setup.server()), path))) {
        return true;
      }
    }
    return Visitor.went(visitor.beginEnrolment(account.name(), "k7mfp2wq9x"));
  }

  private boolean answers() throws IOException {
    return Visitor.went(account.at(setup.listed()).begin(account.name()));
  }

  private Probe elsewhere(Site application) {
    return new Probe(
        "P1",
        "application-cookie-elsewhere",
        () -> shown(inside(application).stolenTo(setup.outside()).get(application, "/")),
        () -> shown(inside(application).stolenTo(setup.listed()).get(application, "/")));
  }

  /// Its own session ends by its own hand: what it opened is shut with the next request.
  private Probe ended(Site application) {
    return new Probe(
        "P3",
        AFTER_THE_END,
        () -> {
          Visitor visitor = account.at(setup.listed());
          if (!account.signIn(visitor, account.press())
              || !shown(visitor.enter(application, "/"))) {
            throw new IOException("the session that was to end did not live");
          }
          var _ = Visitor.good(visitor.call("/api/sign-out", Json.object()));
          return shown(visitor.browser().get(application, "/"));
        },
        () -> shown(inside(application).get(application, "/")));
  }

  private Browser inside(Site application) throws IOException {
    Visitor visitor = account.at(setup.listed());
    if (!account.signIn(visitor, account.press()) || !shown(visitor.enter(application, "/"))) {
      throw new IOException("the probe account does not come in");
    }
    return visitor.browser();
  }

  private Reply entered(Site application) throws IOException {
    Visitor visitor = account.at(setup.listed());
    if (!account.signIn(visitor, account.press())) {
      throw new IOException("the probe account can't sign in");
    }
    return visitor.enter(application, "/");
  }

  private static boolean shown(Reply reply) {
    return reply.status() == 200;
  }

  /// Somebody who is nobody.
  private final class Visitors {
    private final InetAddress from;

    Visitors(InetAddress from) {
      this.from = from;
    }

    Reply bare(Site application) throws IOException {
      return account
          .at(from)
          .browser()
          .slipping("Cookie", "__Host-parano=" + MADE_UP)
          .get(application, "/");
    }

    Reply forging(Site application) throws IOException {
      return account
          .at(from)
          .browser()
          .slipping("Remote-User", account.name())
          .slipping("X-Forwarded-For", setup.listed().getHostAddress())
          .slipping("X-Forwarded-User", account.name())
          .get(application, "/");
    }
  }
}
