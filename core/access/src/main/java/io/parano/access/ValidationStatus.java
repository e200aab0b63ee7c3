package io.parano.access;

import io.parano.kernel.Reason;

/// The one place where reasons become the words of Yubico's validation protocol 2.0. A machine
/// learns whether to ask for another one-time password, and whether it is itself set up wrongly;
/// nothing about people.
public enum ValidationStatus {
  NO_SUCH_CLIENT,
  BAD_SIGNATURE,
  MISSING_PARAMETER,
  OPERATION_NOT_ALLOWED,
  BAD_OTP,
  REPLAYED_OTP,
  REPLAYED_REQUEST,
  BACKEND_ERROR,
  OK;

  static ValidationStatus of(Reason reason) {
    return switch (reason) {
      case CLIENT_UNKNOWN, CLIENT_ELSEWHERE -> NO_SUCH_CLIENT;
      case CLIENT_SIGNATURE_WRONG -> BAD_SIGNATURE;
      case SOURCE_UNLISTED, SOURCE_CUT, LEASE_MISSING, LEASE_OF_OTHER_PERSON ->
          OPERATION_NOT_ALLOWED;
      // One that was held back is told as one that was used: the way out is the same, a fresh one.
      case OTP_REPLAYED, OTP_DELAYED -> REPLAYED_OTP;
      case OTP_REQUEST_REPLAYED -> REPLAYED_REQUEST;
      case OTP_MALFORMED,
          OTP_UNDECIPHERABLE,
          OTP_PRIVATE_ID_MISMATCH,
          OTP_TOKEN_WORN_OUT,
          TOKEN_UNKNOWN,
          TOKEN_CUT,
          TOKEN_SUSPENDED,
          TOUCH_LIMITED,
          PERSON_UNKNOWN,
          PERSON_INVITED,
          PERSON_FROZEN,
          PERSON_GONE,
          EVERYBODY_CUT ->
          BAD_OTP;
      // Reasons of other doors: none of them can come from here.
      case SOURCE_CHANGED,
          SOURCE_NOT_ALLOWED,
          PASSWORD_MISSING,
          PASSWORD_WRONG,
          PASSWORD_LIMITED,
          PASSWORD_TOO_SHORT,
          PASSWORD_TOO_LONG,
          PASSWORD_BLOCKLISTED,
          PASSWORD_GUESSABLE,
          PASSWORD_USED_BEFORE,
          PASSWORD_NOT_TEXT,
          DEVICE_PASSWORD_MISTYPED,
          DEVICE_PASSWORD_EXPIRED,
          DEVICE_PASSWORD_OF_OTHER_PERSON,
          TOKEN_MISSING,
          TOKEN_EXPIRED,
          TOKEN_OF_OTHER_PERSON,
          TOKEN_ALREADY_ENROLLED,
          TOKEN_MODEL_NOT_ALLOWED,
          TOKEN_SYNCABLE,
          TOUCH_STALE,
          TOUCH_MISSING,
          OTP_NOT_ALLOWED,
          CEREMONY_UNKNOWN,
          CEREMONY_TYPE_WRONG,
          CLIENT_DATA_MALFORMED,
          CHALLENGE_MISMATCH,
          ORIGIN_UNEXPECTED,
          CROSS_ORIGIN,
          AUTHENTICATOR_DATA_MALFORMED,
          RELYING_PARTY_MISMATCH,
          USER_ABSENT,
          USER_UNVERIFIED,
          BACKUP_FLAGS_INVALID,
          BACKUP_ELIGIBILITY_CHANGED,
          ALGORITHM_NOT_OFFERED,
          CREDENTIAL_KEY_INVALID,
          CREDENTIAL_ID_INVALID,
          EXTENSION_UNSOLICITED,
          USER_HANDLE_MISMATCH,
          SIGNATURE_INVALID,
          COUNTER_WENT_BACK,
          ATTESTATION_MALFORMED,
          ATTESTATION_FORMAT_REFUSED,
          ATTESTATION_SIGNATURE_INVALID,
          ATTESTATION_CERTIFICATE_INVALID,
          ATTESTATION_ROOT_UNKNOWN,
          ATTESTATION_MODEL_MISMATCH,
          SESSION_MISSING,
          SESSION_UNKNOWN,
          SESSION_IDLE,
          SESSION_EXPIRED,
          SESSION_CUT,
          SESSION_OF_OTHER_HOST,
          CREDENTIALS_CHANGED,
          CODE_UNKNOWN,
          CODE_EXPIRED,
          CERTIFICATE_FOREIGN,
          CERTIFICATE_UNKNOWN,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_MALFORMED,
          SSH_KEY_MALFORMED,
          SSH_KEY_NOT_ALLOWED,
          DESTINATION_NOT_ALLOWED,
          ADDRESS_NOT_ALLOWED,
          DEVICE_MISSING,
          DEVICE_UNKNOWN,
          DEVICE_OF_OTHER_PERSON,
          DEVICE_CUT,
          DEVICE_ALREADY_ENROLLED,
          NO_RULE,
          RULE_REFUSES,
          GROUP_MISSING,
          UPGRADE_REFUSED,
          PROXY_UNPROVEN,
          PROXY_FOREIGN_HOST,
          HEADER_FORGED,
          HEADER_MALFORMED,
          HEADER_DUPLICATED,
          PATH_AMBIGUOUS,
          REQUEST_MALFORMED,
          REQUEST_TOO_LARGE,
          FORM_FORGED,
          RATE_LIMITED,
          NOT_AN_OFFICER,
          OWN_ACT,
          ALREADY_APPROVED,
          APPROVALS_MISSING,
          ACT_UNKNOWN,
          ACT_EXPIRED,
          ACT_DONE,
          ACT_NO_LONGER_APPLIES,
          QUORUM_WOULD_BREAK ->
          BACKEND_ERROR;
    };
  }
}
