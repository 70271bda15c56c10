package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.sandbox.net.Vpc;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** Seconds. */
  private static final int IDLE = 75;

  private static final Duration OPENS = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final String group;

  private Outside(Belongings belongings, String host) {
    MACHINES.forEach(this::machine);
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

  /** It keeps idle connections longer than a load balancer does, as behind a real one it must. */
  private void machine(String address) {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setTcpNoDelay(true).setIdleTimeout(IDLE))
            .requestHandler(Outside::answer);
    try {
      server
          .listen(PORT, Vpc.loopback(address).getHostAddress())
          .toCompletionStage()
          .toCompletableFuture()
          .get(OPENS.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new DemoException("no machine at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("no machine at " + address, e);
    }
  }

  private static void answer(HttpServerRequest request) {
    request
        .response()
        .putHeader("X-Hikkoshi-Cluster", NAME)
        .putHeader("X-Sandbox-Cluster", NAME)
        .end("{\"cluster\":\"ec2\"}");
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
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
