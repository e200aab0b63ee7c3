package io.parano.demo;

import io.parano.kernel.Reason;
import java.io.IOException;
import java.net.InetAddress;

/// One thing that the intruder tries, and the twin that differs only in the attacked condition.
///
/// @param id stable, kebab-case; the key of its texts
/// @param expected why Parano should refuse it
/// @param proof where that reason can be read afterwards
/// @param door the door it tries
record Step(
    String id,
    String door,
    Stop expected,
    Proof proof,
    InetAddress attackFrom,
    Attempt attack,
    InetAddress twinFrom,
    Attempt twin,
    Order order) {

  /// An attack on the web door whose reason is listed, tried before its twin.
  static Step of(
      String id,
      Reason expected,
      InetAddress attackFrom,
      Attempt attack,
      InetAddress twinFrom,
      Attempt twin) {
    return new Step(
        id,
        "web",
        Stop.at(expected),
        Proof.LISTED,
        attackFrom,
        attack,
        twinFrom,
        twin,
        Order.ATTACK_FIRST);
  }

  Step twinFirst() {
    return new Step(
        id, door, expected, proof, attackFrom, attack, twinFrom, twin, Order.TWIN_FIRST);
  }

  Step provenBy(Proof other) {
    return new Step(id, door, expected, other, attackFrom, attack, twinFrom, twin, order);
  }

  Step at(String otherDoor) {
    return new Step(id, otherDoor, expected, proof, attackFrom, attack, twinFrom, twin, order);
  }

  @FunctionalInterface
  interface Attempt {
    Verdict make() throws IOException;
  }

  /// Where the reason of a refusal is kept.
  enum Proof {
    /// In an entry of the audit log.
    LISTED,
    /// Only in a metric, because anybody can cause any number of them.
    COUNTED,
    /// In the words of what refuses: the offline verifier, or a start.
    TOLD
  }

  /// Some attacks leave nothing behind on which their twin could still be tried.
  enum Order {
    TWIN_FIRST,
    ATTACK_FIRST
  }
}
