package dev.hikkoshi.clusters.account;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.check.doctor.AccountSeen;
import dev.hikkoshi.environments.check.doctor.AccountSeen.SubnetSeen;
import dev.hikkoshi.environments.check.doctor.RoleTrust;
import dev.hikkoshi.environments.observed.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** EC2, IAM, ELB and Service Quotas through the SDK, with the credentials of whoever asks. */
public final class AccountLooks {

  private static final String EKS_PATH = ":oidc-provider/oidc.eks.";

  private final AwsClients aws;

  /** Nothing is asked yet. */
  public AccountLooks(AwsClients aws) {
    this.aws = aws;
  }

  /**
   * One look; what could not be seen is unknown.
   *
   * @param subnets ids; one that does not exist is not in the answer
   * @param roles ARNs; one that does not exist is known as empty
   */
  public AccountSeen look(Set<String> subnets, Set<String> roles) {
    Map<String, Observation<Optional<RoleTrust>>> trusts = new TreeMap<>();
    roles.forEach(role -> trusts.put(role, trust(role)));
    return new AccountSeen(
        subnets(subnets), trusts, clusters(), providers(), balancers(), new QuotaLooks(aws).look());
  }

  /** By filter: asked by id, one missing subnet would be an error for all. */
  private Observation<List<SubnetSeen>> subnets(Set<String> ids) {
    if (ids.isEmpty()) {
      return Observation.known(List.of());
    }
    return AwsFailures.look(
        "subnets",
        () ->
            Observation.known(
                aws
                    .ec2()
                    .describeSubnetsPaginator(r -> r.filters(f -> f.name("subnet-id").values(ids)))
                    .subnets()
                    .stream()
                    .map(AccountLooks::seen)
                    .toList()));
  }

  private static SubnetSeen seen(Subnet subnet) {
    return new SubnetSeen(
        subnet.subnetId(), subnet.availabilityZone(), subnet.availableIpAddressCount());
  }

  private Observation<Optional<RoleTrust>> trust(String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return AwsFailures.look(
        "role " + arn,
        () -> {
          try {
            var role = aws.iam().getRole(r -> r.roleName(name)).role();
            return role.arn().equals(arn)
                ? TrustPolicies.read(role.assumeRolePolicyDocument()).map(Optional::of)
                : Observation.unknown(
                    "role " + arn, "these credentials see %s instead".formatted(role.arn()));
          } catch (NoSuchEntityException _) {
            return Observation.known(Optional.empty());
          }
        });
  }

  private Observation<Integer> clusters() {
    return AwsFailures.look(
        "number of clusters",
        () ->
            Observation.known(
                (int) aws.eks().listClustersPaginator(_ -> {}).clusters().stream().count()));
  }

  private Observation<Integer> balancers() {
    return AwsFailures.look(
        "number of load balancers",
        () ->
            Observation.known(
                (int)
                    aws
                        .elb(Optional.empty())
                        .describeLoadBalancersPaginator(_ -> {})
                        .loadBalancers()
                        .stream()
                        .filter(balancer -> balancer.type() == LoadBalancerTypeEnum.APPLICATION)
                        .count()));
  }

  private Observation<List<String>> providers() {
    return AwsFailures.look(
        "OIDC providers",
        () ->
            Observation.known(
                aws.iam().listOpenIDConnectProviders().openIDConnectProviderList().stream()
                    .map(provider -> provider.arn())
                    .toList()));
  }

  /** The issuer of a provider's ARN as EKS tells it; empty for providers of others. */
  public static Optional<String> issuer(String providerArn) {
    int at = providerArn.indexOf(EKS_PATH);
    return at < 0
        ? Optional.empty()
        : Optional.of("https://" + providerArn.substring(at + ":oidc-provider/".length()));
  }
}
