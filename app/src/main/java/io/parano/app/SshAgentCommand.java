package io.parano.app;

import io.parano.kernel.Digest;
import io.parano.sshcert.KeyReading;
import io.parano.sshcert.SshKey;
import io.parano.web.Site;
import io.parano.witness.PinnedCertificate;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano ssh agent`: a [SshHostAgent] that asks once a second, over TLS to one certificate alone.
@Command(name = "agent", resourceBundle = "io.parano.app.commands", mixinStandardHelpOptions = true)
final class SshAgentCommand implements Callable<Integer> {
  /// Less than what a host waits before it refuses.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long LONGEST = 32L * 1024 * 1024;
  private static final long EVERY_MILLIS = 1_000;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--server",
      required = true,
      paramLabel = "ORIGIN",
      descriptionKey = "ssh.agent.server")
  private String server = "";

  @Option(names = "--certificate", paramLabel = "SHA256", descriptionKey = "ssh.agent.certificate")
  private @Nullable String certificate;

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      descriptionKey = "ssh.agent.authority",
      defaultValue = "/etc/ssh/parano_users.pub")
  private Path authority = Path.of("/etc/ssh/parano_users.pub");

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      descriptionKey = "ssh.agent.folder",
      defaultValue = "/run/parano-ssh")
  private Path folder = Path.of("/run/parano-ssh");

  @Option(names = "--end-after", paramLabel = "SECONDS", descriptionKey = "ssh.agent.end-after")
  private @Nullable Integer endAfter;

  @Option(names = "--once", descriptionKey = "ssh.agent.once")
  private boolean once;

  @Override
  public Integer call() throws IOException {
    URI list = URI.create(Site.parse(server) + "/ssh/revocations");
    try (HttpClient client = client()) {
      SshHostAgent agent =
          new SshHostAgent(
              () -> fetch(client, list), authorities(), folder, InstantSource.system(), end());
      return rounds(agent);
    }
  }

  /// Not before hosts refuse: what is heard in time is a list that says less.
  private @Nullable Duration end() throws IOException {
    if (endAfter == null) {
      return null;
    }
    Duration end = Duration.ofSeconds(endAfter);
    if (end.compareTo(SshHostAgent.PATIENCE) < 0) {
      throw new IOException(
          Texts.say(
              "ssh.agent.end-early",
              Long.toString(SshHostAgent.PATIENCE.toSeconds()),
              endAfter.toString()));
    }
    return end;
  }

  private int rounds(SshHostAgent agent) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    String before = "";
    while (true) {
      SshHostAgent.Round round = agent.round();
      String kind = round.getClass().getSimpleName();
      boolean ended =
          round instanceof SshHostAgent.Round.Ended
              || (round instanceof SshHostAgent.Round.Applied(var _, int count) && count > 0);
      if (!kind.equals(before) || ended) {
        err.println(sentence(round));
        err.flush();
      }
      before = kind;
      if (once) {
        return round instanceof SshHostAgent.Round.Applied ? ExitCode.DONE : ExitCode.FAILED;
      }
      try {
        Thread.sleep(EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.DONE;
      }
    }
  }

  private static String sentence(SshHostAgent.Round round) {
    return switch (round) {
      case SshHostAgent.Round.Refused(var why) -> Texts.say("ssh.agent.refused", why);
      case SshHostAgent.Round.Unheard(var why) -> Texts.say("ssh.agent.unheard", why);
      case SshHostAgent.Round.Ended(int ended) ->
          Texts.say("ssh.agent.ended", Integer.toString(ended));
      case SshHostAgent.Round.Applied(long version, int ended) ->
          Texts.say("ssh.agent.applied", Long.toUnsignedString(version), Integer.toString(ended));
    };
  }

  /// In the clear on loopback alone, as [Site] has it.
  private HttpClient client() throws IOException {
    boolean secured = Site.parse(server).scheme().equals("https");
    if (secured != (certificate != null)) {
      throw new IOException(Texts.say("ssh.agent.clear"));
    }
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE);
    return certificate == null
        ? client.build()
        : client.sslContext(PinnedCertificate.context(fingerprint(certificate))).build();
  }

  private static Digest fingerprint(String text) throws IOException {
    try {
      return Digest.fromHex(text.replace(":", ""));
    } catch (IllegalArgumentException e) {
      throw new IOException(Texts.say("ssh.agent.fingerprint", text), e);
    }
  }

  /// A line for each: while the authority's key is renewed there are two.
  private List<SshKey> authorities() throws IOException {
    List<SshKey> keys = new ArrayList<>();
    for (String line : Files.readString(authority).strip().lines().toList()) {
      keys.add(
          switch (KeyReading.ofLine(line)) {
            case KeyReading.Malformed(var flaw) ->
                throw new IOException(
                    Texts.say("ssh.agent.authority-unread", authority.toString(), flaw.code()));
            case KeyReading.Read(var key) -> key;
          });
    }
    if (keys.isEmpty()) {
      throw new IOException(Texts.say("ssh.agent.authority-unread", authority.toString(), "-"));
    }
    return keys;
  }

  /// Waits for the whole answer: the client's own timeout ends with the headers.
  private static String fetch(HttpClient client, URI list) throws IOException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(list).timeout(PATIENCE).build(),
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.US_ASCII), LONGEST));
    try {
      HttpResponse<String> come = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (come.statusCode() != 200) {
        throw new IOException("it answers with status " + come.statusCode());
      }
      return come.body();
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      throw new IOException(e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
