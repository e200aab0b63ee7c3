package io.parano.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// `ssh-sign`: SSH certificates a second from 64 threads, each decided by the policy, recorded
/// durable and then signed. The peer is `ssh-keygen -s`, a process for each certificate, which
/// records nothing. Both take turns.
final class SshSignBench implements Bench {
  private static final int THREADS = 64;

  /// Every certificate leaves a session in memory.
  private static final int HEAP = 1024;

  @Override
  public String name() {
    return "ssh-sign";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Packages.have("ssh-keygen", "openssh-client")) {
      return List.of();
    }
    List<String> load =
        Cores.SERVER.hold(
            Jvm.command(
                HEAP, SshSignLoad.class, setting.folder().toString(), Integer.toString(THREADS)));
    List<Double> rates = new ArrayList<>();
    List<Double> keygen = new ArrayList<>();
    try (Turns turns = new Turns(setting.children(), load)) {
      turns.take("certificates " + setting.scale().warmUp());
      for (int round = 0; round < setting.scale().rounds(); round++) {
        keygen.add(Double.valueOf(turns.take("keygen " + setting.scale().seconds())));
        rates.add(Double.valueOf(turns.take("certificates " + setting.scale().seconds())));
      }
    }
    return List.of(
        Figure.beside("ssh-sign", rates, "certificates/s", "ssh-keygen -s", keygen)
            .noted(
                "%d threads, heap %d MB, on %s; wanted >= 8000"
                    .formatted(THREADS, HEAP, Files.getFileStore(setting.folder()).type())));
  }
}
