package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which service accounts of a cluster have which role in AWS (EKS Pod Identity). Each is asked for
 * before releases come, for a pod gets its role when it starts and is not told of one later.
 *
 * <p>What an add-on owns is the add-on's: it is neither changed nor deleted here.
 */
final class PodIdentities {

  private PodIdentities() {}

  /** Every service account of the definition has its role. */
  static Check check(Draft d, ClusterSeen seen) {
    String name = "pod-identities";
    List<PodIdentitySpec> wanted = d.desired.cluster().podIdentities();
    if (wanted.isEmpty()) {
      // Whoever asks for none need not have the right to list them.
      return new Check(name, seen.name(), Verdict.pass("none is asked for"));
    }
    return ClusterParts.check(name, seen, seen.podIdentities(), wanted, PodIdentities::wrong);
  }

  static boolean is(PodIdentitySeen there, PodIdentitySpec wanted) {
    return there.account().equals(wanted.account()) && there.roleArn().equals(wanted.roleArn());
  }

  static boolean ours(PodIdentitySeen there) {
    return there.owner().isEmpty();
  }

  private static Optional<PodIdentitySeen> of(List<PodIdentitySeen> there, PodIdentitySpec spec) {
    return there.stream().filter(p -> p.account().equals(spec.account())).findFirst();
  }

  private static Optional<String> wrong(List<PodIdentitySeen> there, PodIdentitySpec spec) {
    Optional<PodIdentitySeen> found = of(there, spec);
    if (found.isEmpty()) {
      return Optional.of(ClusterParts.missing(spec.account()));
    }
    return found
        .filter(p -> !is(p, spec))
        .map(
            p ->
                "%s has the role %s, wanted is %s%s"
                    .formatted(
                        p.account(),
                        p.roleArn(),
                        spec.roleArn(),
                        p.owner().map(PodIdentities::belongs).orElse("")));
  }

  private static String belongs(String owner) {
    return "; it belongs to the add-on " + owner + ": one of the two has to let go of it";
  }

  /** Associates what is missing, and gives another role where it is another. */
  static void plan(Draft d, ClusterSeen seen) {
    Optional<List<PodIdentitySeen>> known = seen.podIdentities().known();
    if (known.isEmpty()) {
      return;
    }
    for (PodIdentitySpec spec : d.desired.cluster().podIdentities()) {
      Optional<PodIdentitySeen> found = of(known.get(), spec);
      if (found.isEmpty()) {
        String why = "service account %s has no role yet".formatted(spec.account());
        d.act(new Action.CreatePodIdentity(seen, spec, why));
      } else if (!is(found.get(), spec) && ours(found.get())) {
        String why =
            "service account %s: role %s becomes %s"
                .formatted(spec.account(), found.get().roleArn(), spec.roleArn());
        d.act(new Action.ChangePodIdentity(seen, found.get(), spec.roleArn(), why));
      }
    }
  }

  /** Takes away what the file has no longer. */
  static void remove(Draft d, ClusterSeen seen, Set<String> dropped) {
    for (PodIdentitySeen there : seen.podIdentities().known().orElse(List.of())) {
      if (dropped.contains(there.account()) && ours(there)) {
        String why =
            "the role of service account %s is not in the file any more".formatted(there.account());
        d.act(new Action.RemovePodIdentity(seen, there, why));
      }
    }
  }
}
