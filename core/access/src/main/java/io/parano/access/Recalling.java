package io.parano.access;

import io.parano.authn.MetadataOutcome;
import io.parano.kernel.Bytes;
import java.time.LocalDate;
import java.util.List;

/// Taking in FIDO's metadata, which can only take away.
public interface Recalling {
  /// @param blob as the metadata service signed it
  /// @param roots the certificates, in DER, that may stand above its signer
  /// @param operator the user of the host who brought it
  Recalled recall(Bytes blob, List<Bytes> roots, String operator);

  /// From the most refusing to the most allowing.
  sealed interface Recalled {
    /// It is not what the service signed.
    record Refused(MetadataOutcome.Flaw flaw, String detail) implements Recalled {}

    /// It is not later than what was imported before.
    record NotNewer(long number, long before) implements Recalled {}

    /// Fewer than two officers could act afterwards, and nobody could bring one back.
    ///
    /// @param left how many could
    record OfficersMissing(int left, List<Holder> holders) implements Recalled {
      public OfficersMissing {
        holders = List.copyOf(holders);
      }
    }

    /// @param holders whose tokens count no more by this
    record Done(long number, LocalDate nextUpdate, int models, List<Holder> holders, int sessions)
        implements Recalled {
      public Done {
        holders = List.copyOf(holders);
      }
    }
  }

  /// @param status why the token's model was recalled
  record Holder(String person, String label, String status) {}
}
