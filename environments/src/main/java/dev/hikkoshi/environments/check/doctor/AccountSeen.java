package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.observed.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the account has for clusters, beside clusters.
 *
 * @param subnets of those that the definition names; one that is not here does not exist
 * @param roles the trust of each role named on a ServiceAccount, by ARN; empty for a role that does
 *     not exist
 * @param clusters how many EKS clusters there are in the region, whoever's
 * @param providers ARNs of the account's OIDC providers
 * @param balancers how many Application Load Balancers there are in the region, whoever's
 * @param quotas as they are for this account; one that is missing was not asked
 */
public record AccountSeen(
    Observation<List<SubnetSeen>> subnets,
    Map<String, Observation<Optional<RoleTrust>>> roles,
    Observation<Integer> clusters,
    Observation<List<String>> providers,
    Observation<Integer> balancers,
    Map<Quota, Observation<Integer>> quotas) {

  public AccountSeen {
    roles = Map.copyOf(roles);
    quotas = Map.copyOf(quotas);
  }

  /**
   * One subnet.
   *
   * @param free addresses that nothing has, as EC2 counts them
   */
  public record SubnetSeen(String id, String zone, int free) {}
}
