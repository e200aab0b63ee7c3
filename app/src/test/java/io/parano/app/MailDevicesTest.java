package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.MailAdmitting.Protocol;
import io.parano.access.MailSettings;
import io.parano.app.Office.Ran;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.mail.MailConfig;
import io.parano.mail.MailListener;
import io.parano.mail.MailServer;
import io.parano.testkit.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The passwords of devices at the command line: listed, and cut one by one. */
@Tag("slow")
class MailDevicesTest {
  private static final String SHOWN = "what-nginx-shows-0123456789abcdef";

  @TempDir private Path folder;
  private Office office;
  private int port;

  @BeforeEach
  void open() throws IOException {
    port = FreePort.next();
    MailServer nginx =
        new MailServer(
            "nginx-1",
            List.of(IpPrefix.parse("127.0.0.1/32")),
            Secret.ofText(SHOWN),
            new MailServer.Kind.Nginx(
                Map.of(Protocol.IMAP, new MailServer.Backend("127.0.0.1", 143)),
                Secret.ofText("technical")));
    office =
        Office.withMail(
            folder.resolve("office"),
            new MailPlan(
                new MailConfig(
                    List.of(new MailListener("127.0.0.1", port, null)),
                    List.of(nginx),
                    List.of(),
                    Language.EN),
                new MailSettings(MailSettings.LIFE, MailSettings.Mailbox.NAME)));
    office.employ("alice", "accounting");
    office.login("olga");
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void list_twoDevices_showsThemAndNoPassword() throws IOException {
    Json phone = office.browser("alice").device("phone");
    Json laptop = office.browser("alice").device("laptop");
    Ran listed = office.as("olga", "mail", "list");
    assertThat(listed.code()).as(listed.err()).isZero();
    assertThat(listed.out())
        .contains("alice", "phone", phone.text("id"), "laptop", laptop.text("id"))
        .doesNotContain(phone.text("password"));
    assertThat(Json.read(office.as("olga", "mail", "list", "--json").out()).list("devices"))
        .hasSize(2);
  }

  @Test
  void cut_oneDevice_closesItsMailAndNotTheOthers() throws Exception {
    Json phone = office.browser("alice").device("phone");
    Json laptop = office.browser("alice").device("laptop");
    assertThat(opens(phone)).isTrue();
    assertThat(opens(laptop)).isTrue();

    Ran cut = office.as("olga", "cut", "device", phone.text("id"), "--because", "phone lost");
    assertThat(cut.code()).as(cut.err()).isZero();
    assertThat(opens(phone)).isFalse();
    assertThat(opens(laptop)).isTrue();
    assertThat(office.as("olga", "mail", "list").out())
        .contains(laptop.text("id"))
        .doesNotContain(phone.text("id"));
    assertThat(office.as("olga", "cut", "device", "not-one").code()).isNotZero();
  }

  /// As nginx asks, for a program at the desk.
  private boolean opens(Json device) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/nginx"))
              .header("X-Parano-Secret", SHOWN)
              .header("Auth-Method", "plain")
              .header("Auth-User", "alice")
              .header("Auth-Pass", device.text("password").replace(" ", "%20"))
              .header("Auth-Protocol", "imap")
              .header("Auth-Login-Attempt", "1")
              .header("Client-IP", Office.DESK)
              .build();
      HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      return answer.headers().firstValue("Auth-Status").orElse("").equals("OK");
    }
  }
}
