package dev.hikkoshi.sandbox.elb.plane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.RegionPart;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.elb.Elb;
import dev.hikkoshi.sandbox.elb.LoadBalancer;
import dev.hikkoshi.sandbox.net.Vpc;
import dev.hikkoshi.sandbox.route53.AliasTargets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ELBv2 in the region, with what stands behind it. Offers {@link Elb} and {@link AliasTargets}. */
public final class ElbPart implements RegionPart {

  private @Nullable Elb engine;
  private @Nullable Plane plane;

  @Override
  public String name() {
    return "elb";
  }

  @Override
  public void start(RegionContext region) {
    Plane carrying = new Plane(region);
    Elb elb = Elb.open(region, carrying);
    plane = carrying;
    engine = elb;
    carrying.follow(elb);
    region.offer(Elb.class, elb);
    region.offer(AliasTargets.class, name -> find(elb, carrying, name));
  }

  private static Optional<AliasTargets.Endpoint> find(Elb elb, Plane plane, String dnsName) {
    return elb.state().loadBalancers().values().stream()
        .filter(balancer -> dnsName.equalsIgnoreCase(balancer.dnsName() + "."))
        .findFirst()
        .map(
            balancer ->
                new AliasTargets.Endpoint(
                    elb.hostedZoneId(), Vpc.loopback(balancer.address()), plane.healthy(balancer)));
  }

  @Override
  public List<AwsService> services() {
    return List.of(Objects.requireNonNull(engine).service());
  }

  @Override
  public JsonNode summary() {
    Plane carrying = Objects.requireNonNull(plane);
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    ObjectNode balancers = summary.putObject("loadBalancers");
    for (LoadBalancer balancer : Objects.requireNonNull(engine).state().loadBalancers().values()) {
      String address = Vpc.loopback(balancer.address()).getHostAddress();
      ObjectNode one = balancers.putObject(balancer.name());
      one.put("arn", balancer.arn()).put("dnsName", balancer.dnsName()).put("address", address);
      ObjectNode ports = one.putObject("listeners");
      carrying.ports(balancer).forEach((port, real) -> ports.put("" + port, address + ":" + real));
    }
    ObjectNode notOpen = summary.putObject("notOpen");
    carrying.notOpen().forEach(notOpen::put);
    return summary;
  }

  @Override
  public void close() {
    if (plane != null) {
      plane.close();
    }
  }
}
