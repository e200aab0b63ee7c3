package io.parano.probe;

import io.parano.kernel.Randomness;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The probe account's token of one-time passwords, in software. How often it was plugged in is
/// kept in a file, and written before it is used: no counter is ever said twice.
final class ProbeToken {
  private static final int PARTS = 4;

  /// The counter has 15 bits.
  private static final int WORN_OUT = 0x7fff;

  private final OtpKey key;
  private final int usage;
  private int session;

  private ProbeToken(OtpKey key, int usage) {
    this.key = key;
    this.usage = usage;
  }

  /// Plugged in for this run.
  static ProbeToken of(ProbeSetup.Account account, Randomness randomness) throws IOException {
    String[] parts = new String(account.otp().copy(), StandardCharsets.UTF_8).split(",", -1);
    if (parts.length < PARTS) {
      throw new IOException("the OTP file holds no line of the personalization tool");
    }
    OtpKey key = OtpKey.of(parts[1], parts[2], parts[3], randomness);
    Path counter = account.counter();
    int usage =
        1 + (Files.exists(counter) ? Integer.parseInt(Files.readString(counter).strip()) : 0);
    if (usage >= WORN_OUT) {
      throw new IOException("the probe account's token is worn out");
    }
    Files.writeString(counter, usage + "\n");
    return new ProbeToken(key, usage);
  }

  String press() {
    return key.say(usage, session, session++);
  }
}
