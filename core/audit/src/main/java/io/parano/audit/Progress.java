package io.parano.audit;

/// Told now and then how far a long reading has come.
@FunctionalInterface
public interface Progress {
  void reached(long entries);
}
