package io.parano.probe;

import io.parano.demo.Json;
import io.parano.demo.MailProgram;
import io.parano.demo.Verdict;
import io.parano.demo.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/// What can be tried at the probe account's own mailbox, which is closed as soon as it opens.
final class MailProbes {
  static final List<String> ALL =
      List.of("mail-from-outside", "mail-staff-password", "mail-without-session");

  private final ProbeSetup setup;
  private final ProbeSetup.Mail mail;
  private final ProbeAccount account;
  private final MailProgram program;

  MailProbes(ProbeSetup setup, ProbeSetup.Mail mail, ProbeAccount account, SSLSocketFactory tls) {
    this.setup = setup;
    this.mail = mail;
    this.account = account;
    this.program =
        new MailProgram(new MailProgram.Way(mail.at(), mail.name(), mail.sealing(), tls));
  }

  /// The last one signs out, upon which open mailboxes are closed for a while.
  List<Probe> probes() {
    return List.of(
        new Probe(
            "P1",
            "mail-from-outside",
            () -> opensBesideSession(setup.outside(), password()),
            () -> opensBesideSession(setup.listed(), password())),
        new Probe(
            "P1",
            "mail-staff-password",
            () -> opensBesideSession(setup.listed(), account.password()),
            () -> opensBesideSession(setup.listed(), password())),
        new Probe(
            "P1", "mail-without-session", () -> opens(mail.apart(), password()), this::there));
  }

  private String password() {
    return new String(mail.password().copy(), StandardCharsets.UTF_8);
  }

  private boolean opens(InetAddress from, String password) throws IOException {
    return program.tried(from, account.name(), password) instanceof Verdict.Granted;
  }

  /// While the account is signed in where it may be.
  private boolean opensBesideSession(InetAddress from, String password) throws IOException {
    var _ = signedIn(setup.listed());
    return opens(from, password);
  }

  /// Where the account is signed in for this alone, and then no more.
  private boolean there() throws IOException {
    Visitor visitor = signedIn(mail.apart());
    boolean opens = opens(mail.apart(), password());
    var _ = Visitor.good(visitor.call("/api/sign-out", Json.object()));
    return opens;
  }

  private Visitor signedIn(InetAddress from) throws IOException {
    Visitor visitor = account.at(from);
    if (!account.signIn(visitor, account.press())) {
      throw new IOException("the probe account can't sign in from " + from.getHostAddress());
    }
    return visitor;
  }
}
