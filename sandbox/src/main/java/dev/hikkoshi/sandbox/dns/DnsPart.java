package dev.hikkoshi.sandbox.dns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.RegionPart;
import dev.hikkoshi.sandbox.net.Vpc;
import dev.hikkoshi.sandbox.route53.AliasTargets;
import dev.hikkoshi.sandbox.route53.NameServers;
import dev.hikkoshi.sandbox.route53.Route53;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name server in the region, on 127.201.0.2. Needs {@link Route53} and {@link AliasTargets}.
 */
public final class DnsPart implements RegionPart {

  private static final String ADDRESS = "10.201.0.2";
  private static final String DOCUMENT = "dns/port";
  private static final int PORT = 53;
  private static final int OFFSET = 10_000;

  private final InetAddress address = Vpc.loopback(ADDRESS);
  private @Nullable DnsServer server;

  /** What is kept. */
  record Kept(int port) {}

  @Override
  public String name() {
    return "dns";
  }

  @Override
  public void start(RegionContext region) throws IOException {
    SecureRandom random = new SecureRandom();
    Answers answers =
        new Answers(
            (name, type) -> {
              Route53 zones = region.find(Route53.class);
              var settings =
                  new Authority.Settings(
                      zones.balancerSuffix(), region.physics().aliasTtl(), address);
              AliasTargets targets = region.find(AliasTargets.class);
              return new Authority(
                      zones.zones(), targets, settings, region.clock().instant(), random::nextInt)
                  .answer(name, type);
            });
    Set<Integer> ports = new LinkedHashSet<>();
    region.state().read(DOCUMENT, Kept.class).ifPresent(kept -> ports.add(kept.port()));
    ports.addAll(List.of(PORT, PORT + OFFSET, 0));
    server = DnsServer.open(address, List.copyOf(ports), answers);
    region.state().write(DOCUMENT, new Kept(server.port()));
  }

  @Override
  public JsonNode summary() {
    var summary = JsonNodeFactory.instance.objectNode();
    String where = address.getHostAddress() + ":" + Objects.requireNonNull(server).port();
    summary.put("address", where);
    var names = summary.putArray("nameServers");
    NameServers.NAMES.forEach(names::add);
    return summary;
  }

  @Override
  public void close() {
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
