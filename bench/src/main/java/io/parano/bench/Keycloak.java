package io.parano.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keycloak as its makers start it for production, with the embedded database (kinder to it than
/// one over the network): its userinfo endpoint is its session check.
record Keycloak(int port, Serving serving, HttpClient client) implements AutoCloseable {
  static final String VERSION = "26.7.3";

  private static final int SESSIONS_A_ROUND = 20;
  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
  private static final String REALM =
      "{\"realm\":\"bench\",\"enabled\":true,\"accessTokenLifespan\":86400,"
          + "\"ssoSessionIdleTimeout\":86400,\"ssoSessionMaxLifespan\":86400}";
  private static final String CLIENT =
      "{\"clientId\":\"bench\",\"secret\":\"s3cret\",\"enabled\":true,\"publicClient\":false,"
          + "\"directAccessGrantsEnabled\":true}";
  private static final String PERSON =
      "{\"username\":\"alice\",\"enabled\":true,\"email\":\"alice@bench.example\","
          + "\"emailVerified\":true,\"firstName\":\"A\",\"lastName\":\"B\",\"credentials\":"
          + "[{\"type\":\"password\",\"value\":\"correct horse\",\"temporary\":false}]}";

  /// Empty where it cannot be had: without Maven, or without Maven Central.
  static Optional<Keycloak> start(Setting setting) throws IOException, InterruptedException {
    Optional<Path> archive = archive(setting);
    if (archive.isEmpty()) {
      return Optional.empty();
    }
    Path folder = setting.folder();
    run(setting, List.of("tar", "xzf", archive.get().toString(), "-C", folder.toString()));
    String script = folder.resolve("keycloak-" + VERSION + "/bin/kc.sh").toString();
    run(setting, List.of(script, "build", "--db=dev-file", "--health-enabled=false"));
    int port = Ports.free();
    List<String> command =
        List.of(
            script,
            "start",
            "--optimized",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=http://127.0.0.1:" + port,
            "--cache=local",
            "--log-level=warn");
    ProcessBuilder builder = prepared(Cores.SERVER.hold(command));
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
    return Optional.of(
        new Keycloak(
            port,
            new Serving(
                setting.children(),
                builder,
                folder.resolve("keycloak.output"),
                Asking.get("/realms/master"),
                port),
            HttpClient.newHttpClient()));
  }

  /// As many sessions as are asked for in turn, and the question that checks each.
  List<Asking> signIn(int rounds) throws IOException, InterruptedException {
    String admin = token("master", "client_id=admin-cli&username=admin&password=admin");
    create(admin, "", REALM);
    create(admin, "/bench/clients", CLIENT);
    create(admin, "/bench/users", PERSON);
    List<Asking> requests = new ArrayList<>();
    for (int i = 0; i < SESSIONS_A_ROUND * rounds; i++) {
      String token =
          token(
              "bench",
              "client_id=bench&client_secret=s3cret&scope=openid"
                  + "&username=alice&password=correct+horse");
      requests.add(
          new Asking(
              "GET /realms/bench/protocol/openid-connect/userinfo HTTP/1.1\r\n"
                  + ("Host: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token)
                  + "\r\n\r\n"));
    }
    return requests;
  }

  @Override
  public void close() {
    client.close();
    serving.close();
  }

  private void create(String admin, String where, String what)
      throws IOException, InterruptedException {
    post("/admin/realms" + where, "Bearer " + admin, "application/json", what);
  }

  private String token(String realm, String form) throws IOException, InterruptedException {
    String answer =
        post(
            "/realms/" + realm + "/protocol/openid-connect/token",
            "",
            "application/x-www-form-urlencoded",
            form + "&grant_type=password");
    Matcher token = TOKEN.matcher(answer);
    if (!token.find()) {
      throw new IOException("Keycloak gave no token: " + answer);
    }
    return token.group(1);
  }

  private String post(String path, String authorization, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException("Keycloak: " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /// What was fetched from Maven Central once, and is kept beside the builds.
  static Optional<Path> kept() {
    return Optional.of(folder().resolve("keycloak-quarkus-dist-" + VERSION + ".tar.gz"))
        .filter(Files::exists);
  }

  private static Path folder() {
    return Path.of(System.getProperty("parano.home", ""), ".parano", "peers").toAbsolutePath();
  }

  private static Optional<Path> archive(Setting setting) throws IOException, InterruptedException {
    if (kept().isEmpty() && Packages.isThere("mvn")) {
      run(
          setting,
          List.of(
              "mvn",
              "-q",
              "-B",
              "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
              "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + VERSION + ":tar.gz",
              "-DoutputDirectory=" + folder()));
    }
    return kept();
  }

  private static void run(Setting setting, List<String> command)
      throws IOException, InterruptedException {
    Path output = setting.folder().resolve("keycloak.preparation");
    Process process =
        setting
            .children()
            .start(
                prepared(command)
                    .directory(setting.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile()));
    if (process.waitFor() != 0) {
      System.err.println(String.join(" ", command) + ": " + Files.readString(output));
    }
  }

  private static ProcessBuilder prepared(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
