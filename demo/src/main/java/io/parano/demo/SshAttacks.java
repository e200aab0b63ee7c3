package io.parano.demo;

import io.parano.kernel.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What can be tried with a key and certificate that were copied from somebody's disk.
final class SshAttacks {
  static final String SERVERS = "servers";
  static final String BRIEF = "brief";

  private final Cast cast;
  private final Employee mei;
  private final SshClient client;
  private final long certifiedAt;

  /// Mei fetches the certificate that is to grow old at once.
  SshAttacks(Cast cast, Path folder) throws IOException {
    this.cast = cast;
    this.mei = cast.employee("mei.tanaka");
    this.client = client(cast, mei, folder.resolve("mei"));
    certify(cast, mei, client, BRIEF, "old");
    this.certifiedAt = System.nanoTime();
  }

  /// Somebody's key, and what they know of Parano's hosts.
  static SshClient client(Cast cast, Employee employee, Path folder) throws IOException {
    String authority =
        cast.at(employee.desk()).browser().get(cast.places().signIn(), "/ssh/hosts.pub").text();
    Places places = cast.places();
    return SshClient.of(
        folder, new SshClient.Way(places.jump(), Places.JUMP_NAME, places.host()), authority);
  }

  /// As `parano ssh login` does, on three levels from the desk.
  static void certify(
      Cast cast, Employee employee, SshClient client, String hosts, String certificate)
      throws IOException {
    Visitor visitor = cast.signedIn(employee, employee.desk());
    client.keep(
        Visitor.good(
            visitor.call(
                "/api/ssh/certificate", Json.object("hosts", hosts, "key", client.publicKey()))),
        certificate);
  }

  /// Comes late, so that the certificate has grown old by itself.
  List<Step> steps() {
    return List.of(stolen(), lastWeeks());
  }

  private Step stolen() {
    return Step.of(
            "ssh-stolen-certificate",
            Reason.SOURCE_CHANGED,
            Networks.OUTSIDE,
            () -> {
              certify(cast, mei, client, SERVERS, "stolen");
              return tried("stolen", Networks.OUTSIDE);
            },
            mei.desk(),
            () -> tried("stolen", mei.desk()))
        .at("ssh");
  }

  private Step lastWeeks() {
    return Step.of(
            "ssh-old-certificate",
            Reason.CERTIFICATE_EXPIRED,
            mei.desk(),
            () -> {
              growOld();
              return tried("old", mei.desk());
            },
            mei.desk(),
            () -> {
              certify(cast, mei, client, BRIEF, "fresh");
              return tried("fresh", mei.desk());
            })
        .at("ssh");
  }

  private Verdict tried(String certificate, InetAddress from) throws IOException {
    try (SshClient.Connection connection = client.connect(certificate, from)) {
      return connection.verdict();
    }
  }

  private void growOld() throws IOException {
    Duration left =
        Company.BRIEF.minusNanos(System.nanoTime() - certifiedAt).plus(Duration.ofSeconds(1));
    if (left.isPositive()) {
      try {
        TimeUnit.NANOSECONDS.sleep(left.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
