package io.parano.demo;

import io.parano.kernel.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A real nginx with a configuration of its own, as the quick start has it, in one process that
/// ends with us.
final class NginxProxy implements FrontProxy {
  private final ProxyProcess process;
  private final String version;

  private NginxProxy(ProxyProcess process, String version) {
    this.process = process;
    this.version = version;
  }

  static NginxProxy open(Nginx.Installed nginx, Places places, Secrets secrets, Path parent)
      throws IOException {
    Path folder = Files.createDirectories(parent.resolve("nginx"));
    Path file = folder.resolve("nginx.conf");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, configuration(places, secrets, folder));
    Path errors = folder.resolve("error.log");
    List<String> command =
        List.of(
            nginx.binary().toString(),
            "-p",
            folder.toString(),
            "-e",
            errors.toString(),
            "-c",
            file.toString());
    return new NginxProxy(
        ProxyProcess.start(command, folder, errors, places.proxy()), nginx.version());
  }

  @Override
  public String name() {
    return "nginx " + version;
  }

  @Override
  public void close() {
    process.close();
  }

  /// One process, so that no worker outlives its master. Client headers that only we may set are
  /// replaced, never appended to.
  static String configuration(Places places, Secrets secrets, Path folder) {
    String asks =
        """
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header Parano-Proxy "%s";
        """
            .formatted(text(secrets.door()));
    String start =
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log warn;
        events { worker_connections 512; }
        http {
          access_log off;
          server_tokens off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;

          server {
            listen %1$s default_server;
            return 421;
          }

          server {
            listen %1$s;
            server_name %2$s;
            location /.demo/ {
              proxy_pass http://%3$s;
              proxy_set_header Host $http_host;
            }
            location / {
              proxy_pass http://%4$s;
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-Proto $scheme;
        %5$s    }
          }
        """
            .formatted(
                address(places.proxy()),
                places.signIn().host(),
                address(places.keys()),
                address(places.door()),
                asks);
    StringBuilder out = new StringBuilder(start);
    for (Site site : List.of(places.backOffice(), places.wages())) {
      out.append(application(site, places, secrets, asks));
    }
    return out.append("}\n").toString();
  }

  private static String application(Site site, Places places, Secrets secrets, String asks) {
    return """

      server {
        listen %1$s;
        server_name %2$s;
        location = /.parano/ask {
          internal;
          proxy_pass http://%3$s/api/authz/auth-request;
          proxy_pass_request_body off;
          proxy_set_header Content-Length "";
          proxy_set_header X-Original-Method $request_method;
          proxy_set_header X-Original-URL $scheme://$http_host$request_uri;
          proxy_set_header X-Original-Upgrade $http_upgrade;
    %4$s    }
        location /.parano/ {
          proxy_pass http://%3$s;
          proxy_set_header Host $http_host;
          proxy_set_header X-Forwarded-Proto $scheme;
    %4$s    }
        location / {
          auth_request /.parano/ask;
          auth_request_set $parano_where $upstream_http_location;
          auth_request_set $parano_user $upstream_http_remote_user;
          auth_request_set $parano_groups $upstream_http_remote_groups;
          auth_request_set $parano_name $upstream_http_remote_name;
          auth_request_set $parano_email $upstream_http_remote_email;
          error_page 401 =302 $parano_where;
          proxy_pass http://%5$s;
          proxy_set_header Host $http_host;
          proxy_set_header Remote-User $parano_user;
          proxy_set_header Remote-Groups $parano_groups;
          proxy_set_header Remote-Name $parano_name;
          proxy_set_header Remote-Email $parano_email;
          proxy_set_header X-Forwarded-For $remote_addr;
          proxy_set_header %6$s "%7$s";
        }
      }
    """
        .formatted(
            address(places.proxy()),
            site.host(),
            address(places.door()),
            asks,
            address(places.application()),
            BackOffice.PROOF,
            text(secrets.application()));
  }

  static String address(InetSocketAddress at) {
    return at.getAddress().getHostAddress() + ":" + at.getPort();
  }

  static String text(Secret secret) {
    return new String(secret.copy(), StandardCharsets.US_ASCII);
  }
}
