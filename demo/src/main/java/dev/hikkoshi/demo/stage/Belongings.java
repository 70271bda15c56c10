package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * What a user has in AWS before Hikkoshi comes: a hosted zone, and a load balancer that several
 * teams share. They are made with the user's own credentials; Hikkoshi never makes such things.
 */
public final class Belongings {

  /** The zone. */
  public static final String ZONE = "example.com";

  /** The shared load balancer's name in the sample. */
  public static final String SHARED = "shared";

  private static final List<String> PUBLIC_SUBNETS =
      List.of("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002");
  private static final String SECURITY_GROUP = "sg-0a1b2c3d4e5f60001";

  private final LocalRegion region;
  private final InetAddress shared;

  private Belongings(LocalRegion region, InetAddress shared) {
    this.region = region;
    this.shared = shared;
  }

  /**
   * Makes them.
   *
   * @throws DemoException when the region refuses
   */
  public static Belongings make(LocalRegion region) {
    try (ProfileCredentialsProvider operator = operator(region);
        Route53Client route53 =
            Route53Client.builder()
                .credentialsProvider(operator)
                .region(Region.AP_NORTHEAST_1)
                .endpointOverride(region.endpoint())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        ElasticLoadBalancingV2Client elb = balancers(region, operator)) {
      route53.createHostedZone(r -> r.name(ZONE).callerReference("hikkoshi-demo"));
      String name = sharedBalancer(elb).dnsName();
      return new Belongings(region, address(region, name));
    } catch (SdkException e) {
      throw new DemoException("could not make the zone and the load balancer: " + e, e);
    }
  }

  /** The user's own credentials; closed by whoever asked. */
  public static ProfileCredentialsProvider operator(LocalRegion region) {
    return ProfileCredentialsProvider.builder()
        .profileFile(
            ProfileFile.builder()
                .content(region.credentials())
                .type(ProfileFile.Type.CREDENTIALS)
                .build())
        .profileName("default")
        .build();
  }

  private static ElasticLoadBalancingV2Client balancers(
      LocalRegion region, ProfileCredentialsProvider operator) {
    return ElasticLoadBalancingV2Client.builder()
        .credentialsProvider(operator)
        .region(Region.AP_NORTHEAST_1)
        .endpointOverride(region.endpoint())
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /** Does something with load balancers as the user who owns them. */
  <T> T withBalancers(Function<ElasticLoadBalancingV2Client, T> work) {
    try (ProfileCredentialsProvider operator = operator(region);
        ElasticLoadBalancingV2Client elb = balancers(region, operator)) {
      return work.apply(elb);
    } catch (SdkException e) {
      throw new DemoException("the user's own work on load balancers was refused: " + e, e);
    }
  }

  private static LoadBalancer sharedBalancer(ElasticLoadBalancingV2Client elb) {
    LoadBalancer balancer =
        elb.createLoadBalancer(
                r ->
                    r.name(SHARED)
                        .scheme(LoadBalancerSchemeEnum.INTERNET_FACING)
                        .subnets(PUBLIC_SUBNETS)
                        .securityGroups(SECURITY_GROUP))
            .loadBalancers()
            .getFirst();
    Action nobody =
        Action.builder()
            .type(ActionTypeEnum.FIXED_RESPONSE)
            .fixedResponseConfig(
                f -> f.statusCode("404").contentType("text/plain").messageBody("no such host"))
            .build();
    elb.createListener(
        r ->
            r.loadBalancerArn(balancer.loadBalancerArn())
                .protocol(ProtocolEnum.HTTP)
                .port(80)
                .defaultActions(nobody));
    return balancer;
  }

  /** Where the shared load balancer is. */
  public InetAddress shared() {
    return shared;
  }

  /**
   * The address behind a load balancer's DNS name.
   *
   * @throws DemoException when the name server has none
   */
  public InetAddress address(String dnsName) {
    return address(region, dnsName);
  }

  private static InetAddress address(LocalRegion region, String dnsName) {
    try {
      Lookup lookup = new Lookup(dnsName.endsWith(".") ? dnsName : dnsName + ".", Type.A);
      SimpleResolver server = new SimpleResolver(region.nameServer());
      lookup.setResolver(server);
      lookup.setCache(null);
      // Only the region's name server knows; the hosts file's parser is shared and fails when two
      // begin.
      lookup.setHostsFileParser(null);
      Record[] answers = lookup.run();
      if (answers == null || !(answers[0] instanceof ARecord record)) {
        throw new DemoException("no address for " + dnsName + ": " + lookup.getErrorString());
      }
      return InetAddress.getByAddress(record.getAddress().getAddress());
    } catch (TextParseException | UnknownHostException e) {
      throw new DemoException("cannot ask for " + dnsName, e);
    }
  }
}
