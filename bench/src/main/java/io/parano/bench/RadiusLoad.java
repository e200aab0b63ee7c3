package io.parano.bench;

import io.parano.access.Admitting;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.policy.VpnDecision;
import io.parano.radius.Hangups;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radius.RadiusDoor;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The RADIUS door over a core that knows passwords from a flat file, as FreeRADIUS does, and lets
/// the policy decide: what is measured is packets, sums and decision, and neither hash nor disk.
final class RadiusLoad implements Admitting {
  static final String SECRET = "testing123-testing123";
  private static final String POLICY =
      """
      version: 1
      zones:
        office: [192.0.2.0/24]
      rules: []
      vpn:
        - { name: staff, server: vpn-1, groups: [staff], zones: [office] }
      """;
  private static final Set<String> GROUPS = Set.of("staff");

  private record Known(Secret password, Tunnel tunnel) {}

  private final Map<String, Known> users = new HashMap<>();
  private final Policy policy;

  private RadiusLoad(Path file) throws IOException {
    this.policy =
        switch (Policy.read(POLICY)) {
          case PolicyReading.Read read -> read.policy();
          case PolicyReading.Mistaken mistaken -> throw new IOException(mistaken.toString());
        };
    Instant now = Instant.now();
    for (String line : Files.readAllLines(file)) {
      int blank = line.indexOf(' ');
      String name = line.substring(0, blank);
      users.put(
          name,
          new Known(
              Secret.ofText(line.substring(blank + 1)),
              new Tunnel(
                  SessionId.next(now, new SecureRandom()::nextBytes),
                  "vpn-1",
                  name,
                  IpPrefix.parse("192.0.2.7"),
                  now.plusSeconds(3600))));
    }
  }

  /// @param arguments port and file of users; ends with its standard input
  public static void main(String[] arguments) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    RadiusConfig config =
        new RadiusConfig(
            new InetSocketAddress(here, Integer.parseInt(arguments[0])),
            new InetSocketAddress(here, 0),
            List.of(
                new RadiusClient(
                    "vpn-1",
                    List.of(IpPrefix.parse("127.0.0.1")),
                    SharedSecret.of(Secret.ofText(SECRET)),
                    Demand.MESSAGE_AUTHENTICATOR,
                    null)),
            Language.EN);
    try (RadiusDoor door =
        RadiusDoor.open(config, new RadiusLoad(Path.of(arguments[1])), new Hangups())) {
      System.out.println("ready " + door.addresses().size());
      while (System.in.read() >= 0) {}
    }
  }

  @Override
  public Answer admit(Asked asked, Secret typed) {
    Known known = users.get(asked.name());
    IpAddress station = asked.station();
    if (known == null || station == null || !known.password().matches(typed)) {
      return new Answer.Refused(Reason.PASSWORD_WRONG);
    }
    return switch (policy.decideVpn(asked.server(), GROUPS, station)) {
      case VpnDecision.Refused(var reason, var rule) -> new Answer.Refused(reason);
      case VpnDecision.Allowed(var rule) ->
          new Answer.Admitted(known.tunnel(), new Terms(null, null, null, Duration.ofHours(1)));
    };
  }

  @Override
  public Answer resume(Asked asked, String state, Secret typed) {
    return new Answer.Refused(Reason.CEREMONY_UNKNOWN);
  }

  @Override
  public Noted note(Account account) {
    return new Noted.Unavailable();
  }

  @Override
  public @Nullable Reason over(SessionId tunnel) {
    return null;
  }

  @Override
  public long endings() {
    return 0;
  }

  @Override
  public List<Tunnel> tunnels() {
    return List.of();
  }
}
