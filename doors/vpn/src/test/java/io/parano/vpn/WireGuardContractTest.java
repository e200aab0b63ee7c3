package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every [WireGuard] does: the one on paper, and a real wireguard-go by both ways to speak to
/// it.
@Tag("interop")
class WireGuardContractTest {
  private static final IpAddress FIRST = IpAddress.parse("10.88.0.1");
  private static final IpAddress SECOND = IpAddress.parse("fd88::2");

  @TempDir Path folder;
  private @Nullable RealInterface real;

  enum Kind {
    PAPER,
    UAPI,
    WG
  }

  @AfterEach
  void close() throws Exception {
    if (real != null) {
      real.close();
    }
  }

  private WireGuard made(Kind kind) throws Exception {
    if (kind == Kind.PAPER) {
      return new PaperWireGuard();
    }
    assumeTrue(RealInterface.possible(), "no wireguard-go here, or not root");
    RealInterface opened = RealInterface.open(folder);
    real = opened;
    return kind == Kind.UAPI ? new UapiSocket(UapiSocket.of(opened.name)) : WgTool.of(opened.name);
  }

  private static Present present(int number, IpAddress address) {
    return new Present(Sample.key(number), List.of(new IpPrefix(address, 128)));
  }

  @ParameterizedTest
  @EnumSource
  void peers_putAndRemoved_areThoseThatAreThere(Kind kind) throws Exception {
    WireGuard wireGuard = made(kind);
    assertThat(wireGuard.peers()).isEmpty();

    wireGuard.put(Sample.key(1), FIRST, Sample.secret(8));
    wireGuard.put(Sample.key(2), SECOND, Sample.secret(9));
    assertThat(wireGuard.peers()).containsExactlyInAnyOrder(present(1, FIRST), present(2, SECOND));

    wireGuard.put(Sample.key(1), IpAddress.parse("10.88.0.7"), Sample.secret(9));
    assertThat(wireGuard.peers())
        .containsExactlyInAnyOrder(present(1, IpAddress.parse("10.88.0.7")), present(2, SECOND));

    wireGuard.remove(List.of(Sample.key(1), Sample.key(2), Sample.key(3)));
    assertThat(wireGuard.peers()).isEmpty();
  }

  /// Why [Gatekeeper] refuses that.
  @ParameterizedTest
  @EnumSource
  void put_addressOfAnotherPeer_takesItAway(Kind kind) throws Exception {
    WireGuard wireGuard = made(kind);
    wireGuard.put(Sample.key(1), FIRST, Sample.secret(9));
    wireGuard.put(Sample.key(2), FIRST, Sample.secret(9));

    assertThat(wireGuard.peers())
        .containsExactlyInAnyOrder(new Present(Sample.key(1), List.of()), present(2, FIRST));
  }

  @ParameterizedTest
  @EnumSource(names = {"UAPI", "WG"})
  void interface_gone_isAFault(Kind kind) throws Exception {
    WireGuard wireGuard = made(kind);
    assertThat(wireGuard.peers()).isEmpty();
    close();
    real = null;

    assertThatThrownBy(wireGuard::peers).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> wireGuard.put(Sample.key(1), FIRST, Sample.secret(9)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> wireGuard.remove(List.of(Sample.key(1))))
        .isInstanceOf(IOException.class);
  }

  @org.junit.jupiter.api.Test
  void wg_arguments_holdNoSecret() {
    String key = OrderText.base64(Sample.key(1));
    assertThat(WgTool.putting("wg0", Sample.key(1), FIRST))
        .containsExactly(
            "set",
            "wg0",
            "peer",
            key,
            "remove",
            "peer",
            key,
            "preshared-key",
            "/dev/stdin",
            "allowed-ips",
            "10.88.0.1/32");
    assertThat(WgTool.removing("wg0", List.of(Sample.key(1), Sample.key(2))))
        .containsExactly(
            "set", "wg0", "peer", key, "remove", "peer", OrderText.base64(Sample.key(2)), "remove");
  }
}
