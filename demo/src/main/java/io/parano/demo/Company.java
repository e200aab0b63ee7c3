package io.parano.demo;

import io.parano.kernel.Language;
import io.parano.kernel.Randomness;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Brume, a small hosting company that does not exist: three officers, eight more on the staff, an
/// office on two floors, a VPN.
final class Company {
  static final String NAME = "Brume";

  private final List<Employee> officers;
  private final List<Employee> staff;

  private Company(List<Employee> officers, List<Employee> staff) {
    this.officers = List.copyOf(officers);
    this.staff = List.copyOf(staff);
  }

  static Company hire(Randomness randomness) {
    Hiring hiring = new Hiring(randomness);
    hiring.officer("odile.marchand", "Odile Marchand", Language.FR);
    hiring.officer("yann.leroux", "Yann Le Roux", Language.FR);
    hiring.officer("grace.okafor", "Grace Okafor", Language.EN);
    hiring.employee("camille.roy", "Camille Roy", Language.FR, "support");
    hiring.employee("hugo.martin", "Hugo Martin", Language.FR, "sysadmin");
    hiring.employee("mei.tanaka", "Mei Tanaka", Language.EN, "sysadmin");
    hiring.employee("lea.fontaine", "Léa Fontaine", Language.FR, "accounting");
    hiring.employee("paul.girard", "Paul Girard", Language.FR, "billing");
    hiring.employee("nadia.haddad", "Nadia Haddad", Language.FR, "support", "billing");
    hiring.employee("tom.baker", "Tom Baker", Language.EN, "support");
    hiring.employee("sofia.rossi", "Sofia Rossi", Language.EN, "billing");
    return new Company(hiring.officers, hiring.staff);
  }

  /// The first two are there from the beginning; the third is appointed by them.
  List<Employee> officers() {
    return officers;
  }

  List<Employee> staff() {
    return staff;
  }

  Employee named(String name) {
    return Stream.concat(officers.stream(), staff.stream())
        .filter(employee -> employee.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody at Brume is called " + name));
  }

  /// Who reaches what, from where. The touch for what is precious is short so that a run need not
  /// wait for one to grow old.
  static String policy(Places places) {
    return """
    version: 1
    zones:
      # Two floors of one house.
      office: [%1$s, %2$s]
      # A VPN address counts only for the person whose live tunnel it is.
      vpn:
        networks: [%3$s]
        leased: true
      # This machine's own browser, so that a newcomer can sign in with it. Only a demo has this.
      newcomer: [%4$s]
      # Where a VPN may be opened from, and nothing else.
      homes: [%8$s]
    rules:
      - name: payslips
        hosts: [%6$s]
        paths: [/payslips/*]
        groups: [accounting]
        zones: [office, newcomer]
        touch: %7$ss
      - name: wages
        hosts: [%6$s]
        groups: [accounting]
        zones: [office, newcomer]
      - name: customer-export
        hosts: [%5$s]
        paths: [/export, /export/*]
        groups: [support, billing]
        zones: [office, newcomer]
        touch: %7$ss
      - name: back-office
        hosts: [%5$s]
        groups: [support, sysadmin, billing, accounting]
        zones: [office, vpn, newcomer]
    vpn:
      - name: staff-vpn
        server: vpn-1
        groups: [sysadmin]
        zones: [homes]
      # From anywhere, on a device that two officers enrolled.
      - name: own-device
        server: wireguard-1
        groups: [sysadmin]
        device: enrolled
    ssh:
      - name: servers
        hosts: servers
        groups: [sysadmin]
        zones: [office]
        principals: [deploy]
        keys: any
        reach: [127.0.0.1]
        port: %9$d
      # So short that a run need not wait for one to grow old.
      - name: brief
        hosts: brief
        groups: [sysadmin]
        zones: [office]
        principals: [deploy]
        keys: any
        certificate: %10$ss
        reach: [127.0.0.1]
        port: %9$d
    sessions:
      idle: 15m
      absolute: 12h
    """
        .formatted(
            Networks.OFFICE_GROUND,
            Networks.OFFICE_UPSTAIRS,
            Networks.VPN,
            Networks.NEWCOMER,
            places.backOffice().host(),
            places.wages().host(),
            FRESH.toSeconds(),
            Networks.HOMES,
            places.host().getPort(),
            BRIEF.toSeconds());
  }

  /// How young a touch must be for payslips and for the export of the customer file.
  static final Duration FRESH = Duration.ofSeconds(10);

  /// How long a certificate opens connections to the hosts that want brief ones.
  static final Duration BRIEF = Duration.ofSeconds(5);

  private static final class Hiring {
    private final Randomness randomness;
    private final List<Employee> officers = new ArrayList<>();
    private final List<Employee> staff = new ArrayList<>();
    private int desk = 20;

    Hiring(Randomness randomness) {
      this.randomness = randomness;
    }

    void officer(String name, String displayName, Language language) {
      officers.add(somebody(name, displayName, language, List.of("officers")));
    }

    void employee(String name, String displayName, Language language, String... groups) {
      staff.add(somebody(name, displayName, language, List.of(groups)));
    }

    private Employee somebody(
        String name, String displayName, Language language, List<String> groups) {
      InetAddress place = Networks.desk(++desk);
      return new Employee(name, displayName, groups, language, place, Passphrases.next(randomness));
    }
  }
}
