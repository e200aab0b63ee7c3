package io.parano.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * nginx's mail proxy and Dovecot, each started in the foreground with a configuration of its own.
 */
final class MailPrograms {
  static final String NGINX_MODULE = "/usr/lib/nginx/modules/ngx_mail_module.so";
  static final String DOVECOT = "/usr/sbin/dovecot";
  static final String POP3 = "/usr/lib/dovecot/pop3-login";
  static final String API_KEY = "an-api-key-of-this-test";

  private final Path folder;
  private final List<Process> running = new ArrayList<>();

  MailPrograms(Path folder) throws IOException {
    this.folder = folder;
    // Dovecot and nginx leave root behind, and must still reach their files.
    for (Path at = folder; at != null && !at.equals(Path.of("/tmp")); at = at.getParent()) {
      if (Files.isWritable(at)) {
        Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  /// @param more passdb, listeners and whatever else is particular
  Path dovecot(String name, int imap, int doveadm, String more) throws Exception {
    Path own = Files.createDirectories(folder.resolve(name));
    Path mail = Files.createDirectories(own.resolve("mail"));
    run("chown", "nobody", mail.toString());
    Path file = own.resolve("dovecot.conf");
    Files.writeString(
        file,
        """
        base_dir = %1$s/run
        state_dir = %1$s/run
        log_path = %1$s/dovecot.log
        auth_verbose = yes
        protocols = imap %4$s submission
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        haproxy_trusted_networks = 127.0.0.0/8
        login_trusted_networks = 127.0.0.0/24
        mail_location = maildir:%1$s/mail/%%u
        first_valid_uid = 1
        hostname = dovecot.test
        submission_relay_host = 127.0.0.1
        submission_relay_port = 9
        doveadm_api_key = %2$s
        service doveadm {
          inet_listener http {
            address = 127.0.0.1
            port = %3$d
          }
        }
        userdb {
          driver = static
          args = uid=nobody gid=nogroup home=%1$s/mail/%%u
        }
        """
                .formatted(own, API_KEY, doveadm, Files.exists(Path.of(POP3)) ? "pop3" : "")
            + more,
        StandardCharsets.UTF_8);
    start(own, DOVECOT, "-F", "-c", file.toString());
    await(imap);
    await(doveadm);
    return own;
  }

  static String imap(int port, String more) {
    return """
    service imap-login {
      inet_listener imap {
        port = %d
        %s
      }
      inet_listener imaps {
        port = 0
      }
    }
    """
        .formatted(port, more);
  }

  /// Nothing where it is not installed.
  static String pop3(int port, String more) {
    return Files.exists(Path.of(POP3)) ? imap(port, more).replace("imap", "pop3") : "";
  }

  static String submission(int port) {
    return """
    service submission-login {
      inet_listener submission {
        port = %d
      }
    }
    """
        .formatted(port);
  }

  /// @param servers the server blocks
  void nginx(int asked, String secret, String servers, int imap) throws Exception {
    Path own = Files.createDirectories(folder.resolve("nginx"));
    Path file = own.resolve("nginx.conf");
    Files.writeString(
        file,
        """
        load_module %s;
        daemon off;
        user www-data;
        pid %s/pid;
        error_log %s/error.log info;
        worker_processes 1;
        events {}
        mail {
          server_name mail.test;
          auth_http 127.0.0.1:%d/nginx;
          auth_http_header X-Parano-Secret %s;
          auth_http_timeout 3s;
          proxy_pass_error_message on;
          %s
        }
        """
            .formatted(NGINX_MODULE, own, own, asked, secret, servers),
        StandardCharsets.UTF_8);
    start(own, "/usr/sbin/nginx", "-e", own + "/error.log", "-c", file.toString());
    await(imap);
  }

  void start(Path own, String... command) throws IOException {
    running.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("out").toFile())
            .start());
  }

  static void await(int port) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("nothing listens on port " + port, e);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /// What the program says, and how it ends, in its last line.
  static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + String.join(" ", command));
    }
    return said + "\nexit " + process.exitValue();
  }

  void close() throws InterruptedException {
    running.forEach(Process::destroy);
    for (Process process : running) {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
