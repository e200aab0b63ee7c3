package io.parano.access;

import io.parano.authn.OtpRecords;
import io.parano.identity.Proposal;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.List;

/// What officers bring in from files that hold secrets: the secrets are sealed at once, and what is
/// put before the officers commits to what was sealed.
public interface Importing {
  /// Proposes one act for each token in `file`, all of them for one person.
  ///
  /// @param bearer of an officer's live portal or command session
  /// @param person a sign-in name
  /// @param label what the tokens are called in lists
  /// @param file as [OtpRecords] reads it; wiped by the caller
  Imported otpTokens(String bearer, String person, String label, Secret file, IpAddress source);

  sealed interface Imported {
    record Refused(Reason reason) implements Imported {}

    /// Nothing was kept.
    record Mistaken(List<OtpRecords.Mistake> mistakes) implements Imported {
      public Mistaken {
        mistakes = List.copyOf(mistakes);
      }
    }

    record Proposed(List<Proposal> proposals) implements Imported {
      public Proposed {
        proposals = List.copyOf(proposals);
      }
    }
  }
}
