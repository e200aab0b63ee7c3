package io.parano.demo;

import io.parano.kernel.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// What can be tried at the mailbox: 2013's first step.
final class MailAttacks {
  private final Cast cast;
  private final MailProgram program;

  MailAttacks(Cast cast) {
    this.cast = cast;
    this.program = program(cast.places());
  }

  static MailProgram program(Places places) {
    return new MailProgram(MailProgram.Way.bare(places.imap()));
  }

  List<Step> steps() {
    return List.of(fromOutside(), staffPassword(), withoutSession(), fromNextDesk());
  }

  /// The password of her own phone, which she is signed in beside.
  private Step fromOutside() {
    return stolen("mail-from-outside", Reason.SOURCE_UNLISTED, Networks.OUTSIDE);
  }

  /// The place is listed, but she is not there.
  private Step fromNextDesk() {
    return stolen("mail-from-next-desk", Reason.SESSION_MISSING, Networks.MEETING_ROOM);
  }

  private Step stolen(String id, Reason expected, InetAddress from) {
    Employee camille = cast.employee("camille.roy");
    String[] password = new String[1];
    return Step.of(
            id,
            expected,
            from,
            () -> {
              password[0] = devicePassword(camille);
              return program.tried(from, camille.name(), password[0]);
            },
            camille.desk(),
            () -> program.tried(camille.desk(), camille.name(), password[0]))
        .at("mail");
  }

  private Step staffPassword() {
    Employee camille = cast.employee("camille.roy");
    return Step.of(
            "mail-staff-password",
            Reason.DEVICE_PASSWORD_MISTYPED,
            camille.desk(),
            () -> program.tried(camille.desk(), camille.name(), camille.password()),
            camille.desk(),
            () -> program.tried(camille.desk(), camille.name(), devicePassword(camille)))
        .at("mail");
  }

  /// At her own desk, after she has gone home.
  private Step withoutSession() {
    Employee sofia = cast.employee("sofia.rossi");
    String[] password = new String[1];
    return Step.of(
            "mail-without-session",
            Reason.SESSION_MISSING,
            sofia.desk(),
            () -> {
              Visitor visitor = cast.signedIn(sofia, sofia.desk());
              password[0] = visitor.devicePassword(cast.keyOf(sofia), "phone");
              var _ = Visitor.good(visitor.call("/api/sign-out", Json.object()));
              return program.tried(sofia.desk(), sofia.name(), password[0]);
            },
            sofia.desk(),
            () -> {
              var _ = cast.signedIn(sofia, sofia.desk());
              return program.tried(sofia.desk(), sofia.name(), password[0]);
            })
        .at("mail");
  }

  /// Made by a touch at the desk, in a session that goes on.
  private String devicePassword(Employee employee) throws IOException {
    return cast.signedIn(employee, employee.desk()).devicePassword(cast.keyOf(employee), "phone");
  }
}
