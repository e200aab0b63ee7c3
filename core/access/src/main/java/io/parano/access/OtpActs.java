package io.parano.access;

import io.parano.audit.EventType;
import io.parano.identity.Act;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.ValidationClient;
import io.parano.kernel.ActId;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the acts about one-time passwords come to.
final class OtpActs {
  /// As Yubico's own service gives them out (Validation protocol 2.0): 160 bits.
  private static final int CLIENT_KEY_LENGTH = 20;

  private OtpActs() {}

  /// Why `person` can't be given the token with this public id; null when they can.
  static @Nullable Reason objection(Person person, String publicId, Books books) {
    if (person.state() == PersonState.GONE) {
      return Reason.PERSON_UNKNOWN;
    }
    if (person.state() == PersonState.FROZEN) {
      return Reason.PERSON_FROZEN;
    }
    // Also one that was cut: enrolled anew, its counters would begin anew too.
    return books.roster().otpTokenWith(publicId).isPresent() ? Reason.TOKEN_ALREADY_ENROLLED : null;
  }

  static Execution enrol(
      ActId id, Act.EnrolOtp act, Books books, Randomness randomness, Instant now) {
    Bytes sealed = books.docket().enclosure(id);
    if (sealed == null || !sealed.digest().equals(act.seed())) {
      return new Execution.Refused(Reason.ACT_NO_LONGER_APPLIES);
    }
    return Execution.forPerson(
        books,
        act.person(),
        person -> {
          Reason objection = objection(person, act.publicId(), books);
          if (objection != null) {
            return new Execution.Refused(objection);
          }
          OtpToken token =
              new OtpToken(
                  AuthenticatorId.next(now, randomness),
                  person.id(),
                  act.label(),
                  act.publicId(),
                  sealed,
                  AuthenticatorState.ACTIVE,
                  now);
          return new Execution.Planned(
              EventType.TOKEN_ENROLLED,
              List.of(
                  new Change.PutOtpToken(token),
                  new Change.PutPerson(person.renewed()),
                  new Change.DropEnclosure(id)),
              null,
              null);
        });
  }

  /// The key is made here, and shown once.
  static Execution admit(
      Act.AdmitClient act, Books books, Sealer sealer, Randomness randomness, Instant now) {
    if (books.roster().client(act.number()) != null) {
      return new Execution.Refused(Reason.ACT_NO_LONGER_APPLIES);
    }
    byte[] key = randomness.bytes(CLIENT_KEY_LENGTH);
    try {
      ValidationClient client =
          new ValidationClient(
              act.number(),
              act.label(),
              Bytes.of(sealer.seal(key, context(act.number()))),
              act.addresses(),
              now);
      return new Execution.Planned(
          EventType.CLIENT_ADMITTED,
          List.of(new Change.PutClient(client)),
          Secret.ofText(Base64.getEncoder().encodeToString(key)),
          null);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  static Execution dismiss(long number, Books books) {
    return books.roster().client(number) == null
        ? new Execution.Refused(Reason.ACT_NO_LONGER_APPLIES)
        : Execution.planned(EventType.CLIENT_DISMISSED, new Change.DropClient(number));
  }

  static Secret key(ValidationClient client, Sealer sealer) {
    return sealer.open(client.key().copy(), context(client.number()));
  }

  static String context(long number) {
    return "validation-client/" + number;
  }
}
