package io.parano.vpn;

/// What became of reading a line, from the most refusing to the most allowing.
sealed interface OrderReading {
  record Malformed() implements OrderReading {}

  record Read(Order order) implements OrderReading {}
}
