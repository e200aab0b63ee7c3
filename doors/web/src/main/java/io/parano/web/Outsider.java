package io.parano.web;

import io.parano.kernel.Reason;

/// The one place where reasons become what the outside is told. Every reason is named, so that a
/// new one can't get out before somebody has thought about it.
///
/// Whoever is not let in learns that it is so, and what to do next where there is something to do;
/// never which level failed, and never whether a name exists. Whoever chooses a password learns
/// what is wrong with it, and officers learn how their acts stand: they have shown who they are.
enum Outsider {
  REFUSED(403, Phrase.TOLD_REFUSED),
  MALFORMED(400, Phrase.TOLD_MALFORMED),
  TOO_LARGE(413, Phrase.TOLD_TOO_LARGE),
  LATER(429, Phrase.TOLD_LATER),
  SIGN_IN(401, Phrase.TOLD_SIGN_IN),
  START_AGAIN(409, Phrase.TOLD_START_AGAIN),
  TOUCH_INSTEAD(403, Phrase.TOLD_TOUCH_INSTEAD),
  TOUCH_AGAIN(403, Phrase.TOLD_TOUCH_AGAIN),
  CODE_REFUSED(403, Phrase.TOLD_CODE_REFUSED),
  KEY_UNSUITABLE(422, Phrase.TOLD_KEY_UNSUITABLE),
  WHICH_DEVICE(422, Phrase.TOLD_WHICH_DEVICE),
  DEVICE_UNSUITABLE(422, Phrase.TOLD_DEVICE_UNSUITABLE),
  PASSWORD_WRONG(422, Phrase.TOLD_PASSWORD_WRONG),
  PASSWORD_TOO_SHORT(422, Phrase.TOLD_PASSWORD_TOO_SHORT),
  PASSWORD_TOO_LONG(422, Phrase.TOLD_PASSWORD_TOO_LONG),
  PASSWORD_TOO_COMMON(422, Phrase.TOLD_PASSWORD_TOO_COMMON),
  PASSWORD_GUESSABLE(422, Phrase.TOLD_PASSWORD_GUESSABLE),
  PASSWORD_USED_BEFORE(422, Phrase.TOLD_PASSWORD_USED_BEFORE),
  PASSWORD_UNREADABLE(422, Phrase.TOLD_PASSWORD_UNREADABLE),
  OWN_ACT(403, Phrase.TOLD_OWN_ACT),
  ALREADY_APPROVED(409, Phrase.TOLD_ALREADY_APPROVED),
  APPROVALS_MISSING(409, Phrase.TOLD_APPROVALS_MISSING),
  ACT_GONE(410, Phrase.TOLD_ACT_GONE),
  QUORUM(409, Phrase.TOLD_QUORUM);

  final int status;
  final Phrase phrase;

  Outsider(int status, Phrase phrase) {
    this.status = status;
    this.phrase = phrase;
  }

  /// The stable code that goes with the text, for programs.
  String code() {
    return Words.kebab(name());
  }

  static Outsider of(Reason reason) {
    return switch (reason) {
      case SOURCE_UNLISTED,
          SOURCE_NOT_ALLOWED,
          SOURCE_CUT,
          LEASE_MISSING,
          LEASE_OF_OTHER_PERSON,
          DEVICE_UNKNOWN,
          DEVICE_CUT ->
          REFUSED;
      case DEVICE_MISSING -> WHICH_DEVICE;
      case DEVICE_ALREADY_ENROLLED, ADDRESS_NOT_ALLOWED -> DEVICE_UNSUITABLE;

      case PASSWORD_MISSING, PASSWORD_WRONG -> PASSWORD_WRONG;
      case PASSWORD_LIMITED, TOUCH_LIMITED, RATE_LIMITED -> LATER;
      case PASSWORD_TOO_SHORT -> PASSWORD_TOO_SHORT;
      case PASSWORD_TOO_LONG -> PASSWORD_TOO_LONG;
      case PASSWORD_BLOCKLISTED -> PASSWORD_TOO_COMMON;
      case PASSWORD_GUESSABLE -> PASSWORD_GUESSABLE;
      case PASSWORD_USED_BEFORE -> PASSWORD_USED_BEFORE;
      case PASSWORD_NOT_TEXT -> PASSWORD_UNREADABLE;

      case TOKEN_MISSING,
          TOKEN_UNKNOWN,
          TOKEN_CUT,
          TOKEN_SUSPENDED,
          TOKEN_EXPIRED,
          TOKEN_OF_OTHER_PERSON ->
          REFUSED;
      case TOKEN_ALREADY_ENROLLED,
          TOKEN_MODEL_NOT_ALLOWED,
          TOKEN_SYNCABLE,
          ALGORITHM_NOT_OFFERED,
          CREDENTIAL_KEY_INVALID,
          CREDENTIAL_ID_INVALID,
          EXTENSION_UNSOLICITED,
          BACKUP_FLAGS_INVALID,
          ATTESTATION_MALFORMED,
          ATTESTATION_FORMAT_REFUSED,
          ATTESTATION_SIGNATURE_INVALID,
          ATTESTATION_CERTIFICATE_INVALID,
          ATTESTATION_ROOT_UNKNOWN,
          ATTESTATION_MODEL_MISMATCH,
          SSH_KEY_NOT_ALLOWED ->
          KEY_UNSUITABLE;
      case TOUCH_STALE -> TOUCH_AGAIN;
      case TOUCH_MISSING -> TOUCH_INSTEAD;
      case CEREMONY_UNKNOWN -> START_AGAIN;
      case CEREMONY_TYPE_WRONG,
          CLIENT_DATA_MALFORMED,
          CHALLENGE_MISMATCH,
          ORIGIN_UNEXPECTED,
          CROSS_ORIGIN,
          AUTHENTICATOR_DATA_MALFORMED,
          RELYING_PARTY_MISMATCH,
          USER_ABSENT,
          USER_UNVERIFIED,
          BACKUP_ELIGIBILITY_CHANGED,
          USER_HANDLE_MISMATCH,
          SIGNATURE_INVALID,
          COUNTER_WENT_BACK,
          OTP_MALFORMED,
          OTP_UNDECIPHERABLE,
          OTP_PRIVATE_ID_MISMATCH,
          OTP_TOKEN_WORN_OUT,
          OTP_REPLAYED,
          OTP_REQUEST_REPLAYED,
          OTP_DELAYED,
          OTP_NOT_ALLOWED ->
          REFUSED;

      case SOURCE_CHANGED,
          SESSION_MISSING,
          SESSION_UNKNOWN,
          SESSION_IDLE,
          SESSION_EXPIRED,
          SESSION_CUT,
          SESSION_OF_OTHER_HOST,
          CREDENTIALS_CHANGED ->
          SIGN_IN;
      case CODE_UNKNOWN, CODE_EXPIRED -> CODE_REFUSED;
      case CERTIFICATE_FOREIGN, CERTIFICATE_UNKNOWN, CERTIFICATE_EXPIRED -> REFUSED;

      case PERSON_UNKNOWN,
          PERSON_INVITED,
          PERSON_FROZEN,
          PERSON_GONE,
          EVERYBODY_CUT,
          NO_RULE,
          RULE_REFUSES,
          GROUP_MISSING,
          UPGRADE_REFUSED,
          DESTINATION_NOT_ALLOWED ->
          REFUSED;

      case PROXY_UNPROVEN, PROXY_FOREIGN_HOST, HEADER_FORGED, FORM_FORGED -> REFUSED;
      case CLIENT_UNKNOWN, CLIENT_ELSEWHERE, CLIENT_SIGNATURE_WRONG -> REFUSED;
      case HEADER_MALFORMED, HEADER_DUPLICATED, PATH_AMBIGUOUS, REQUEST_MALFORMED -> MALFORMED;
      case SSH_KEY_MALFORMED, CERTIFICATE_MALFORMED -> MALFORMED;
      case REQUEST_TOO_LARGE -> TOO_LARGE;

      case NOT_AN_OFFICER -> REFUSED;
      case OWN_ACT -> OWN_ACT;
      case ALREADY_APPROVED -> ALREADY_APPROVED;
      case APPROVALS_MISSING -> APPROVALS_MISSING;
      case ACT_UNKNOWN, ACT_EXPIRED, ACT_DONE, ACT_NO_LONGER_APPLIES -> ACT_GONE;
      case QUORUM_WOULD_BREAK -> QUORUM;
    };
  }
}
