package io.parano.authn;

import io.parano.kernel.Reason;

/// The first clause that did not hold.
record Refusal(Reason reason, String clause, String detail) {}
