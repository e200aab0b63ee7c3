package io.parano.demo;

import io.parano.kernel.Reason;
import java.util.Locale;

/// What stopped an attack: the level, and the stable code of the reason.
record Stop(String level, String code) {
  static Stop at(Reason reason) {
    return new Stop(reason.level().name().toLowerCase(Locale.ROOT), reason.code());
  }

  /// What the offline verifier found, beyond all levels.
  static Stop inLog(String finding) {
    return new Stop("log", finding);
  }
}
