package io.parano.policy;

import static io.parano.policy.Reading.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The policies in `docs/policies` are read as they stand, and say what they say they do.
class SamplePoliciesTest {
  private static final Path FOLDER = Path.of("../../docs/policies");
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final IpAddress OFFICE = IpAddress.parse("192.0.2.10");
  private static final IpAddress TUNNEL = IpAddress.parse("10.66.0.7");
  private static final IpAddress OUTSIDE = IpAddress.parse("203.0.113.66");

  private static Policy sample(String name) throws IOException {
    return policy(Files.readString(FOLDER.resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secure-room.yaml", "office-vpn.yaml"})
  void sample_isReadAndHasNoWeakness(String name) throws IOException {
    assertThat(sample(name).weaknesses()).isEmpty();
  }

  @Test
  void secureRoom_customerFile_isReachedFromWithinItAlone() throws IOException {
    Policy policy = sample("secure-room.yaml");
    Set<String> few = Set.of("secure-room");
    assertThat(decide(policy, TUNNEL, few, true)).isInstanceOf(Decision.Allowed.class);
    assertThat(decide(policy, TUNNEL, few, false))
        .isEqualTo(new Decision.Refused(Reason.LEASE_MISSING, "customer-file"));
    assertThat(decide(policy, OFFICE, few, false)).isInstanceOf(Decision.Refused.class);
    assertThat(decide(policy, TUNNEL, Set.of("staff"), true)).isInstanceOf(Decision.Refused.class);
  }

  @Test
  void secureRoom_tunnel_takesAnEnrolledDeviceAndTheGroup() throws IOException {
    Policy policy = sample("secure-room.yaml");
    Set<String> few = Set.of("secure-room");
    assertThat(policy.decideDevice("secure-room", few, OUTSIDE))
        .isInstanceOf(VpnDecision.Allowed.class);
    assertThat(policy.decideVpn("secure-room", few, OFFICE))
        .isEqualTo(new VpnDecision.Refused(Reason.DEVICE_MISSING, "secure-room"));
    assertThat(policy.decideDevice("secure-room", Set.of("staff"), OUTSIDE))
        .isEqualTo(new VpnDecision.Refused(Reason.GROUP_MISSING, "secure-room"));
    // Without the device key, the same rule from everywhere is no policy at all.
    String open =
        policy
            .document()
            .replace("    device: enrolled\n", "    zones: [anywhere]\n")
            .replace("zones:\n  office", "zones:\n  anywhere: [0.0.0.0/0]\n  office");
    assertThat(Policy.read(open))
        .isInstanceOfSatisfying(
            PolicyReading.Mistaken.class,
            mistaken ->
                assertThat(mistaken.mistakes())
                    .extracting(mistake -> mistake.kind())
                    .isEqualTo(List.of(MistakeKind.VPN_FROM_EVERYWHERE)));
  }

  private static Decision decide(
      Policy policy, IpAddress source, Set<String> groups, boolean leased) {
    return policy.decide(
        new Question(
            "customers.example.com",
            "/",
            "GET",
            false,
            source,
            new Asker.Holder(groups, Factor.TOUCH, NOW, leased),
            NOW));
  }
}
