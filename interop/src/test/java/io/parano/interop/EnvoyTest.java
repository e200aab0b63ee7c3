package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.parano.app.DemoServer;
import io.parano.demo.ParanoUnderTest;
import io.parano.demo.ParanoUnderTest.Application;
import io.parano.demo.ParanoUnderTest.Proxy;
import io.parano.demo.ParanoUnderTest.Setup;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.FreePort;
import io.parano.testkit.SecurityKey;
import io.parano.web.Dialect;
import io.parano.web.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Envoy's checks by grpc-java and the classes that Envoy's own project generates from the
/// published protos, before a real Parano with somebody signed in.
@Tag("interop")
class EnvoyTest {
  private static final String OFFICE = "127.0.10.5";
  private static final String OUTSIDE = "127.0.66.6";
  private static final String APP = "app.parano.localhost:8080";
  private static final UUID MODEL = UUID.fromString("70617261-6e6f-2d74-6573-742d6f6e6c79");

  @TempDir static Path folder;
  private static ParanoUnderTest parano;
  private static ManagedChannel channel;
  private static String cookie;

  @BeforeAll
  static void open() throws IOException {
    int door = FreePort.next();
    int checks = FreePort.next();
    String signIn = "auth.parano.localhost:" + door;
    AttestationAuthority maker =
        AttestationAuthority.make(
            "Parano test root",
            Instant.now().minus(Duration.ofHours(1)),
            new SecureRandom()::nextBytes);
    parano =
        DemoServer.start(
            setup(door, signIn, maker),
            Dialect.CHECK,
            List.of(new Listener.Grpc(new Listener.Tcp("127.0.0.1", checks, null))),
            TestStore.next());
    Desk desk = new Desk(OFFICE, door);
    String portal =
        desk.arrive(
            signIn,
            "auth.parano.localhost",
            "olga",
            Lab.bootstrapCode(parano, "olga"),
            SecurityKey.make(maker, MODEL, new SecureRandom()::nextBytes));
    URI exchange = desk.hostCode(signIn, portal, "http://" + APP + "/");
    cookie =
        new Desk("127.0.0.1", door)
            .get(
                APP,
                exchange.getRawPath() + "?" + exchange.getRawQuery(),
                "Parano-Proxy: " + Lab.PROXY_SECRET,
                "X-Forwarded-For: " + OFFICE)
            .cookie();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", checks).usePlaintext().build();
  }

  private static Setup setup(int door, String signIn, AttestationAuthority maker)
      throws IOException {
    String policy =
        """
        version: 1
        zones:
          office: [127.0.10.0/24]
        rules:
          - name: everything
            hosts: [app.parano.localhost]
            groups: [staff]
            zones: [office]
        """;
    return new Setup(
        Files.createDirectories(folder.resolve("parano")),
        "Brume",
        policy,
        List.of(Lab.newcomer("olga", Language.FR), Lab.newcomer("otto", Language.EN)),
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), door),
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), FreePort.next()),
        "http://" + signIn,
        "auth.parano.localhost",
        List.of(new Application("http://" + APP, "Back office")),
        new Proxy("envoy", IpPrefix.parse("127.0.0.1/32"), Secret.ofText(Lab.PROXY_SECRET)),
        List.of(maker.root()),
        Map.of(MODEL, "Software key of a test"),
        "");
  }

  @AfterAll
  static void close() {
    channel.shutdownNow();
    parano.close();
  }

  private static Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":authority", APP);
    headers.put(":method", "GET");
    headers.put(":path", "/accounts?page=2");
    headers.put(":scheme", "http");
    headers.put("accept", "text/html");
    headers.put("cookie", cookie);
    headers.put("x-forwarded-for", OFFICE);
    headers.put("x-forwarded-proto", "http");
    return headers;
  }

  private static CheckRequest asked(String source, Map<String, String> headers) {
    SocketAddress socket =
        SocketAddress.newBuilder().setAddress(source).setPortValue(40_000).build();
    return CheckRequest.newBuilder()
        .setAttributes(
            AttributeContext.newBuilder()
                .setSource(
                    AttributeContext.Peer.newBuilder()
                        .setAddress(Address.newBuilder().setSocketAddress(socket)))
                .setRequest(
                    AttributeContext.Request.newBuilder()
                        .setHttp(
                            AttributeContext.HttpRequest.newBuilder()
                                .setId("4711")
                                .setMethod("GET")
                                .setScheme("http")
                                .setHost(APP)
                                .setPath("/accounts?page=2")
                                .setProtocol("HTTP/1.1")
                                .putAllHeaders(headers))))
        .build();
  }

  private static CheckResponse check(String secret, CheckRequest request) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("parano-proxy", Metadata.ASCII_STRING_MARSHALLER), secret);
    return AuthorizationGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
        .check(request);
  }

  @Test
  void check_signedIn_overwritesTheIdentity() {
    CheckResponse response = check(Lab.PROXY_SECRET, asked(OFFICE, headers()));

    assertThat(response.getStatus().getCode()).isZero();
    List<HeaderValueOption> set = response.getOkResponse().getHeadersList();
    assertThat(
            set.stream()
                .collect(
                    Collectors.toMap(
                        option -> option.getHeader().getKey(),
                        option -> option.getHeader().getValue())))
        .isEqualTo(
            Map.of(
                "remote-user", "olga",
                "remote-groups", "staff",
                "remote-name", "Olga Test",
                "remote-email", "olga@brume.example"));
    assertThat(set)
        .allSatisfy(option ->
            assertThat(option.getAppendAction())
                .isEqualTo(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD));
    assertThat(response.getOkResponse().getHeadersToRemoveList()).contains("remote_user");
  }

  @Test
  void check_cookieStolenToAnotherSource_isLedToTheSignIn() {
    Map<String, String> headers = headers();
    headers.put("x-forwarded-for", OUTSIDE);

    CheckResponse response = check(Lab.PROXY_SECRET, asked(OUTSIDE, headers));

    assertThat(response.getStatus().getCode()).isNotZero();
    assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isIn(303, 403);
    assertThat(response.hasOkResponse()).isFalse();
  }

  @Test
  void check_sourceThatOnlyAHeaderSays_isRefused() {
    CheckResponse response = check(Lab.PROXY_SECRET, asked(OUTSIDE, headers()));

    assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(403);
  }

  @Test
  void check_nobodySignedIn_isLedToTheSignIn() {
    Map<String, String> headers = headers();
    headers.remove("cookie");

    CheckResponse response = check(Lab.PROXY_SECRET, asked(OFFICE, headers));

    assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(303);
    assertThat(response.getDeniedResponse().getHeadersList())
        .anySatisfy(option -> {
          assertThat(option.getHeader().getKey()).isEqualTo("location");
          assertThat(option.getHeader().getValue()).contains("/sign-in?rd=http%3A%2F%2Fapp.");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"remote-user", "remote_user", "x-forwarded-user", "x-original-url"})
  void check_forgedHeader_isRefused(String name) {
    Map<String, String> headers = headers();
    headers.put(name, "odile");

    CheckResponse response = check(Lab.PROXY_SECRET, asked(OFFICE, headers));

    assertThat(response.getStatus().getCode()).isNotZero();
    assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(403);
  }

  @Test
  void check_wrongSecret_hasNoAnswer() {
    String wrong = Lab.PROXY_SECRET.replace('0', '1');

    assertThatThrownBy(() -> check(wrong, asked(OFFICE, headers())))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failed ->
                assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
  }
}
