package io.parano.identity;

import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// An act put before the officers.
///
/// @param nonce 32 random bytes: the same act proposed twice is signed anew
public record Proposal(
    ActId id,
    Act act,
    Bytes nonce,
    PersonId proposer,
    Instant proposedAt,
    Instant expiresAt,
    State state) {

  /// From the most refusing to the most allowing.
  public enum State {
    REJECTED,
    DONE,
    OPEN
  }

  /// What an officer's token signs: a digest over the id, the exact act and the nonce. It is the
  /// WebAuthn challenge.
  public Digest challenge() {
    return Digest.of(
        "parano/act/v1\n".getBytes(StandardCharsets.UTF_8),
        id.toString().getBytes(StandardCharsets.UTF_8),
        new byte[] {'\n'},
        nonce.copy(),
        act.canonical().bytes());
  }

  public Proposal as(State state) {
    return new Proposal(id, act, nonce, proposer, proposedAt, expiresAt, state);
  }
}
