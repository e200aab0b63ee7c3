package io.parano.authn;

import java.util.Set;

/// Us, as browsers know us (WebAuthn Level 3 section 4).
///
/// @param id the RP ID: a registrable suffix of the host of every origin
/// @param origins the origins from which a ceremony may come, such as `https://auth.example`
public record RelyingParty(String id, Set<String> origins) {
  public RelyingParty {
    origins = Set.copyOf(origins);
  }
}
