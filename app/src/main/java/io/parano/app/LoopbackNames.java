package io.parano.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.stream.Stream;

/// Takes `*.localhost` to this machine without asking anybody, as browsers do and RFC 6761 section
/// 6.3 wants; the C library often doesn't. So the command line reaches whatever a browser reaches.
public final class LoopbackNames extends InetAddressResolverProvider {
  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Resolver(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "parano";
  }

  private record Resolver(InetAddressResolver others) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      boolean ours = host.toLowerCase(Locale.ROOT).endsWith(".localhost");
      return ours
          ? Stream.of(InetAddress.ofLiteral("127.0.0.1"))
          : others.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return others.lookupByAddress(address);
    }
  }
}
