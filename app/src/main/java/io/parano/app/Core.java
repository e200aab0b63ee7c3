package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Door;
import io.parano.access.Gate;
import io.parano.access.Journal;
import io.parano.access.Ledger;
import io.parano.access.State;
import io.parano.argon2.Argon2Pool;
import io.parano.audit.Tally;
import io.parano.authn.Argon2;
import io.parano.authn.Assertions;
import io.parano.authn.GuessLimits;
import io.parano.authn.PasswordRules;
import io.parano.authn.Passwords;
import io.parano.authn.Registrations;
import io.parano.kernel.Randomness;
import io.parano.kernel.Tracing;
import io.parano.keys.KeysetSealer;
import io.parano.traces.Traces;
import io.parano.web.ApartDoors;
import io.parano.web.InFlight;
import java.time.InstantSource;
import java.util.List;

/// The core of a server, wired, with what works beside it.
record Core(
    Books books,
    Journal journal,
    Gate gate,
    SshStart ssh,
    Argon2Pool argon2,
    KeyDesk keys,
    ApartDoors doors,
    RadiusStart radius,
    MailStart mail,
    WireGuardStart wireGuard,
    OpenVpnStart openvpn,
    Tracing tracing) {
  /// The state is read into the books once and not kept: it would be in memory twice.
  static Core wire(
      ServerPlan plan,
      OpenLog log,
      State state,
      InstantSource clock,
      Randomness randomness,
      Tracing tracing) {
    Books books = new Books(Traced.step(Ledger.class, log.ledger(), tracing), state);
    Journal journal = new Journal(books, new Tally());
    int cores = Runtime.getRuntime().availableProcessors();
    Argon2Pool argon2 = Argon2Pool.start(cores, 16 * cores);
    Assertions assertions = new Assertions(plan.relyingParty());
    Gate.Factors factors =
        new Gate.Factors(
            assertions,
            new Registrations(plan.relyingParty(), plan.tokens()),
            new Passwords(Traced.step(Argon2.class, argon2, tracing), plan.argon2(), randomness),
            new PasswordRules(plan.passwordRules(), plan.blocklist()),
            new GuessLimits(GuessLimits.Settings.DEFAULT, randomness));
    WireGuardStart wireGuard = new WireGuardStart(plan.wireguard(), clock);
    KeysetSealer sealer = plan.keyset().sealer(randomness);
    Gate.World world =
        new Gate.World(
            sealer,
            randomness,
            clock,
            new StoredLogBook(log.reader(), books),
            new VirtualThreads(),
            wireGuard.carrier());
    ApartDoors apart = new ApartDoors(new InFlight());
    SshStart ssh = SshStart.of(plan.jump(), plan.keyset(), books, journal, randomness, clock);
    RadiusStart radius = new RadiusStart(plan.radius());
    MailStart mail = MailStart.of(plan, books, journal, assertions, randomness, clock);
    OpenVpnStart openvpn = OpenVpnStart.of(plan.openvpn(), clock, randomness);
    List<Door> doors = openvpn.doors(wireGuard.doors(mail.doors(radius.doors(ssh.doors(apart)))));
    Gate gate = Gate.of(books, journal, factors, world, plan.gate(), doors);
    KeyFollowing following = new KeyFollowing(log, ssh, plan.logOrigin(), clock);
    KeyDesk keys = KeyDesk.of(plan, sealer, gate.resealing(), following, randomness, clock);
    return new Core(
        books, journal, gate, ssh, argon2, keys, apart, radius, mail, wireGuard, openvpn, tracing);
  }

  /// In the format of `/metrics`; empty where nobody looks.
  String traceGauges() {
    return tracing instanceof Traces traces ? traces.gauges() : "";
  }

  void closeTraces() {
    if (tracing instanceof Traces traces) {
      traces.close();
    }
  }
}
