package io.parano.web;

import io.parano.identity.AuthenticatorState;
import io.parano.identity.PersonState;

/// What states are called on pages.
final class States {
  private States() {}

  static Phrase of(PersonState state) {
    return switch (state) {
      case GONE -> Phrase.STATE_GONE;
      case FROZEN -> Phrase.STATE_FROZEN;
      case INVITED -> Phrase.STATE_INVITED;
      case ACTIVE -> Phrase.STATE_ACTIVE;
    };
  }

  static Phrase of(AuthenticatorState state) {
    return switch (state) {
      case CUT -> Phrase.TOKEN_CUT;
      case SUSPENDED -> Phrase.TOKEN_SUSPENDED;
      case ACTIVE -> Phrase.TOKEN_ACTIVE;
    };
  }
}
