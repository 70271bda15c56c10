package dev.hikkoshi.demo.load;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/** Where the users of a route go. */
public sealed interface Target {

  /** What they write into the Host header. */
  String host();

  /** Chooses for one request. */
  Choice choose(Duration limit) throws IOException;

  /**
   * The way of one request.
   *
   * @param kept connections that its user may have open
   */
  record Choice(InetAddress address, KeptConnections kept) {}

  /** By name, each through one of many resolvers. */
  record ByName(String host, Resolvers resolvers) implements Target {

    @Override
    public Choice choose(Duration limit) throws IOException {
      Resolver resolver = resolvers.any();
      return new Choice(resolver.address(limit), resolver.kept());
    }
  }

  /** Straight to one address. */
  final class Direct implements Target {

    private final String host;
    private final InetAddress address;
    private final KeptConnections kept = new KeptConnections();

    public Direct(String host, InetAddress address) {
      this.host = host;
      this.address = address;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public Choice choose(Duration limit) {
      return new Choice(address, kept);
    }
  }
}
