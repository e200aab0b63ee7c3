package io.parano.store;

/// What the store tells its operator unasked, each once per occasion.
public sealed interface Notice {
  /// The log can't be written: nothing is granted until it can.
  record Unwritable(String why) implements Notice {}

  /// The log can be written again, and what stood in the reserve is in it.
  record WritableAgain(int fromReserve) implements Notice {}

  /// Something was taken away and stands in the reserve alone.
  record Reserved(String why) implements Notice {}

  /// Something was taken away and stands in this process's memory alone: the reserve is full or
  /// can't be written. If the process ends before the log can be written, it is forgotten.
  record OnlyInMemory(String why) implements Notice {}

  /// The reserve ends in a record that was not written out whole: the process or the host died at
  /// that moment, before it was acknowledged.
  record ReserveTorn() implements Notice {}

  /// The database refuses these changes themselves (a bug of ours): the event is recorded without
  /// them, and they hold in memory until the next start.
  record ChangesRefused(String event, String why) implements Notice {}
}
