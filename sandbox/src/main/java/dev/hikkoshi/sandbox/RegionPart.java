package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hikkoshi.sandbox.aws.AwsService;
import java.util.List;
import java.util.Map;

/**
 * One part of the region: a service with what stands behind it, or something that lives inside
 * clusters.
 *
 * <p>Parts are found by {@link java.util.ServiceLoader} and have a constructor without parameters.
 * All parts are started, one after the other on one thread, before the first cluster is announced
 * and before the front door opens; they are closed in the opposite order. What a part keeps it
 * keeps in {@link RegionContext#state()}, so that it comes back after a restart with the same
 * ports.
 */
public interface RegionPart extends AutoCloseable {

  /** A short name, unique in the region: the key of {@link #summary()} in the state summary. */
  String name();

  /**
   * Comes back from the kept state and opens sockets; returns when they are open.
   *
   * @throws Exception for whatever makes the region useless; the sandbox then stops and says so
   */
  void start(RegionContext region) throws Exception;

  /** The AWS services this part answers for; asked once, after {@link #start}. */
  default List<AwsService> services() {
    return List.of();
  }

  /** What a user should know: addresses, ports, counts; no secrets. Called from any thread. */
  default JsonNode summary() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * What the part adds to the control API: the handler of key {@code k} answers everything under
   * {@code /_sandbox/k}.
   */
  default Map<String, ControlHandler> control() {
    return Map.of();
  }

  /** Closes sockets and threads within a second; state stays. */
  @Override
  void close();
}
