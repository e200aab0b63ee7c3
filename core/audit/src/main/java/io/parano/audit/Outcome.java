package io.parano.audit;

/// How what an entry tells of ended (PCI DSS 10.2.2, success or failure).
public enum Outcome {
  REFUSED,
  FAILED,
  DONE
}
