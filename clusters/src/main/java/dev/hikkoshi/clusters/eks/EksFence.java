package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.eks.model.DescribeClusterResponse;

/**
 * Lets writes through to exactly the cluster that was seen: its ARN and creation time are compared
 * right before, because names can be used again.
 */
final class EksFence {

  private final EksLooks looks;

  EksFence(EksLooks looks) {
    this.looks = looks;
  }

  Outcome on(ClusterSeen seen, Function<DescribeClusterResponse, Outcome> write) {
    return AwsFailures.write(
        () -> {
          Optional<DescribeClusterResponse> now = looks.describe(seen.name());
          if (now.isEmpty()) {
            return new Outcome.Changed("there is no cluster " + seen.name() + " any more");
          }
          if (!EksViews.identity(now.get().cluster()).equals(seen.identity())) {
            return new Outcome.Changed(
                "%s is another cluster by now: seen %s, there is %s"
                    .formatted(
                        seen.name(), seen.identity(), EksViews.identity(now.get().cluster())));
          }
          return write.apply(now.get());
        });
  }

  /** The same for what destroys: the tag that makes it ours must be there, and unchanged. */
  Outcome onOurs(ClusterSeen seen, Function<DescribeClusterResponse, Outcome> write) {
    String tag = EksGateway.ENVIRONMENT_TAG;
    String environment = seen.tags().get(tag);
    if (environment == null) {
      return new Outcome.Refused("NotOurs", seen.name() + " does not carry " + tag);
    }
    return on(
        seen,
        now ->
            environment.equals(now.cluster().tags().get(tag))
                ? write.apply(now)
                : new Outcome.Changed(
                    "the tag %s of %s is not %s any more"
                        .formatted(tag, seen.name(), environment)));
  }

  static Outcome done(AwsResponse answer) {
    return Outcome.done(id(answer));
  }

  static String id(AwsResponse answer) {
    return answer.responseMetadata().requestId();
  }
}
