package dev.hikkoshi.sandbox.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.RegionPart;
import dev.hikkoshi.sandbox.aws.AwsService;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** CloudWatch in the region. Offers {@link MetricStore}. */
public final class CloudWatchPart implements RegionPart {

  private @Nullable MetricStore store;

  @Override
  public String name() {
    return "cloudwatch";
  }

  @Override
  public void start(RegionContext region) {
    store = new MetricStore(region.clock(), region.physics().metricPeriod());
    region.offer(MetricStore.class, store);
  }

  @Override
  public List<AwsService> services() {
    return List.of(new CloudWatchService(Objects.requireNonNull(store)));
  }

  @Override
  public JsonNode summary() {
    MetricStore metrics = Objects.requireNonNull(store);
    return JsonNodeFactory.instance
        .objectNode()
        .put("metrics", metrics.ids().count())
        .put("period", metrics.period().toString());
  }

  @Override
  public void close() {
    // There are no sockets or threads here.
  }
}
