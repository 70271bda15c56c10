package dev.hikkoshi.sandbox.route53;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.RegionPart;
import dev.hikkoshi.sandbox.aws.AwsService;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Route 53 in the region. Offers {@link Route53}; needs {@link AliasTargets}. */
public final class Route53Part implements RegionPart {

  private @Nullable Route53 engine;
  private @Nullable RateLimit limit;

  @Override
  public String name() {
    return "route53";
  }

  @Override
  public void start(RegionContext region) {
    // Parts start in no promised order: the load balancers are asked for when they are needed.
    AliasTargets targets = name -> region.find(AliasTargets.class).find(name);
    engine =
        new Route53(region.clock(), region.physics(), region.state(), targets, region.region());
    limit = new RateLimit(region.clock());
    region.offer(Route53.class, engine);
  }

  @Override
  public List<AwsService> services() {
    return List.of(
        new Route53Service(Objects.requireNonNull(engine), Objects.requireNonNull(limit)));
  }

  @Override
  public JsonNode summary() {
    ObjectNode zones = JsonNodeFactory.instance.objectNode();
    Objects.requireNonNull(engine)
        .zones()
        .forEach(
            zone ->
                zones
                    .putObject(zone.zone().name())
                    .put("id", zone.zone().id())
                    .put("recordSets", zone.current().size()));
    return JsonNodeFactory.instance.objectNode().set("zones", zones);
  }

  @Override
  public void close() {
    // There are no sockets or threads here; the name server is a part of its own.
  }
}
