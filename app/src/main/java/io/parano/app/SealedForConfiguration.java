package io.parano.app;

import io.parano.config.Configuration;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A secret that we share with somebody, made or taken, shown once and printed sealed for
/// `parano.yaml`.
///
/// @param name whose it is
/// @param context what it is sealed for
/// @param key under which the configuration has it
/// @param once the message that shows it, of its owner and the secret itself
record SealedForConfiguration(String name, String context, String key, String once) {
  /// 192 bits in base64url; servers take 32 characters at least.
  private static final int RANDOM_BYTES = 24;

  private static final int SHORTEST = 16;

  /// @param of take the first line of this file instead of making one
  int print(Path file, @Nullable Path of, PrintWriter out, PrintWriter err) throws IOException {
    return switch (Preparation.prepare(file, Preparation.Root.ALLOWED)) {
      case Preparation.Prepared.Refused(var lines) -> {
        lines.forEach(err::println);
        yield ExitCode.FAILED;
      }
      case Preparation.Prepared.Ready(var configuration, var weaknesses) ->
          print(configuration, of, out, err);
    };
  }

  private int print(
      Configuration configuration, @Nullable Path of, PrintWriter out, PrintWriter err)
      throws IOException {
    Randomness randomness = new SystemRandomness();
    try (Secret secret = of == null ? fresh(randomness) : Secrets.firstLine(of)) {
      if (secret.length() < SHORTEST) {
        err.println(Texts.say("radius.secret-short", Integer.toString(SHORTEST)));
        return ExitCode.FAILED;
      }
      byte[] plain = secret.copy();
      Bytes sealed =
          Bytes.of(
              Preparation.open(configuration, Secrets.ofProcess())
                  .sealer(randomness)
                  .seal(plain, context));
      if (of == null) {
        out.println(Texts.say(once, name, new String(plain, StandardCharsets.UTF_8)));
      }
      Arrays.fill(plain, (byte) 0);
      out.println(key + ": " + sealed.base64Url());
    }
    return ExitCode.DONE;
  }

  private static Secret fresh(Randomness randomness) {
    return Secret.ofText(Bytes.of(randomness.bytes(RANDOM_BYTES)).base64Url());
  }
}
