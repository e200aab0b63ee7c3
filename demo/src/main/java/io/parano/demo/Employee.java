package io.parano.demo;

import io.parano.identity.Newcomer;
import io.parano.kernel.Language;
import java.net.InetAddress;
import java.util.List;
import java.util.TreeSet;

/// Somebody on the made-up company's staff.
///
/// @param desk the address that they work from
/// @param password chosen at random for this run; printed for the newcomer, so it is no secret
record Employee(
    String name,
    String displayName,
    List<String> groups,
    Language language,
    InetAddress desk,
    String password) {
  Employee {
    groups = List.copyOf(groups);
  }

  Newcomer newcomer() {
    return new Newcomer(
        name, displayName, name + "@brume.example", new TreeSet<>(groups), language);
  }

  String firstName() {
    return displayName.substring(0, displayName.indexOf(' '));
  }
}
