package dev.hikkoshi.clusters.route53;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Which servers are asked for records ({@code hikkoshi.dns.servers}).
 *
 * @param addresses authoritative servers of all zones; none for the name servers that Route 53
 *     gives each zone, on port 53
 */
public record DnsServers(List<InetSocketAddress> addresses) {

  private static final int PORT = 53;

  public DnsServers {
    addresses = List.copyOf(addresses);
  }

  /** The name servers of each zone. */
  public static DnsServers ofZones() {
    return new DnsServers(List.of());
  }

  /**
   * Reads {@code host}, {@code host:port} or {@code [v6]:port}.
   *
   * @throws IllegalArgumentException for a port that is none
   */
  public static DnsServers parse(List<String> servers) {
    return new DnsServers(servers.stream().map(DnsServers::address).toList());
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    boolean bare = colon < 0 || text.indexOf(':') != colon && !text.startsWith("[");
    boolean port = !bare && !text.endsWith("]");
    String host = port ? text.substring(0, colon) : text;
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new InetSocketAddress(plain, port ? Integer.parseInt(text.substring(colon + 1)) : PORT);
  }
}
