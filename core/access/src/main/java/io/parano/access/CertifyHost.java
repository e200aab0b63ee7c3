package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.KeyReading;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Certifies a host's key: recorded first, then signed.
final class CertifyHost {
  private static final Pattern NAME = Pattern.compile("[a-z0-9:.-]{1,253}");
  private static final int MOST_NAMES = 64;
  private static final Duration LONGEST = Duration.ofDays(400);

  private final Books books;
  private final SshSettings settings;
  private final Randomness randomness;
  private final InstantSource clock;

  CertifyHost(Books books, SshSettings settings, Randomness randomness, InstantSource clock) {
    this.books = books;
    this.settings = settings;
    this.randomness = randomness;
    this.clock = clock;
  }

  SignedCertificate certify(
      String line, List<String> names, Duration life, String door, String operator) {
    SshKey key =
        switch (KeyReading.ofLine(line)) {
          case KeyReading.Malformed(var flaw) ->
              throw new IllegalArgumentException(
                  "expected a line of a public key file, found one with " + flaw.code());
          case KeyReading.Read(var read) -> read;
        };
    if (names.isEmpty()
        || names.size() > MOST_NAMES
        || !names.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "expected 1 to 64 host names or addresses in lower case, found " + names);
    }
    if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expected a life of 400 days at most, found " + life);
    }
    Instant now = clock.instant();
    long serial = books.certificates().freshSerial(now, randomness);
    Certificate certificate =
        new Certificate(
            key,
            Bytes.of(randomness.bytes(32)),
            serial,
            Certificate.Kind.HOST,
            names.getFirst(),
            names,
            now.minus(Duration.ofMinutes(5)).getEpochSecond(),
            now.plus(life).getEpochSecond(),
            new TreeMap<>(),
            new TreeMap<>(),
            settings.hosts().publicKey());
    books.commit(
        Event.at(now, EventType.SSH_HOST_CERTIFICATE, Outcome.DONE)
            .through(door)
            .on("host:" + names.getFirst())
            .with("names", String.join(" ", names))
            .with("key", key.fingerprint())
            .with("serial", Long.toString(serial))
            .with("until", now.plus(life).toString())
            .withPersonal("origin", operator));
    return SignedCertificate.by(settings.hosts().of(certificate.authority()), certificate);
  }
}
