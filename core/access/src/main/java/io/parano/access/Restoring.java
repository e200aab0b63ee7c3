package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.OtpToken;
import io.parano.identity.Proposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a backup grants when it is put to use again: nothing. Whatever was ended or cut since it
/// was made is not in it, so that all of it counts as ended, and everybody is cut until two
/// officers have looked and reopen. One-time passwords used since would be good again: their tokens
/// are cut.
public final class Restoring {
  private Restoring() {}

  /// @param sessions how many were ended
  /// @param acts how many proposals were rejected, and enrolments closed
  /// @param otpTokens how many were cut
  public record Voided(int sessions, int acts, int otpTokens) {}

  /// Records where the log comes from, and voids all that was granted, in one commit.
  ///
  /// @param from the log's name until now
  /// @param to its name from now on
  public static Voided voidGrants(Books books, String from, String to, Instant now) {
    List<Change> changes = new ArrayList<>();
    int sessions = endSessions(books, changes);
    int acts = closeActs(books, changes);
    int otpTokens = cutOtpTokens(books, changes);
    changes.add(new Change.PutEpoch(books.closures().epoch() + 1, true));
    books.commit(
        Event.at(now, EventType.RESTORED, Outcome.DONE)
            .on("log:" + from)
            .with("to", to)
            .with("sessions", Integer.toString(sessions))
            .with("acts", Integer.toString(acts))
            .with("otp-tokens", Integer.toString(otpTokens)),
        changes);
    return new Voided(sessions, acts, otpTokens);
  }

  private static int endSessions(Books books, List<Change> changes) {
    int before = changes.size();
    books
        .sessions()
        .where(live -> true)
        .forEach(live -> changes.add(new Change.EndSession(live.id())));
    return changes.size() - before;
  }

  private static int closeActs(Books books, List<Change> changes) {
    int before = changes.size();
    books
        .docket()
        .enrolments()
        .forEach(enrolment -> changes.add(new Change.CloseEnrolment(enrolment.act())));
    books.docket().proposals().stream()
        .filter(proposal -> proposal.state() == Proposal.State.OPEN)
        .forEach(
            proposal -> changes.add(new Change.PutProposal(proposal.as(Proposal.State.REJECTED))));
    int acts = changes.size() - before;
    books.docket().enclosing().forEach(act -> changes.add(new Change.DropEnclosure(act)));
    return acts;
  }

  private static int cutOtpTokens(Books books, List<Change> changes) {
    List<OtpToken> tokens =
        books.roster().otpTokens().stream()
            .filter(token -> token.state() != AuthenticatorState.CUT)
            .toList();
    tokens.forEach(token -> changes.add(new Change.PutOtpToken(token.as(AuthenticatorState.CUT))));
    return tokens.size();
  }
}
