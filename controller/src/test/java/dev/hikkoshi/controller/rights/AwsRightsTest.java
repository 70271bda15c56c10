package dev.hikkoshi.controller.rights;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.hikkoshi.clusters.rights.AwsRight;
import dev.hikkoshi.clusters.rights.AwsRight.Caller;
import dev.hikkoshi.clusters.rights.AwsRights;
import dev.hikkoshi.controller.testing.ProductionClasses;
import dev.hikkoshi.environments.desired.Desired.Mode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of AWS rights against the byte code of the adapters: an operation that is called but
 * not in it would be refused in production, one that is in it but never called is a right too much.
 */
class AwsRightsTest {

  private static final String SDK = "software.amazon.awssdk.services.";

  /** The SDK's clients by IAM's prefix. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "EksClient", "eks",
          "Route53Client", "route53",
          "ElasticLoadBalancingV2Client", "elasticloadbalancing",
          "CloudWatchClient", "cloudwatch",
          "StsClient", "sts",
          "IamClient", "iam",
          "Ec2Client", "ec2");

  /** What every client has beside its operations. */
  private static final Set<String> NO_OPERATIONS =
      Set.of("close", "builder", "create", "serviceName", "serviceClientConfiguration");

  private static final Pattern READS = Pattern.compile("(Describe|List|Get)[A-Z].*");

  /** What doctor asks with a person's credentials: the controller does not know it. */
  private static final String ONLY_PEOPLE = "dev.hikkoshi.clusters.account";

  private static final JavaClasses ADAPTERS =
      ProductionClasses.ALL.that(
          resideInAnyPackage("dev.hikkoshi.clusters..", "dev.hikkoshi.controller..")
              .and(not(resideInAPackage(ONLY_PEOPLE + ".."))));

  private static Set<String> called() {
    return ADAPTERS.stream()
        .flatMap(AwsRightsTest::targets)
        .filter(target -> target.getOwner().getPackageName().startsWith(SDK))
        .filter(target -> SERVICES.containsKey(target.getOwner().getSimpleName()))
        .filter(target -> !NO_OPERATIONS.contains(target.getName()))
        .map(target -> SERVICES.get(target.getOwner().getSimpleName()) + ":" + operation(target))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<AccessTarget> targets(JavaClass adapter) {
    return Stream.concat(
        adapter.getMethodCallsFromSelf().stream().map(call -> (AccessTarget) call.getTarget()),
        adapter.getMethodReferencesFromSelf().stream()
            .map(reference -> (AccessTarget) reference.getTarget()));
  }

  private static String operation(AccessTarget method) {
    String name = method.getName();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static Set<String> actions(Stream<AwsRight> rights) {
    return rights.map(AwsRight::action).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theTableIsWhatTheAdaptersCall() {
    assertThat(actions(AwsRights.all().stream().filter(r -> r.caller() != Caller.AWS)))
        .isEqualTo(called());
  }

  @Test
  void whatOnlyPeopleAskIsNotKnownToTheController() {
    assertThat(ADAPTERS)
        .allSatisfy(
            adapter ->
                assertThat(adapter.getDirectDependenciesFromSelf())
                    .noneMatch(d -> d.getTargetClass().getPackageName().equals(ONLY_PEOPLE)));
  }

  @Test
  void observeAndPlanHaveNoRightToWrite() {
    for (Mode mode : List.of(Mode.OBSERVE, Mode.PLAN)) {
      assertThat(AwsRights.of(mode))
          .filteredOn(r -> !r.operation().equals("AssumeRole"))
          .allSatisfy(r -> assertThat(r.operation()).matches(READS));
    }
  }

  @Test
  void everyRightIsThereOnce() {
    assertThat(AwsRights.all()).extracting(AwsRight::action).doesNotHaveDuplicates();
  }
}
