package io.parano.demo;

import io.parano.testkit.SecurityKey;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/// Everybody in the play, with what they hold, and the officers signed in.
record Cast(
    Company company,
    KeyRing ring,
    Places places,
    FrontProxy.Secrets secrets,
    Visitor firstOfficer,
    Visitor secondOfficer) {

  Employee employee(String name) {
    return company.named(name);
  }

  /// The key of somebody on the staff; its id is their name.
  SecurityKey keyOf(Employee employee) {
    return ring.key(employee.name());
  }

  Visitor at(InetAddress desk) {
    return Visitor.at(desk, places);
  }

  /// Somebody signed in from `desk` with everything that is theirs; throws [IOException] when they
  /// are refused.
  Visitor signedIn(Employee employee, InetAddress desk) throws IOException {
    Visitor visitor = at(desk);
    Visitor.good(visitor.signIn(employee.name(), keyOf(employee), employee.password()));
    return visitor;
  }

  /// Somebody's whole way to the back office; granted when its page comes.
  Verdict reachBackOffice(Employee employee, SecurityKey key, InetAddress desk) throws IOException {
    long start = System.nanoTime();
    Visitor visitor = at(desk);
    Reply signedIn = visitor.signIn(employee.name(), key, employee.password());
    boolean granted =
        Visitor.went(signedIn) && BackOfficePages.shown(visitor.enter(places.backOffice(), "/"));
    return Verdict.of(granted, since(start));
  }

  Reply signFirst(String act) throws IOException {
    return firstOfficer.sign(act, keyOf(company.officers().get(0)));
  }

  Reply signSecond(String act) throws IOException {
    return secondOfficer.sign(act, keyOf(company.officers().get(1)));
  }

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
