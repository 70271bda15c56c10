package dev.hikkoshi.sandbox.traffic;

import dev.hikkoshi.sandbox.TestRegion;
import dev.hikkoshi.sandbox.cloudwatch.CloudWatchPart;
import dev.hikkoshi.sandbox.dns.DnsPart;
import dev.hikkoshi.sandbox.elb.plane.ElbPart;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.sandbox.route53.Route53Part;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.route53.Route53Client;

/** A region with the parts that carry traffic, and the real SDK's clients of it. */
final class TrafficWorld implements AutoCloseable {

  static final String VPC = "vpc-0a1b2c3d4e5f60001";
  static final List<String> SUBNETS =
      List.of("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002");

  final TestRegion region;
  final ElbPart elbPart = new ElbPart();
  final DnsPart dnsPart = new DnsPart();
  final Route53Client route53;
  final ElasticLoadBalancingV2Client elb;
  final CloudWatchClient cloudWatch;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TrafficWorld(Path directory) throws Exception {
    region =
        new TestRegion(directory, Physics.fast())
            .start(List.of(new CloudWatchPart(), elbPart, new Route53Part(), dnsPart));
    route53 = client(Route53Client.builder()).httpClient(UrlConnectionHttpClient.create()).build();
    elb =
        client(ElasticLoadBalancingV2Client.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    cloudWatch =
        client(CloudWatchClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  private <B extends AwsClientBuilder<B, C>, C> B client(B builder) {
    return builder
        .endpointOverride(region.endpoint())
        .region(Region.of(TestRegion.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestRegion.KEY, TestRegion.SECRET)));
  }

  /** A group whose targets are asked every half second at {@code /healthz}. */
  TargetGroup group(String name, String... addresses) {
    TargetGroup group =
        elb.createTargetGroup(
                r ->
                    r.name(name)
                        .protocol(ProtocolEnum.HTTP)
                        .port(8080)
                        .vpcId(VPC)
                        .targetType(TargetTypeEnum.IP)
                        .healthCheckPath("/healthz")
                        .healthCheckIntervalSeconds(5)
                        .healthCheckTimeoutSeconds(2)
                        .healthyThresholdCount(2)
                        .unhealthyThresholdCount(2))
            .targetGroups()
            .getFirst();
    if (addresses.length > 0) {
      register(group, addresses);
    }
    return group;
  }

  void register(TargetGroup group, String... addresses) {
    elb.registerTargets(r -> r.targetGroupArn(group.targetGroupArn()).targets(targets(addresses)));
  }

  void deregister(TargetGroup group, String... addresses) {
    elb.deregisterTargets(
        r -> r.targetGroupArn(group.targetGroupArn()).targets(targets(addresses)));
  }

  private static List<TargetDescription> targets(String... addresses) {
    return Arrays.stream(addresses)
        .map(address -> TargetDescription.builder().id(address).build())
        .toList();
  }

  LoadBalancer balancer(String name) {
    return elb.createLoadBalancer(r -> r.name(name).subnets(SUBNETS)).loadBalancers().getFirst();
  }

  Listener listener(LoadBalancer balancer, int port, Action action) {
    return elb.createListener(
            r ->
                r.loadBalancerArn(balancer.loadBalancerArn())
                    .protocol(ProtocolEnum.HTTP)
                    .port(port)
                    .defaultActions(action))
        .listeners()
        .getFirst();
  }

  /** Forwards by weight: group, weight, group, weight. */
  static Action forward(int stickySeconds, List<TargetGroup> groups, int... weights) {
    List<TargetGroupTuple> tuples =
        IntStream.range(0, weights.length)
            .mapToObj(
                i ->
                    TargetGroupTuple.builder()
                        .targetGroupArn(groups.get(i).targetGroupArn())
                        .weight(weights[i])
                        .build())
            .toList();
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .forwardConfig(
            f ->
                f.targetGroups(tuples)
                    .targetGroupStickinessConfig(
                        s ->
                            s.enabled(stickySeconds > 0)
                                .durationSeconds(stickySeconds > 0 ? stickySeconds : null)))
        .build();
  }

  String health(TargetGroup group) {
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(group.targetGroupArn()))
        .targetHealthDescriptions()
        .stream()
        .map(d -> d.targetHealth().stateAsString())
        .sorted()
        .distinct()
        .toList()
        .toString();
  }

  /** Where a listener really is. */
  URI at(LoadBalancer balancer, int port) {
    String where =
        elbPart
            .summary()
            .path("loadBalancers")
            .path(balancer.loadBalancerName())
            .path("listeners")
            .path("" + port)
            .asText();
    return URI.create("http://" + where);
  }

  HttpResponse<String> get(URI base, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A request for a host that is not the listener's address; the JDK's client cannot send one. */
  Answer getAs(String host, URI base, String path) {
    io.vertx.core.http.HttpClient client = region.vertx().createHttpClient();
    return client
        .request(
            new RequestOptions()
                .setHost(base.getHost())
                .setPort(base.getPort())
                .setURI(path)
                .putHeader("Host", host))
        .compose(HttpClientRequest::send)
        .compose(r -> r.body().map(body -> new Answer(r.statusCode(), body.toString())))
        .onComplete(done -> client.close().onComplete(closed -> {}))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** A request over TLS that trusts only the region's authority and wants the host's name. */
  Secure getSecure(String host, URI base, String path) {
    var options =
        new HttpClientOptions()
            .setSsl(true)
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(region.ca().certificatePem())));
    io.vertx.core.http.HttpClient client = region.vertx().createHttpClient(options);
    return client
        .request(
            new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(base.getPort(), base.getHost()))
                .setHost(host)
                .setPort(443)
                .setURI(path))
        .compose(
            request ->
                request
                    .send()
                    .compose(HttpClientResponse::body)
                    .map(body -> new Secure(body.toString(), names(request.connection()))))
        .onComplete(done -> client.close().onComplete(closed -> {}))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static List<String> names(HttpConnection connection) {
    try {
      X509Certificate shown = (X509Certificate) connection.peerCertificates().getFirst();
      return shown.getSubjectAlternativeNames().stream().map(n -> "" + n.get(1)).toList();
    } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A body, and the names of the certificate that was shown. */
  record Secure(String body, List<String> names) {}

  /** A status and a body. */
  record Answer(int status, String body) {}

  String zone(String name) {
    return route53
        .createHostedZone(r -> r.name(name).callerReference(UUID.randomUUID().toString()))
        .hostedZone()
        .id();
  }

  @Override
  public void close() {
    route53.close();
    elb.close();
    cloudWatch.close();
    http.close();
    region.close();
  }
}
