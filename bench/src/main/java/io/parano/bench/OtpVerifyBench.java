package io.parano.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// `otp-verify`: Yubico one-time passwords a second from 64 threads on one core, each a signed
/// question that is checked, deciphered, decided, recorded durable with its counters, and answered
/// with a signature. The peer is a raw file on the same disk and core. Both take turns.
final class OtpVerifyBench implements Bench {
  private static final int THREADS = 64;
  private static final int HEAP = 256;

  @Override
  public String name() {
    return "otp-verify";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException {
    List<String> load =
        Cores.SERVER.hold(
            Jvm.command(
                HEAP, OtpVerifyLoad.class, setting.folder().toString(), Integer.toString(THREADS)));
    List<Double> rates = new ArrayList<>();
    List<Double> raw = new ArrayList<>();
    try (Turns turns = new Turns(setting.children(), load)) {
      turns.take("otps " + setting.scale().warmUp());
      for (int round = 0; round < setting.scale().rounds(); round++) {
        raw.add(Double.valueOf(turns.take("raw " + setting.scale().seconds())));
        rates.add(Double.valueOf(turns.take("otps " + setting.scale().seconds())));
      }
    }
    return List.of(
        Figure.beside("otp-verify", rates, "OTPs/s", "a raw file, 64 x 512 bytes a fdatasync", raw)
            .noted(
                "%d threads, heap %d MB, on %s; wanted >= 5000"
                    .formatted(THREADS, HEAP, Files.getFileStore(setting.folder()).type())));
  }
}
