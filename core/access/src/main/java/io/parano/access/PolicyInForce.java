package io.parano.access;

import io.parano.policy.Policy;

/// The policy that decides, and its version.
public record PolicyInForce(long version, Policy policy) {}
