package io.parano.interop;

/// Where people sign in.
@FunctionalInterface
interface Portal {
  /// The address of a page there.
  String at(String path);
}
