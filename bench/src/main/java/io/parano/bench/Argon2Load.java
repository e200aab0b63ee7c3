package io.parano.bench;

import com.sun.management.OperatingSystemMXBean;
import io.parano.argon2.Argon2Pool;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/// Our side of [Argon2Bench], in a process of its own so that it can be held to one core: reads how
/// many seconds to go on for, one number a line, and answers each with the number of hashes and the
/// microseconds of processor time that they took, the collector's and the compiler's included. It
/// goes through the pool, as a sign-in does.
final class Argon2Load {
  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Argon2Load() {}

  /// @param arguments `installed` or `pure`, then memory, passes and lanes
  public static void main(String[] arguments) throws IOException {
    var parameters =
        new Argon2Parameters(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (Argon2Pool pool =
            arguments[0].equals("pure") ? Argon2Pool.startPureJava(1, 1) : Argon2Pool.start(1, 1);
        Secret password = Secret.ofText("correct horse")) {
      System.out.println(pool.engine());
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        answer(pool, password, parameters, Double.parseDouble(line));
      }
    }
  }

  private static void answer(
      Argon2Pool pool, Secret password, Argon2Parameters parameters, double seconds) {
    long hashes = 0;
    long begun = System.nanoTime();
    long used = PROCESS.getProcessCpuTime();
    do {
      pool.hash(password, SALT, parameters, 32);
      hashes++;
    } while (System.nanoTime() - begun < seconds * 1e9);
    System.out.println(hashes + " " + (PROCESS.getProcessCpuTime() - used) / 1_000);
  }
}
