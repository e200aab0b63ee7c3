package io.parano.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `radius`: logins a second through the RADIUS door, packets and decision alone, against
/// FreeRADIUS with PAP from a flat file of the same people. One loader in C asks both, in turns: it
/// keeps 64 requests under way and checks every answer.
///
/// `radius-otp` is the whole login: one-time password and record durable, beside `audit-append` on
/// the same core; `radius-argon2` with Argon2id as well.
final class RadiusBench implements Bench {
  private static final int USERS = 10_000;
  private static final int WINDOW = 64;
  private static final int HEAP = 256;

  /// Every login leaves a session in memory.
  private static final int WHOLE = 1_024;

  /// Lines that are made before: more than can be used up.
  private static final int MOST_A_SECOND = 25_000;

  private static final int MOST_HASHED = 500;

  /// Under way where each takes tens of milliseconds of a core.
  private static final int FEW = 8;

  private static final long LOOK_EVERY_MILLIS = 20;
  private static final int PATIENCE_LOOKS = 1_000;

  @Override
  public String name() {
    return "radius";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!compiled(setting.folder())) {
      System.out.println("radius: the load is missing here (packages gcc, libc6-dev, libssl-dev)");
      return List.of();
    }
    List<Figure> figures = new ArrayList<>(alone(setting));
    figures.add(durable(setting));
    figures.add(hashed(setting));
    return figures;
  }

  private static Figure durable(Setting setting) throws IOException, InterruptedException {
    List<Double> rates = new ArrayList<>();
    List<Double> entries = new ArrayList<>();
    Path log = Files.createDirectories(setting.folder().resolve("entries"));
    int port = Ports.free();
    try (Turns door = new Turns(setting.children(), whole(setting, "bare", port));
        Turns peer =
            new Turns(
                setting.children(),
                Cores.SERVER.hold(
                    Jvm.command(
                        HEAP, AuditLoad.class, log.toString(), Integer.toString(WINDOW))))) {
      door.answer();
      typed(setting, "bare", door, port, WINDOW, setting.scale().warmUp(), MOST_A_SECOND);
      peer.take("entries " + setting.scale().warmUp());
      for (int round = 0; round < setting.scale().rounds(); round++) {
        int seconds = setting.scale().seconds();
        entries.add(Double.valueOf(peer.take("entries " + seconds).split(" ", -1)[0]));
        rates.add(typed(setting, "bare", door, port, WINDOW, seconds, MOST_A_SECOND));
      }
    }
    return Figure.beside("radius-otp", rates, "logins/s", "audit-append on that core", entries)
        .noted("an entry each, %d under way, heap %d MB; wanted >= 0.5".formatted(WINDOW, WHOLE));
  }

  private static Figure hashed(Setting setting) throws IOException, InterruptedException {
    int port = Ports.free();
    try (Turns door = new Turns(setting.children(), whole(setting, "argon2", port))) {
      door.answer();
      typed(setting, "argon2", door, port, FEW, setting.scale().warmUp(), MOST_HASHED);
      double rate =
          typed(setting, "argon2", door, port, FEW, setting.scale().seconds(), MOST_HASHED);
      return Figure.alone("radius-argon2", rate, "logins/s")
          .noted("Argon2id m=19 MiB, t=2, p=1, one worker, %d under way".formatted(FEW));
    }
  }

  private static List<String> whole(Setting setting, String hash, int port) throws IOException {
    Path folder = Files.createDirectories(setting.folder().resolve(hash));
    return Cores.SERVER.hold(
        Jvm.command(WHOLE, RadiusOtpLoad.class, folder.toString(), Integer.toString(port), hash));
  }

  /// Logins a second, each with a one-time password of its own.
  private static double typed(
      Setting setting, String hash, Turns door, int port, int window, int seconds, int most)
      throws IOException, InterruptedException {
    var _ = door.take("logins " + most * seconds);
    return accepted(
        load(
            setting.folder(),
            port,
            setting.folder().resolve(hash).resolve(RadiusOtpLoad.LOGINS),
            Integer.toString(window),
            Integer.toString(seconds),
            "8",
            "once"));
  }

  private static List<Figure> alone(Setting setting) throws IOException, InterruptedException {
    Path folder = setting.folder();
    Path users = users(folder);
    int port = Ports.free();
    List<String> ours =
        Cores.SERVER.hold(
            Jvm.command(HEAP, RadiusLoad.class, Integer.toString(port), users.toString()));
    try (Turns door = new Turns(setting.children(), ours)) {
      door.answer();
      rate(folder, port, users, setting.scale().warmUp());
      if (!Packages.have("freeradius", "freeradius")) {
        System.out.println("radius: the peer is missing here (package freeradius)");
        double alone = rate(folder, port, users, setting.scale().seconds());
        return List.of(Figure.alone("radius", alone, "logins/s"));
      }
      return List.of(beside(setting, port, users));
    }
  }

  private static Figure beside(Setting setting, int port, Path users)
      throws IOException, InterruptedException {
    int peerPort = Ports.free();
    Path output = setting.folder().resolve("freeradius.out");
    Process peer =
        setting
            .children()
            .start(
                new ProcessBuilder(
                        Cores.SERVER.hold(
                            List.of(
                                "freeradius",
                                "-f",
                                "-d",
                                raddb(setting.folder(), peerPort, users).toString())))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile()));
    try {
      answering(setting.folder(), peerPort, users, peer, output);
      List<Double> rates = new ArrayList<>();
      List<Double> peerRates = new ArrayList<>();
      for (int round = 0; round < setting.scale().rounds(); round++) {
        peerRates.add(rate(setting.folder(), peerPort, users, setting.scale().seconds()));
        rates.add(rate(setting.folder(), port, users, setting.scale().seconds()));
      }
      return Figure.beside("radius", rates, "logins/s", "FreeRADIUS", peerRates)
          .noted("%d people, %d under way, heap %d MB; wanted >= 1".formatted(USERS, WINDOW, HEAP));
    } finally {
      setting.children().end(peer);
    }
  }

  private static void answering(Path folder, int port, Path users, Process peer, Path output)
      throws IOException, InterruptedException {
    for (int look = 0; look < PATIENCE_LOOKS; look++) {
      if (!peer.isAlive()) {
        throw new IOException("FreeRADIUS did not start: " + Files.readString(output));
      }
      if (load(folder, port, users, "1", "0.05").getFirst() > 0) {
        return;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    throw new IOException("FreeRADIUS does not answer: " + Files.readString(output));
  }

  private static double rate(Path folder, int port, Path users, int seconds)
      throws IOException, InterruptedException {
    return accepted(load(folder, port, users, Integer.toString(WINDOW), Integer.toString(seconds)));
  }

  /// Accepted logins a second. A rate of refusals is no rate of logins.
  private static double accepted(List<Double> counted) throws IOException {
    double wrong = counted.get(1) + counted.get(2) + counted.get(3);
    if (counted.getFirst() == 0 || wrong > 0) {
      throw new IOException("expected accepted logins alone, found " + counted);
    }
    return counted.getFirst();
  }

  /// Accepted a second; then rejected, wrong and lost ones.
  private static List<Double> load(Path folder, int port, Path users, String... rest)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                folder.resolve("radius-load").toString(),
                "127.0.0.1",
                Integer.toString(port),
                RadiusLoad.SECRET,
                users.toString()));
    command.addAll(List.of(rest));
    Process load = new ProcessBuilder(Cores.LOAD.hold(command)).start();
    String told = new String(load.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    load.waitFor();
    return told.lines().limit(4).map(line -> Double.valueOf(line.split(" ", -1)[1])).toList();
  }

  private static Path users(Path folder) throws IOException {
    StringBuilder users = new StringBuilder();
    for (int i = 1; i <= USERS; i++) {
      users.append("u%05d pw-u%05d\n".formatted(i, i));
    }
    return Files.writeString(folder.resolve("users"), users);
  }

  /// The least that does PAP from the flat file.
  private static Path raddb(Path folder, int port, Path users) throws IOException {
    Path raddb = Files.createDirectories(folder.resolve("raddb"));
    StringBuilder flat = new StringBuilder();
    for (String line : Files.readAllLines(users)) {
      String[] both = line.split(" ", -1);
      flat.append("%s Cleartext-Password := \"%s\"\n".formatted(both[0], both[1]));
    }
    Files.writeString(raddb.resolve("users"), flat);
    Files.writeString(
        raddb.resolve("radiusd.conf"),
        """
        prefix = /usr
        logdir = %1$s
        run_dir = %1$s
        libdir = /usr/lib/freeradius
        pidfile = %1$s/pid
        max_request_time = 30
        cleanup_delay = 0
        max_requests = 65536
        log { destination = files
          file = %1$s/log
          auth = no
        }
        security { max_attributes = 200
          reject_delay = 0
          status_server = no
        }
        proxy_requests = no
        thread pool { start_servers = 2
          max_servers = 8
          min_spare_servers = 1
          max_spare_servers = 8
          max_requests_per_server = 0
        }
        client here { ipaddr = 127.0.0.1
          secret = %2$s
          require_message_authenticator = yes
        }
        modules {
          files { usersfile = %1$s/users }
          pap { }
        }
        server default {
          listen { type = auth
            ipaddr = 127.0.0.1
            port = %3$d
          }
          authorize {
            files
            pap
          }
          authenticate {
            Auth-Type PAP {
              pap
            }
          }
        }
        """
            .formatted(raddb, RadiusLoad.SECRET, port));
    return raddb;
  }

  private static boolean compiled(Path folder) throws IOException, InterruptedException {
    return compile(folder)
        || (Packages.install("gcc", "libc6-dev", "libssl-dev") && compile(folder));
  }

  private static boolean compile(Path folder) throws IOException, InterruptedException {
    try (InputStream source = RadiusBench.class.getResourceAsStream("radius-load.c")) {
      if (source == null) {
        throw new IOException("radius-load.c is missing from the build");
      }
      Files.write(folder.resolve("radius-load.c"), source.readAllBytes());
    }
    return Packages.isThere("gcc")
        && new ProcessBuilder("gcc", "-O2", "-w", "-o", "radius-load", "radius-load.c", "-lcrypto")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start()
                .waitFor()
            == 0;
  }
}
