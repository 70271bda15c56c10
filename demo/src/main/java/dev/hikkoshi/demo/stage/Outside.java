package dev.hikkoshi.demo.stage;

import com.sun.net.httpserver.HttpServer;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.sandbox.net.Vpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * What served a host before any cluster: machines behind a target group that a rule of the shared
 * load balancer forwards to.
 */
public final class Outside implements AutoCloseable {

  /** What its machines call themselves. */
  public static final String NAME = "ec2";

  private static final List<String> MACHINES = List.of("10.0.200.11", "10.0.200.12");
  private static final int PORT = 8080;

  private final List<HttpServer> machines = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String group;

  private Outside(Belongings belongings, String host) {
    MACHINES.forEach(address -> machines.add(machine(address)));
    group = belongings.withBalancers(elb -> group(elb, host));
  }

  /**
   * Starts the machines and gives the host to them.
   *
   * @throws DemoException when the region refuses
   */
  public static Outside open(Belongings belongings, String host) {
    return new Outside(belongings, host);
  }

  /** The target group. */
  public String group() {
    return group;
  }

  private HttpServer machine(String address) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(Vpc.loopback(address), PORT), 0);
      byte[] body = "{\"cluster\":\"ec2\"}".getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.getResponseHeaders().add("X-Hikkoshi-Cluster", NAME);
              exchange.getResponseHeaders().add("X-Sandbox-Cluster", NAME);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            }
          });
      server.setExecutor(threads);
      server.start();
      return server;
    } catch (IOException e) {
      throw new DemoException("no machine at " + address, e);
    }
  }

  private static String group(ElasticLoadBalancingV2Client elb, String host) {
    var balancer =
        elb.describeLoadBalancers(r -> r.names(Belongings.SHARED)).loadBalancers().getFirst();
    String arn =
        elb.createTargetGroup(
                r ->
                    r.name("legacy-" + NAME)
                        .protocol(ProtocolEnum.HTTP)
                        .port(PORT)
                        .vpcId(balancer.vpcId())
                        .targetType(TargetTypeEnum.IP)
                        .healthCheckPath("/healthz")
                        .healthCheckIntervalSeconds(5)
                        .healthCheckTimeoutSeconds(2)
                        .healthyThresholdCount(2))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    List<TargetDescription> targets =
        MACHINES.stream().map(ip -> TargetDescription.builder().id(ip).port(PORT).build()).toList();
    elb.registerTargets(r -> r.targetGroupArn(arn).targets(targets));
    String listener =
        elb.describeListeners(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
            .listeners()
            .getFirst()
            .listenerArn();
    elb.createRule(
        r ->
            r.listenerArn(listener)
                .priority(10)
                .conditions(c -> c.field("host-header").hostHeaderConfig(h -> h.values(host)))
                .actions(a -> a.type("forward").targetGroupArn(arn)));
    return arn;
  }

  @Override
  public void close() {
    machines.forEach(machine -> machine.stop(0));
    threads.shutdownNow();
  }
}
