package io.parano.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The machine's nginx as a mail proxy and its Dovecot behind it, as docs/mail.md has them, each in
/// processes that end with us. Dovecot's processes change users, which takes root.
final class NginxAndDovecot implements MailServer {
  private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_mail_module.so");
  private static final Path DOVECOT = Path.of("/usr/sbin/dovecot");
  private static final Path IMAP = Path.of("/usr/lib/dovecot/imap");

  private final Path folder;
  private final String name;
  private final ProxyProcess dovecot;
  private final ProxyProcess nginx;

  private NginxAndDovecot(Path folder, String name, ProxyProcess dovecot, ProxyProcess nginx) {
    this.folder = folder;
    this.name = name;
    this.dovecot = dovecot;
    this.nginx = nginx;
  }

  static boolean installed() {
    return Files.exists(MODULE)
        && Files.isExecutable(DOVECOT)
        && Files.exists(IMAP)
        && Nginx.find() instanceof Nginx.Installed
        && "root".equals(System.getProperty("user.name"));
  }

  /// In a folder of its own: the users that Dovecot changes to must reach it, and not the demo's.
  static NginxAndDovecot open(Places places, Secrets secrets) throws IOException {
    if (!(Nginx.find() instanceof Nginx.Installed installed)) {
      throw new IOException("there is no nginx");
    }
    Path folder = Files.createTempDirectory("parano-demo-mail");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path mail = Files.createDirectory(folder.resolve("mail"));
    Files.setOwner(
        mail, mail.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    Path dovecotFile = write(folder.resolve("dovecot.conf"), dovecot(places, secrets, folder));
    Path nginxFile = write(folder.resolve("nginx.conf"), nginx(places, secrets, folder));
    Path log = Files.createFile(folder.resolve("dovecot.log"));
    Path errors = folder.resolve("error.log");
    ProxyProcess store =
        ProxyProcess.start(
            List.of(DOVECOT.toString(), "-F", "-c", dovecotFile.toString()),
            folder,
            log,
            places.store());
    try {
      ProxyProcess proxy =
          ProxyProcess.start(
              List.of(
                  installed.binary().toString(),
                  "-p",
                  folder.toString(),
                  "-e",
                  errors.toString(),
                  "-c",
                  nginxFile.toString()),
              folder,
              errors,
              places.imap());
      return new NginxAndDovecot(
          folder, "nginx " + installed.version() + " + Dovecot " + version(), store, proxy);
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean own() {
    return false;
  }

  /// Readable by us alone: it holds secrets.
  private static Path write(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }

  static String nginx(Places places, Secrets secrets, Path folder) {
    return """
    load_module %s;
    daemon off;
    master_process off;
    pid %s/nginx.pid;
    error_log %s/error.log warn;
    events {}
    mail {
      server_name mail.parano.localhost;
      auth_http %s/nginx;
      auth_http_header X-Parano-Secret %s;
      auth_http_timeout 3s;
      proxy_pass_error_message on;
      server { listen %s; protocol imap; imap_auth plain login; proxy on; proxy_protocol on; }
    }
    """
        .formatted(
            MODULE,
            folder,
            folder,
            NginxProxy.address(places.mail()),
            NginxProxy.text(secrets.asks()),
            NginxProxy.address(places.imap()));
  }

  static String dovecot(Places places, Secrets secrets, Path folder) {
    return """
    base_dir = %1$s/run
    state_dir = %1$s/run
    log_path = %1$s/dovecot.log
    protocols = imap
    listen = 127.0.0.1
    ssl = no
    disable_plaintext_auth = no
    haproxy_trusted_networks = 127.0.0.1
    login_trusted_networks = 127.0.0.1
    mail_location = maildir:%1$s/mail/%%u
    first_valid_uid = 1
    doveadm_api_key = %2$s
    service doveadm {
      inet_listener http {
        address = 127.0.0.1
        port = %3$d
      }
    }
    service imap-login {
      inet_listener imap {
        port = %4$d
        haproxy = yes
      }
      inet_listener imaps {
        port = 0
      }
    }
    userdb {
      driver = static
      args = uid=nobody gid=nogroup home=%1$s/mail/%%u
    }
    passdb {
      driver = static
      args = password=%5$s
    }
    """
        .formatted(
            folder,
            NginxProxy.text(secrets.closes()),
            places.doveadm().getPort(),
            places.store().getPort(),
            NginxProxy.text(secrets.technical()));
  }

  private static String version() throws IOException {
    Process process = new ProcessBuilder(DOVECOT.toString(), "--version").start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return said.split("\\s", 2)[0];
  }

  @Override
  public void close() {
    nginx.close();
    dovecot.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (IOException | UncheckedIOException e) {
      // It lies in the folder that the machine empties.
    }
  }
}
