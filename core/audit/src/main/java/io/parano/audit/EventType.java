package io.parano.audit;

import java.util.Locale;

/// What an entry is about: a closed vocabulary with stable kebab-case codes (PCI DSS 10.2.1,
/// 10.2.2).
public enum EventType {
  LOG_OPENED,
  SERVER_STARTED,
  SERVER_STOPPED,
  LOG_READ,
  COUNTED,
  BOOTSTRAP,
  SIGN_IN_TOUCH,
  SIGN_IN,
  SIGN_OUT,
  STEP_UP,
  HOST_SESSION,
  PASS,
  PROXY_REFUSED,
  SESSION_ENDED,
  SSH_CERTIFICATE,
  SSH_HOST_CERTIFICATE,
  SSH_ADMISSION,
  SSH_FORWARD,
  ACT_PROPOSED,
  ACT_APPROVED,
  ACT_REJECTED,
  ACT_EXECUTED,
  STAFF_ADMITTED,
  STAFF_CHANGED,
  STAFF_DEPARTED,
  STAFF_ERASED,
  OFFICER_APPOINTED,
  OFFICER_DISMISSED,
  ENROLMENT_OPENED,
  TOKEN_ENROLLED,
  TOKEN_SUSPENDED,
  OTP_USED,
  CLIENT_ADMITTED,
  CLIENT_DISMISSED,
  PASSWORD_VOIDED,
  PASSWORD_SET,
  POLICY_APPLIED,
  CUT,
  REOPENED,
  KEYS_CHANGED,
  TAMPERING_NOTICED;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  public String code() {
    return code;
  }
}
