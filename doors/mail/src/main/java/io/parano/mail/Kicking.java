package io.parano.mail;

import io.parano.kernel.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells Dovecot to close mailboxes, by `kick` of its HTTP API, and waits for its word.
final class Kicking implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Kicking.class);

  private static final int MOST_ANSWER = 1 << 20;

  /// Nobody of that name is logged in (sysexits' EX_NOUSER is 67, EX_NOHOST 68).
  private static final String NOBODY = "\"exitCode\":68";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofMillis(500))
          .build();

  /// Whether Dovecot says that nothing of these is open any more. A mask of `*` is everybody.
  boolean kick(Doveadm doveadm, Collection<String> mailboxes, Duration patience) {
    List<String> masks = List.copyOf(mailboxes);
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(doveadm.url())
                  .timeout(patience)
                  .header("Authorization", "X-Dovecot-API " + encoded(doveadm.key()))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(commands(masks)))
                  .build(),
              HttpResponse.BodyHandlers.limiting(
                  HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_ANSWER));
      return done(doveadm, answer, masks.size());
    } catch (IOException e) {
      LOG.warn("{} could not be told to close mailboxes: {}", doveadm.name(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static boolean done(Doveadm doveadm, HttpResponse<String> answer, int asked) {
    String body = answer.body().replaceAll("\\s", "");
    int heard = times(body, "[\"doveadmResponse\",");
    int nobody = times(body, NOBODY);
    if (answer.statusCode() == 200 && heard + nobody == asked) {
      return true;
    }
    LOG.warn(
        "{} does not close mailboxes: status {}, {} of {} commands done",
        doveadm.name(),
        answer.statusCode(),
        heard + nobody,
        asked);
    return false;
  }

  private static int times(String text, String part) {
    int times = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      times++;
    }
    return times;
  }

  static String commands(List<String> masks) {
    return masks.stream()
        .map(mask -> "[\"kick\",{\"mask\":[" + Said.quoted(mask) + "]},\"\"]")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String encoded(Secret key) {
    byte[] octets = key.copy();
    String encoded = Base64.getEncoder().encodeToString(octets);
    Arrays.fill(octets, (byte) 0);
    return encoded;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
