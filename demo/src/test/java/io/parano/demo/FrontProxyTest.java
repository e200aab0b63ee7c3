package io.parano.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Both proxies before the real back office, with a door that is told what to say.
class FrontProxyTest {
  private static final FrontProxy.Secrets SECRETS =
      new FrontProxy.Secrets(Secret.ofText("door-secret"), Secret.ofText("office-secret"));

  @TempDir Path folder;

  @FunctionalInterface
  private interface Scene {
    void play(Places places, StubDoor door) throws IOException;
  }

  private void with(FrontProxy.Choice choice, Scene scene) throws IOException {
    Assumptions.assumeTrue(
        choice == FrontProxy.Choice.OWN || Nginx.find() instanceof Nginx.Installed,
        "nginx is not installed");
    Places places =
        IntStream.iterate(18_460, base -> base < 19_000, base -> base + 10)
            .mapToObj(Places::at)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();
    try (StubDoor door = StubDoor.open(places);
        BackOffice office = BackOffice.open(places, SECRETS.application());
        FrontProxy proxy = FrontProxy.open(choice, places, SECRETS, folder)) {
      assertThat(proxy.name()).isNotEmpty();
      assertThat(office).isNotNull();
      scene.play(places, door);
    }
  }

  @ParameterizedTest
  @EnumSource
  void request_nobodySignedIn_isSentToSignIn(FrontProxy.Choice choice) throws IOException {
    with(
        choice,
        (places, door) -> {
          Reply reply = new Browser(Networks.OUTSIDE, places.proxy()).get(places.backOffice(), "/");
          assertThat(reply.location()).contains("http://auth.parano.localhost/sign-in?rd=x");
        });
  }

  @ParameterizedTest
  @EnumSource
  void request_refused_staysRefused(FrontProxy.Choice choice) throws IOException {
    with(
        choice,
        (places, door) -> {
          door.answering(403);
          Reply reply = new Browser(Networks.OUTSIDE, places.proxy()).get(places.backOffice(), "/");
          assertThat(reply.status()).isEqualTo(403);
        });
  }

  @ParameterizedTest
  @EnumSource
  void request_allowed_reachesTheApplicationUnderTheRightName(FrontProxy.Choice choice)
      throws IOException {
    with(
        choice,
        (places, door) -> {
          door.answering(200);
          Reply reply =
              new Browser(Networks.OUTSIDE, places.proxy())
                  .slipping("Remote-Name", "Odile Marchand")
                  .get(places.backOffice(), "/customers/IA4713-BRM?x=1");
          assertThat(reply.text()).contains("Camille Roy").doesNotContain("Odile");
          assertThat(BackOfficePages.shown(reply)).isTrue();
        });
  }

  @ParameterizedTest
  @EnumSource
  void question_forgedHeaders_areReplacedByTheProxysOwn(FrontProxy.Choice choice)
      throws IOException {
    with(
        choice,
        (places, door) -> {
          new Browser(Networks.OUTSIDE, places.proxy())
              .slipping("X-Forwarded-For", "127.0.10.21")
              .slipping("X-Original-URL", "http://elsewhere/")
              .slipping("Parano-Proxy", "guess")
              .get(places.wages(), "/payslips/?a=b");
          assertThat(door.asked().get("X-Forwarded-For")).containsExactly("127.0.66.10");
          assertThat(door.asked().get("X-Original-URL"))
              .containsExactly(places.wages().origin() + "/payslips/?a=b");
          assertThat(door.asked().get("X-Original-Method")).containsExactly("GET");
          assertThat(door.asked().get("Parano-Proxy")).containsExactly("door-secret");
        });
  }

  @ParameterizedTest
  @EnumSource
  void application_askedPastTheProxy_refuses(FrontProxy.Choice choice) throws IOException {
    with(
        choice,
        (places, door) -> {
          Request request =
              Request.get("/").with("Host", "x").with("Remote-User", "odile.marchand");
          Reply reply = Wire.exchange(Networks.OUTSIDE, places.application(), request);
          assertThat(reply.status()).isEqualTo(403);
        });
  }
}
