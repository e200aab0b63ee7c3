package io.parano.radius;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may ask, by the address that a packet comes from: the narrowest network that holds it.
final class Clients {
  private record At(IpPrefix network, RadiusClient client) {}

  private final List<At> narrowestFirst;
  private final List<RadiusClient> all;

  Clients(List<RadiusClient> clients) {
    this.all = clients;
    this.narrowestFirst =
        clients.stream()
            .flatMap(client -> client.addresses().stream().map(network -> new At(network, client)))
            .sorted(Comparator.comparingInt((At at) -> at.network().bits()).reversed())
            .toList();
  }

  @Nullable RadiusClient at(IpAddress address) {
    for (At at : narrowestFirst) {
      if (at.network().contains(address)) {
        return at.client();
      }
    }
    return null;
  }

  @Nullable RadiusClient named(String name) {
    for (RadiusClient client : all) {
      if (client.name().equals(name)) {
        return client;
      }
    }
    return null;
  }
}
