package io.parano.web;

import java.util.Set;

/// A further script for the sign-in pages. The demo uses it to put a software key in the place of
/// the browser's own; no configuration file can say it.
///
/// @param script an ES module, run before ours
/// @param connect origins that it may speak to, beyond our own
public record Extension(String script, Set<String> connect) {
  public Extension {
    connect = Set.copyOf(connect);
  }
}
