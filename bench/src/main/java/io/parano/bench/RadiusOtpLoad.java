package io.parano.bench;

import io.parano.access.Books;
import io.parano.access.Change;
import io.parano.access.State;
import io.parano.argon2.Argon2Pool;
import io.parano.authn.Argon2;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.Passwords;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.radius.Hangups;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radius.RadiusDoor;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import io.parano.store.SqlLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The RADIUS door over the core as `serve` wires it: each login is a one-time password that is
/// deciphered and used up, a password, and a decision, with the record durable before the answer.
/// Answers `logins COUNT` when so many lines of a name and what they would type lie in a file.
final class RadiusOtpLoad {
  static final String LOGINS = "logins";
  private static final int STAFF = 512;
  private static final int WAITING = 1_024;
  private static final String PASSWORD = "correct-horse-7-battery";
  private static final String POLICY =
      """
      version: 1
      zones:
        office: [192.0.2.0/24]
      rules: []
      vpn:
        - { name: staff, server: vpn-1, groups: [staff], zones: [office] }
      """;

  private RadiusOtpLoad() {}

  /// @param arguments a folder on the disk that is measured, a port, and `argon2` or `bare`
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SecureRandom random = new SecureRandom();
    Author author = new Author(folder, random::nextBytes);
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (SqlLedger ledger = author.open();
        Argon2Pool pool = Argon2Pool.start(1, WAITING)) {
      Argon2 argon2 = arguments[2].equals("argon2") ? pool : RadiusOtpLoad::bare;
      Author.Logins made = author.logins(STAFF, hash(argon2, random));
      List<Change> changes = new ArrayList<>(made.changes());
      changes.addFirst(policy());
      author.commit(ledger, changes);
      Books books = new Books(ledger, new State(changes, Map.of()));
      try (RadiusDoor door =
          RadiusDoor.open(
              config(Integer.parseInt(arguments[1])),
              OtpVerifyLoad.gate(books, author, argon2, random).admitting(),
              new Hangups())) {
        System.out.println("ready " + door.addresses().size());
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
          int count = Integer.parseInt(line.split(" ", 2)[1]);
          write(folder.resolve(LOGINS), made.people(), count);
          System.out.println("written " + count);
        }
      }
    }
  }

  private static String hash(Argon2 argon2, SecureRandom random) {
    try (Secret password = Secret.ofText(PASSWORD)) {
      return new Passwords(argon2, Argon2Parameters.LEAST, random::nextBytes).hash(password);
    }
  }

  /// What stands in for Argon2id where it is not measured.
  private static byte[] bare(
      Secret password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-512");
      sha.update(salt);
      return Arrays.copyOf(sha.digest(password.copy()), tagLength);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  private static void write(Path file, List<Author.Login> people, int count) throws IOException {
    try (Writer lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < count; i++) {
        Author.Login login = people.get(i % people.size());
        // Plugged in for every use, so that its clock need not run.
        login.token().replug();
        lines.write(login.name() + " " + PASSWORD + login.token().press() + "\n");
      }
    }
  }

  private static RadiusConfig config(int port) {
    InetAddress here = InetAddress.getLoopbackAddress();
    return new RadiusConfig(
        new InetSocketAddress(here, port),
        new InetSocketAddress(here, 0),
        List.of(
            new RadiusClient(
                "vpn-1",
                List.of(IpPrefix.parse("127.0.0.1")),
                SharedSecret.of(Secret.ofText(RadiusLoad.SECRET)),
                Demand.MESSAGE_AUTHENTICATOR,
                null)),
        Language.EN);
  }

  private static Change policy() {
    return switch (Policy.read(POLICY)) {
      case PolicyReading.Read(var policy, var weaknesses) ->
          new Change.PutPolicy(1, policy.digest(), policy.document(), Instant.now());
      case PolicyReading.Mistaken mistaken -> throw new IllegalStateException(mistaken.toString());
    };
  }
}
