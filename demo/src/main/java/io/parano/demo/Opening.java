package io.parano.demo;

import io.parano.kernel.Secret;
import io.parano.testkit.SecurityKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How the company comes to be behind its gate, as any company does: two officers enrol with the
/// codes from the host's terminal, and bring in everybody else by acts that they sign. All of it
/// over HTTP.
final class Opening {
  private final Company company;
  private final KeyRing ring;
  private final Places places;

  Opening(Company company, KeyRing ring, Places places) {
    this.company = company;
    this.ring = ring;
    this.places = places;
  }

  /// The first two officers, enrolled and signed in.
  List<Visitor> enrolOfficers(Map<String, Secret> codes) throws IOException {
    Employee first = company.officers().get(0);
    Employee second = company.officers().get(1);
    for (Employee officer : List.of(first, second)) {
      Secret code = codes.get(officer.name());
      if (code == null) {
        throw new IOException("there is no code for " + officer.name());
      }
      enrol(officer, new String(code.copy(), StandardCharsets.UTF_8));
    }
    return List.of(signedIn(first), signedIn(second));
  }

  /// Everybody else, admitted by one act and enrolled by one act each; then the third officer.
  void enrolStaff(Visitor firstOfficer, Visitor secondOfficer) throws IOException {
    SecurityKey first = ring.key(company.officers().get(0).name());
    SecurityKey second = ring.key(company.officers().get(1).name());
    Employee third = company.officers().get(2);
    List<Employee> others = new java.util.ArrayList<>(company.staff());
    others.add(third);
    List<Json> newcomers = others.stream().map(Opening::newcomer).toList();
    String admission =
        firstOfficer.propose(
            Json.object("kind", "admit-staff", "newcomers", Json.array(newcomers)));
    Visitor.good(firstOfficer.sign(admission, first));
    // Some of them may have a tunnel: that takes two.
    Visitor.good(secondOfficer.sign(admission, second));
    for (Employee employee : others) {
      String enrolment =
          firstOfficer.propose(Json.object("kind", "enrol-token", "person", employee.name()));
      enrol(employee, Visitor.good(firstOfficer.sign(enrolment, first)).text("code"));
    }
    String appointment =
        firstOfficer.propose(Json.object("kind", "appoint-officer", "person", third.name()));
    Visitor.good(firstOfficer.sign(appointment, first));
    Visitor.good(secondOfficer.sign(appointment, second));
  }

  private void enrol(Employee employee, String code) throws IOException {
    SecurityKey key = ring.make(employee.name(), employee.displayName());
    Visitor.at(employee.desk(), places).enrol(employee.name(), code, key, employee.password());
  }

  private Visitor signedIn(Employee employee) throws IOException {
    Visitor visitor = Visitor.at(employee.desk(), places);
    Visitor.good(visitor.signIn(employee.name(), ring.key(employee.name()), employee.password()));
    return visitor;
  }

  private static Json newcomer(Employee employee) {
    return Json.object(
        "name",
        employee.name(),
        "displayName",
        employee.displayName(),
        "email",
        employee.newcomer().email(),
        "groups",
        List.copyOf(new TreeSet<>(employee.groups())),
        "language",
        employee.language().tag());
  }
}
