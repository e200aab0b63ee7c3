package io.parano.store;

import io.parano.access.State;
import io.parano.audit.Finding;
import java.util.List;

/// What came of opening the log. A server serves on [NewLog] and [Opened] alone. From the most
/// refusing to the most allowing.
public sealed interface Opening {
  /// It stays shut.
  sealed interface Shut extends Opening {}

  /// What is there is not what was written.
  ///
  /// @param why for the operator
  /// @param findings what is wrong with which entries, where that can be told
  record Altered(String why, List<Finding> findings) implements Shut {
    public Altered {
      findings = List.copyOf(findings);
    }
  }

  /// Rows from which a grant could follow are not what was written, though the log is.
  record RowsAltered(List<RowFinding> findings) implements Shut {
    public RowsAltered {
      findings = List.copyOf(findings);
    }
  }

  /// The log is shorter than the checkpoint kept outside says it was: an older copy was put back,
  /// or its end was cut off.
  record Behind(long size, long keptOutside) implements Shut {}

  /// A witness has cosigned more than the log has: an older copy was put back, or its end was cut
  /// off, and whatever is kept outside with it.
  record BehindWitness(String witness, long size, long witnessed) implements Shut {}

  /// The log's first `witnessed` entries are not those that a witness has cosigned: it was
  /// rewritten, or goes on from an older copy.
  record Forked(String witness, long witnessed) implements Shut {}

  /// The log has been signed before, and nothing is kept outside to compare it with.
  record Unwitnessed(long size) implements Shut {}

  /// It can't be opened as things are (open to others, in use, of a later version); `why` says what
  /// to do about it.
  record Refused(String why) implements Shut {}

  /// The disk or the database fails.
  record Failed(String why, Throwable cause) implements Shut {}

  record Opened(SqlLedger ledger, AuditReader reader, State state) implements Opening {}

  /// There was no log; now there is one whose only entry says so.
  record NewLog(SqlLedger ledger, AuditReader reader, State state) implements Opening {}
}
