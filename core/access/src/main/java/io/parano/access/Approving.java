package io.parano.access;

import io.parano.authn.AssertionResponse;
import io.parano.identity.Act;
import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What officers put before one another, sign with their tokens, and so bring about. Every method
/// wants the bearer of a live portal or command session.
public interface Approving {
  Proposed propose(String bearer, Act act, IpAddress source);

  Listed open(String bearer, IpAddress source);

  /// Somebody by sign-in name, for an officer who is about to propose something about them.
  Found find(String bearer, String name, IpAddress source);

  /// Options for an assertion whose challenge is the digest of this exact act.
  Begun begin(String bearer, ActId act, IpAddress source);

  /// Verifies and keeps the officer's signature; with the last one needed, verifies all of them
  /// again and executes.
  Approved approve(String bearer, ActId act, AssertionResponse assertion, IpAddress source);

  Proposed reject(String bearer, ActId act, IpAddress source);

  sealed interface Proposed {
    record Refused(Reason reason) implements Proposed {}

    record Accepted(Proposal proposal) implements Proposed {}
  }

  sealed interface Listed {
    record Refused(Reason reason) implements Listed {}

    record Acts(List<Pending> pending) implements Listed {
      public Acts {
        pending = List.copyOf(pending);
      }
    }
  }

  sealed interface Found {
    record Refused(Reason reason) implements Found {}

    /// @param tokens all that the person ever enrolled
    record Somebody(Person person, List<Authenticator> tokens) implements Found {
      public Somebody {
        tokens = List.copyOf(tokens);
      }
    }
  }

  /// One open act, with all that an officer must see before signing it.
  ///
  /// @param subject the sign-in name of the person it concerns; null where there is none
  /// @param approvedBy the sign-in names of those who signed
  /// @param difference line by line what changes of what stands now, `+ ` before what comes and `-
  ///   ` before what goes; empty where the act says all of it
  record Pending(
      Proposal proposal,
      String proposer,
      @Nullable String subject,
      List<String> approvedBy,
      int needed,
      List<String> difference) {}

  sealed interface Begun {
    record Refused(Reason reason) implements Begun {}

    record Options(Bytes challenge, List<Bytes> allowed, Duration timeout) implements Begun {}
  }

  sealed interface Approved {
    record Refused(Reason reason) implements Approved {}

    /// Signed; `missing` more officers must sign.
    record Waiting(int missing) implements Approved {}

    /// Done. For an enrolment, the one-time code to hand over in person, and until when it works;
    /// for a machine, its key.
    record Executed(@Nullable Secret code, @Nullable Instant until) implements Approved {}
  }
}
