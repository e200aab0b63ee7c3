package io.parano.vpn;

import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/// [Wall] by nftables: a table for the interface, with two sets of addresses that time out, told to
/// `nft` as one transaction. A packet meets the rules before or after it, never between.
///
/// The hooks are before and behind everything that other tables decide: whatever comes through the
/// interface is seen as it came, to the machine itself or on to others, and what goes into it as it
/// goes. A drop in one table is final, and what another accepts does not undo it (nft(8)).
record NftWall(Program nft, String name) implements Wall {
  static NftWall of(String name) throws IOException {
    return new NftWall(Program.named("nft"), name);
  }

  static String table(String name) {
    return "inet parano_" + name;
  }

  /// The rules without an address, as they are before the helper starts.
  static String rules(String name) {
    return """
    add table %1$s
    add set %1$s live4 { type ipv4_addr; flags timeout; timeout %3$ds; }
    add set %1$s live6 { type ipv6_addr; flags timeout; timeout %3$ds; }
    add chain %1$s from_tunnel { type filter hook prerouting priority raw; policy accept; }
    add chain %1$s to_tunnel { type filter hook postrouting priority mangle; policy accept; }
    flush chain %1$s from_tunnel
    flush chain %1$s to_tunnel
    add rule %1$s from_tunnel iifname "%2$s" ip saddr @live4 accept
    add rule %1$s from_tunnel iifname "%2$s" ip6 saddr @live6 accept
    add rule %1$s from_tunnel iifname "%2$s" drop
    add rule %1$s to_tunnel oifname "%2$s" ip daddr @live4 accept
    add rule %1$s to_tunnel oifname "%2$s" ip6 daddr @live6 accept
    add rule %1$s to_tunnel oifname "%2$s" drop
    """
        .formatted(table(name), name, OPEN_SECONDS);
  }

  /// An entry's time can't be prolonged by adding it again, so that it is taken out between: in one
  /// transaction nobody sees that.
  static String opening(String name, Collection<IpAddress> addresses) {
    StringBuilder script = new StringBuilder(rules(name));
    for (Family family : Family.values()) {
      String elements = family.elements(addresses);
      if (!elements.isEmpty()) {
        script
            .append(shutting(name, family, elements))
            .append("add element %s %s { %s }\n".formatted(table(name), family.set, elements));
      }
    }
    return script.toString();
  }

  static String shutting(String name, Collection<IpAddress> addresses) {
    StringBuilder script = new StringBuilder(rules(name));
    for (Family family : Family.values()) {
      String elements = family.elements(addresses);
      if (!elements.isEmpty()) {
        script.append(shutting(name, family, elements));
      }
    }
    return script.toString();
  }

  /// What is not there can't be deleted.
  private static String shutting(String name, Family family, String elements) {
    return "add element %1$s %2$s { %3$s }\ndelete element %1$s %2$s { %3$s }\n"
        .formatted(table(name), family.set, elements);
  }

  private enum Family {
    V4("live4"),
    V6("live6");

    private final String set;

    Family(String set) {
      this.set = set;
    }

    String elements(Collection<IpAddress> addresses) {
      List<String> own =
          addresses.stream()
              .filter(address -> address.isV4() == (this == V4))
              .distinct()
              .map(IpAddress::toString)
              .toList();
      return String.join(", ", own);
    }
  }

  @Override
  public void open(Collection<IpAddress> addresses) throws IOException {
    run(opening(name, addresses));
  }

  @Override
  public void shut(Collection<IpAddress> addresses) throws IOException {
    run(shutting(name, addresses));
  }

  @Override
  public void stand() throws IOException {
    run(rules(name));
  }

  private void run(String script) throws IOException {
    var _ = nft.run(List.of("-f", "-"), script.getBytes(StandardCharsets.US_ASCII));
  }
}
