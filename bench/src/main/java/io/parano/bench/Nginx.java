package io.parano.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx with one worker on one core: a constant 200, and what an authority guards.
final class Nginx {
  static final Asking CONSTANT = Asking.get("/constant");

  /// Stands for the address that a browser comes from: here all come from one.
  static final String SOURCE = "Bench-Source";

  private Nginx() {}

  /// Whether it is here, if need be by installing it; if not, that is told.
  static boolean isHad(String bench) throws IOException, InterruptedException {
    boolean had = Packages.have("nginx", "nginx-light");
    if (!had) {
      System.out.println(bench + ": the peer nginx is missing here (package nginx-light)");
    }
    return had;
  }

  /// @param authority the port of whoever says whether a request may pass
  static Serving start(Setting setting, String name, int port, int authority, Cores core)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(setting.folder().resolve(name));
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration(folder, port, authority));
    List<String> command =
        core.hold(List.of("nginx", "-p", folder.toString(), "-c", configuration.toString()));
    return new Serving(
        setting.children(), new ProcessBuilder(command), folder.resolve("output"), CONSTANT, port);
  }

  /// The question is the one of `parano init`'s nginx.conf.
  private static String configuration(Path folder, int port, int authority) {
    return """
    worker_processes 1;
    daemon off;
    pid %1$s/pid;
    error_log %1$s/error.log;
    events { worker_connections 4096; }
    http {
      access_log off;
      keepalive_requests 1000000000;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      upstream authority {
        server 127.0.0.1:%3$d;
        keepalive 128;
        keepalive_requests 1000000000;
      }
      server {
        listen 127.0.0.1:%2$d backlog=4096;
        location = /constant { return 200 "ok"; }
        location = /api/authz/auth-request { return 200; }
        location = /authority {
          internal;
          proxy_pass http://authority/api/authz/auth-request;
          proxy_pass_request_body off;
          proxy_pass_request_headers on;
          proxy_set_header Content-Length "";
          proxy_set_header Parano-Proxy %4$s;
          proxy_set_header X-Original-URL http://%5$s:8080$request_uri;
          proxy_set_header X-Original-Method $request_method;
          proxy_set_header X-Forwarded-For $http_bench_source;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
        }
        location / {
          auth_request /authority;
          auth_request_set $user $upstream_http_remote_user;
          try_files /nothing-of-that-name @page;
        }
        location @page { return 200 "ok"; }
      }
    }
    """
        .formatted(folder, port, authority, Installation.PROXY_SECRET, Installation.HOST);
  }
}
