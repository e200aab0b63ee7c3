package io.parano.access;

import io.parano.authn.ImportedHash;
import io.parano.authn.OtpRecords;
import io.parano.identity.Newcomer;
import io.parano.identity.Proposal;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /// Proposes one act that admits all of `people`, at most [#AT_ONCE], with the passwords that some
  /// bring: hashes of another system, wrapped at once.
  ///
  /// @param bearer of an officer's live portal or command session
  Staffed staff(String bearer, List<Bringing> people, IpAddress source);

  /// Each hash takes an Argon2id.
  int AT_ONCE = 50;

  /// @param hash as [ImportedHash] reads it; null for somebody who brings none
  record Bringing(Newcomer newcomer, @Nullable String hash) {
    /// Without the hash.
    @Override
    public String toString() {
      return "Bringing[" + newcomer.name() + "]";
    }
  }

  /// Whose hash it was, and what is wrong with it.
  record Unread(String name, ImportedHash.Wrong wrong) {}

  sealed interface Staffed {
    record Refused(Reason reason) implements Staffed {}

    /// Nothing was kept.
    record Mistaken(List<Unread> mistakes) implements Staffed {
      public Mistaken {
        mistakes = List.copyOf(mistakes);
      }
    }

    record Proposed(Proposal proposal) implements Staffed {}
  }

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
