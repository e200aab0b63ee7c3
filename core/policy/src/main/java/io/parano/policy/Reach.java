package io.parano.policy;

/// Whether a pattern means one thing or all that lies below it.
enum Reach {
  EXACT,
  BELOW
}
