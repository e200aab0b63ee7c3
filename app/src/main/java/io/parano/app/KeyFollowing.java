package io.parano.app;

import io.parano.keys.KeyPurpose;
import io.parano.keys.Keyset;
import io.parano.store.SqlLedger;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a running server goes on with when there are SSH authorities' keys where there were none,
/// or when the older of two keys has gone: the newer one, at once.
record KeyFollowing(OpenLog log, SshStart ssh, String origin, InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFollowing.class);

  /// @param more with a key that was added
  void added(Keyset more) {
    ssh.follow(more);
  }

  /// @param left without the older key
  void retired(KeyPurpose purpose, Keyset left) {
    switch (purpose) {
      case LOG_SIGNING -> {
        switch (log.follow(OriginSigner.all(origin, left).getFirst(), clock.instant())) {
          // It is tried again within ten seconds, as every checkpoint is.
          case SqlLedger.Checkpointed.Failed(String why) ->
              LOG.error("no checkpoint could be signed: {}", why);
          case SqlLedger.Checkpointed.NotOutside(String why) ->
              LOG.error("a checkpoint could not be kept outside: {}", why);
          case SqlLedger.Checkpointed.Signed _, SqlLedger.Checkpointed.Unchanged _ -> {}
        }
      }
      case SSH_USERS, SSH_HOSTS -> ssh.follow(left);
      // What is sealed is under the newer key already, decoys are made by the newest, and rows are
      // tagged by the only one there is.
      case SEALING, TAGGING, DECOYS, LOG_NAME -> {}
    }
  }
}
