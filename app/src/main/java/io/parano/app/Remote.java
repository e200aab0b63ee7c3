package io.parano.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The server on the other side of a [Login], asked as doors/web/API.md says.
final class Remote implements AutoCloseable {
  /// A server says less in one answer; whoever says more is not ours.
  private static final long LONGEST_ANSWER = 16L * 1024 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Login login;
  private final HttpClient client;

  private Remote(Login login, HttpClient client) {
    this.login = login;
    this.client = client;
  }

  static Remote to(Login login) throws IOException {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE);
    if (login.authorities() != null) {
      client.sslContext(Authorities.besides(login.authorities()));
    }
    if (login.source() != null) {
      client.localAddress(InetAddress.ofLiteral(login.source()));
    }
    return new Remote(login, client.build());
  }

  /// @param status 200, or another one of success
  record Answer(int status, Json json) {}

  Json get(String path) throws IOException {
    return send(request(path).GET()).json();
  }

  Json post(String path, Json body) throws IOException {
    return ask(path, body).json();
  }

  /// Throws [ServerSaidNo] when the server refuses, [IOException] saying what to do when there is
  /// no hearing it.
  Answer ask(String path, Json body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(login.server() + path))
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .header("Accept-Language", Tongues.now().tag());
    Login.@Nullable Held held = login.held();
    return held == null
        ? request
        : request.header(
            "Authorization",
            "Bearer " + new String(held.bearer().copy(), StandardCharsets.US_ASCII));
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    HttpResponse<String> response;
    try {
      response =
          client.send(
              request.build(),
              BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER));
    } catch (SSLException e) {
      throw new IOException(
          Texts.say("remote.untrusted", login.server().toString(), String.valueOf(e.getMessage())),
          e);
    } catch (IOException e) {
      throw new IOException(
          Texts.say("remote.silent", login.server().toString(), String.valueOf(e.getMessage())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(Texts.say("remote.interrupted"), e);
    }
    if (response.statusCode() >= 200 && response.statusCode() < 300) {
      return new Answer(response.statusCode(), Json.read(response.body()));
    }
    throw refusal(response.statusCode(), response.body());
  }

  private static ServerSaidNo refusal(int status, String body) {
    try {
      Json problem = Json.read(body);
      return new ServerSaidNo(
          status, problem.text("code"), Plain.of(problem.text("title")) + hint(status));
    } catch (IOException e) {
      return new ServerSaidNo(status, "", Texts.say("remote.status", Integer.toString(status)));
    }
  }

  private static String hint(int status) {
    return status == 401 ? " " + Texts.say("remote.sign-in") : "";
  }
}
