package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.parano.traces.Traces;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose requests are looked at. */
@Tag("slow")
class TracedTest {
  @TempDir private Path folder;

  @Test
  void office_signingIn_tellsOfUseCaseCommitAndHashButNotOfWhom() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try (Traces traces =
            Traces.to(
                URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces"),
                100,
                InstantSource.system());
        Office office = new Office(folder, Office.POLICY, null, null, Office.Outfit.NONE, traces)) {
      office.login("olga");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      String all = "";
      while (!all.contains("SigningIn.password") && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
        all = String.join("\n", sent);
      }
      assertThat(all)
          .contains("\"name\":\"web\"")
          .contains("/api/sign-in/password")
          .contains("SigningIn.touch")
          .contains("Ledger.commit")
          .contains("Argon2.hash")
          .contains("accepted");
      assertThat(all)
          .doesNotContain("olga")
          .doesNotContain("llamas")
          .doesNotContain(Office.DESK)
          .doesNotContain("example.test");
    } finally {
      collector.stop(0);
    }
  }
}
