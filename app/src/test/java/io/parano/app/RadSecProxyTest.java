package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.radius.RadSec;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radiuspacket.Demand;
import io.parano.testkit.FreePort;
import io.parano.witness.PemFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FreeRADIUS, unchanged, asking a whole server over TLS for what radclient asks it over UDP. */
@Tag("slow")
class RadSecProxyTest {
  private static final String SHARED = "a secret of this test";
  private static final String PROXY = "proxy.example.com";
  private static final String OTHER = "other.example.com";
  private static final String OURS = "radius.example.com";
  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.1/32]
        homes: [198.51.100.0/24]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      vpn:
        - { name: proxied, server: proxy, groups: [staff], zones: [homes] }
      """;

  @TempDir private Path folder;
  private Certified authority = new Certified(Path.of(""));
  private Staffed staffed;
  private int radsec;
  private int front;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/freeradius")), "freeradius is not installed");
    authority = Certified.in(folder.resolve("authority")).with(OURS).with(PROXY).with(OTHER);
    radsec = FreePort.next();
    front = FreePort.next();
    staffed =
        new Staffed(
            folder.resolve("parano"),
            POLICY,
            new RadiusConfig(
                at(0),
                at(0),
                List.of(
                    new RadiusClient(
                        "proxy",
                        List.of(IpPrefix.parse("127.0.0.1/32")),
                        null,
                        Demand.MESSAGE_AUTHENTICATOR,
                        null,
                        PROXY)),
                Language.EN,
                new RadSec(
                    at(radsec),
                    PemFiles.server(
                        authority.certificate(OURS), authority.key(OURS), authority.authority())),
                ""));
    staffed.admit("root");
    staffed.importToken("root");
  }

  @AfterEach
  void close() {
    if (staffed != null) {
      staffed.close();
    }
  }

  @Test
  void freeradius_withItsCertificate_carriesYesAndNoOverTls() throws Exception {
    try (FreeRadius proxy = FreeRadius.start(folder, SHARED, proxying(PROXY))) {
      assertThat(proxy.process().isAlive()).isTrue();
      assertThat(login("198.51.100.7")).contains("Received Access-Accept");
      assertThat(login("203.0.113.66")).contains("Received Access-Reject");
      assertThat(login("198.51.100.7")).contains("Received Access-Accept");
      staffed.close();
      assertThat(login("198.51.100.7")).doesNotContain("Received Access-Accept");
    }
  }

  @Test
  void freeradius_withAnothersCertificate_carriesNothing() throws Exception {
    try (FreeRadius proxy = FreeRadius.start(folder, SHARED, proxying(OTHER))) {
      assertThat(proxy.process().isAlive()).isTrue();
      assertThat(login("198.51.100.7")).doesNotContain("Received Access-Accept");
    }
    try (FreeRadius proxy = FreeRadius.start(folder, SHARED, proxying(PROXY))) {
      assertThat(proxy.process().isAlive()).isTrue();
      assertThat(login("198.51.100.7")).contains("Received Access-Accept");
    }
  }

  private String login(String station) throws Exception {
    return FreeRadius.radclient(
        front,
        "auth",
        SHARED,
        "User-Name=root,User-Password=\"%s\",Calling-Station-Id=\"%s\",Message-Authenticator=0x00"
            .formatted(Staffed.PASSWORD + "root" + staffed.token.press(), station));
  }

  private String proxying(String name) {
    return """
    proxy server { default_fallback = no }
    home_server parano {
      type = auth
      ipaddr = 127.0.0.1
      port = %1$d
      proto = tcp
      secret = radsec
      response_window = 3
      status_check = none
      tls {
        certificate_file = %3$s
        private_key_file = %4$s
        ca_file = %5$s
        tls_min_version = "1.2"
        tls_max_version = "1.3"
      }
    }
    home_server_pool parano { home_server = parano }
    realm parano { auth_pool = parano
      nostrip
    }
    server default {
      listen { type = auth
        ipaddr = 127.0.0.1
        port = %2$d
      }
      authorize { update control { Proxy-To-Realm := "parano" } }
      pre-proxy { update proxy-request { Message-Authenticator = 0x00 } }
    }
    """
        .formatted(
            radsec, front, authority.certificate(name), authority.key(name), authority.authority());
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
