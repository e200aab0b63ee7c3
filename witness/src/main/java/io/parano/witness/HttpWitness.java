package io.parano.witness;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.CosignatureKey;
import io.parano.audit.CosignedCheckpoint;
import io.parano.audit.CosignedOutcome;
import io.parano.audit.WatchedLog;
import io.parano.kernel.Digest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A witness over HTTP, by the JDK's own client. Nothing that comes back is believed but
/// signatures; TLS keeps others from answering in its place with what it said long ago.
public final class HttpWitness implements Witness, AutoCloseable {
  /// A round is every ten seconds, and may have to ask twice.
  public static final Duration PATIENCE = Duration.ofSeconds(4);

  /// A checkpoint with some signatures has less than a kilobyte.
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final CosignatureKey key;
  private final String prefix;
  private final HttpClient client;

  private HttpWitness(CosignatureKey key, String prefix, HttpClient client) {
    this.key = key;
    this.prefix = prefix;
    this.client = client;
  }

  /// @param prefix where it is asked, without a slash at the end
  /// @param certificate the SHA-256 of its certificate; null where there is no TLS, on loopback
  public static HttpWitness at(URI prefix, CosignatureKey key, @Nullable Digest certificate) {
    HttpClient.Builder client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
    if (certificate != null) {
      client.sslContext(PinnedCertificate.context(certificate));
    }
    return new HttpWitness(key, prefix.toString(), client.build());
  }

  @Override
  public CosignatureKey key() {
    return key;
  }

  @Override
  public Latest latest(WatchedLog log) {
    return switch (ask(request(AddCheckpoint.latestPath(log.origin())).GET())) {
      case Reply.None(String why) -> new Latest.Silent(why);
      case Reply.Some(int status, var _) when status == 404 -> new Latest.Never();
      case Reply.Some(int status, var _) when status != 200 ->
          new Latest.Silent("it answers with status " + status);
      case Reply.Some(int _, String note) ->
          switch (opened(note, log)) {
            case Opened.No(String why) -> new Latest.Silent(why);
            case Opened.Yes(CosignedCheckpoint cosigned) -> new Latest.Cosigned(cosigned);
          };
    };
  }

  @Override
  public Added add(WatchedLog log, AddCheckpoint request) {
    HttpRequest.Builder post =
        request(AddCheckpoint.PATH)
            .POST(HttpRequest.BodyPublishers.ofString(request.text(), StandardCharsets.UTF_8));
    return switch (ask(post)) {
      case Reply.None(String why) -> new Added.Silent(why);
      case Reply.Some(int status, String body) ->
          switch (status) {
            case 200 -> added(request.note() + body, log);
            case 403 -> new Added.Refused("it believes another key for this log");
            case 404 -> new Added.Refused("it does not know this log: give it the log's key");
            case 409 -> elsewhere(body);
            case 422 ->
                new Added.Refused("it says that this does not go on from what it has cosigned");
            default -> new Added.Silent("it answers with status " + status);
          };
    };
  }

  private Added added(String note, WatchedLog log) {
    return switch (opened(note, log)) {
      case Opened.No(String why) -> new Added.Silent(why);
      case Opened.Yes(CosignedCheckpoint cosigned) -> new Added.Cosigned(cosigned);
    };
  }

  private static Added elsewhere(String body) {
    try {
      return new Added.Elsewhere(AddCheckpoint.readSize(body));
    } catch (IllegalArgumentException e) {
      return new Added.Silent("it tells no size: " + e.getMessage());
    }
  }

  private sealed interface Opened {
    record No(String why) implements Opened {}

    record Yes(CosignedCheckpoint cosigned) implements Opened {}
  }

  private Opened opened(String note, WatchedLog log) {
    return switch (CosignedCheckpoint.open(note, log.origin(), log.key(), key)) {
      case CosignedOutcome.Refused(String why) ->
          new Opened.No("its answer counts for nothing: " + why);
      case CosignedOutcome.Genuine(CosignedCheckpoint found) ->
          found.cosignatures().isEmpty()
              ? new Opened.No("its answer is not signed by its key")
              : new Opened.Yes(found);
    };
  }

  private sealed interface Reply {
    record None(String why) implements Reply {}

    record Some(int status, String body) implements Reply {}
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(prefix + path)).timeout(PATIENCE);
  }

  /// Waits for the whole answer: the client's own timeout ends with the headers.
  private Reply ask(HttpRequest.Builder request) {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            request.build(),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER));
    try {
      HttpResponse<String> come = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply.Some(come.statusCode(), come.body());
    } catch (ExecutionException e) {
      return new Reply.None("it can't be reached: " + reason(e));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Reply.None("it has not answered within " + PATIENCE.toSeconds() + " s");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Reply.None("nobody waited for its answer");
    }
  }

  /// The innermost message: the outer ones say that there was an exception.
  private static String reason(Throwable failure) {
    Throwable inner = failure;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      inner = cause;
    }
    String message = inner.getMessage();
    return message == null ? inner.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
