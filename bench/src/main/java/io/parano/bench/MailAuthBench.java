package io.parano.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `mail-auth`: IMAP logins a second through nginx's mail proxy with the mail door as its
/// `auth_http`, and with an nginx of its own that says yes to everybody. nginx and whoever decides
/// share one core; mail programs and the store behind have the other.
final class MailAuthBench implements Bench {
  private static final int PEOPLE = 1_000;
  private static final int HEAP = 128;
  private static final String MODULE = "/usr/lib/nginx/modules/ngx_mail_module.so";

  @Override
  public String name() {
    return "mail-auth";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    if (!Nginx.isHad(name()) || !has()) {
      System.out.println("mail-auth: nginx's mail proxy is missing here (libnginx-mod-mail)");
      return List.of();
    }
    Path folder = setting.folder();
    int store = Ports.free();
    int door = Ports.free();
    int yes = Ports.free();
    Path people = folder.resolve("people");
    List<String> ours =
        Jvm.command(
            HEAP,
            MailLoad.class,
            Integer.toString(door),
            Integer.toString(store),
            folder.toString(),
            people.toString(),
            Integer.toString(PEOPLE));
    try (Turns deciding = new Turns(setting.children(), Cores.SERVER.hold(ours))) {
      deciding.answer();
      try (Turns load =
          new Turns(
              setting.children(),
              Cores.LOAD.hold(
                  Jvm.command(HEAP, ImapLoad.class, Integer.toString(store), people.toString())))) {
        load.answer();
        return List.of(beside(setting, load, door, yes, store));
      }
    }
  }

  static boolean has() throws IOException, InterruptedException {
    return Files.exists(Path.of(MODULE)) || Packages.install("libnginx-mod-mail");
  }

  private static Figure beside(Setting setting, Turns load, int door, int yes, int store)
      throws IOException, InterruptedException {
    int behindUs = Ports.free();
    int behindYes = Ports.free();
    List<Process> running = new ArrayList<>();
    try {
      running.add(nginx(setting, "yes", constant(yes, store)));
      running.add(nginx(setting, "us", mail(behindUs, door)));
      running.add(nginx(setting, "open", mail(behindYes, yes)));
      awaiting(behindUs, behindYes, yes);
      for (int port : List.of(behindUs, behindYes)) {
        rate(load, port, setting.scale().warmUp());
      }
      List<Double> rates = new ArrayList<>();
      List<Double> peerRates = new ArrayList<>();
      for (int round = 0; round < setting.scale().rounds(); round++) {
        rates.add(rate(load, behindUs, setting.scale().seconds()));
        peerRates.add(rate(load, behindYes, setting.scale().seconds()));
      }
      return Figure.beside("mail-auth", rates, "logins/s", "an authority that says yes", peerRates)
          .noted(
              "%d people, heap %d MB; nginx and the authority on one core".formatted(PEOPLE, HEAP));
    } finally {
      running.forEach(setting.children()::end);
    }
  }

  private static double rate(Turns load, int port, int seconds) throws IOException {
    return Double.parseDouble(load.take(port + " " + TimeUnit.SECONDS.toMillis(seconds)));
  }

  private static void awaiting(int... ports) throws IOException, InterruptedException {
    for (int port : ports) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!listening(port)) {
        if (System.nanoTime() > end) {
          throw new IOException("nothing listens on port " + port);
        }
        Thread.sleep(20);
      }
    }
  }

  private static boolean listening(int port) {
    try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Process nginx(Setting setting, String name, String servers) throws IOException {
    Path folder = Files.createDirectories(setting.folder().resolve(name));
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        load_module %1$s;
        worker_processes 1;
        daemon off;
        pid %2$s/pid;
        error_log %2$s/error.log crit;
        events { worker_connections 4096; }
        %3$s
        """
            .formatted(MODULE, folder, servers));
    return setting
        .children()
        .start(
            new ProcessBuilder(
                    Cores.SERVER.hold(
                        List.of("nginx", "-p", folder.toString(), "-c", configuration.toString())))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile()));
  }

  private static String mail(int port, int authority) {
    return """
    mail {
      server_name bench.example;
      auth_http 127.0.0.1:%d/nginx;
      auth_http_header X-Parano-Secret %s;
      server { listen 127.0.0.1:%d backlog=4096; protocol imap; imap_auth plain login; proxy on; }
    }
    """
        .formatted(authority, MailLoad.SECRET, port);
  }

  private static String constant(int port, int store) {
    return """
    http {
      access_log off;
      server {
        listen 127.0.0.1:%d backlog=4096;
        location = /nginx {
          add_header Auth-Status OK;
          add_header Auth-Server 127.0.0.1;
          add_header Auth-Port %d;
          add_header Auth-User somebody;
          add_header Auth-Pass %s;
          return 200;
        }
      }
    }
    """
        .formatted(port, store, MailLoad.TECHNICAL);
  }
}
