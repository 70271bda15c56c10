package dev.hikkoshi.clusters.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.environments.check.doctor.AccountSeen;
import dev.hikkoshi.environments.check.doctor.AccountSeen.SubnetSeen;
import dev.hikkoshi.environments.check.doctor.Quota;
import dev.hikkoshi.environments.check.doctor.RoleTrust;
import dev.hikkoshi.environments.check.doctor.RoleTrust.Federated;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.sandbox.Sandbox;
import dev.hikkoshi.sandbox.SandboxOptions;
import dev.hikkoshi.sandbox.physics.Physics;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;

/** Subnets, roles and providers, with the SDK against the sandbox. */
class AccountLooksIT {

  private static final String SUBNET = "subnet-0a1b2c3d4e5f60003";
  private static final String MISSING = "subnet-0ffffffffffffffff";
  private static final String ROLES = "arn:aws:iam::111122223333:role/";
  private static final String ISSUER = "oidc.eks.ap-northeast-1.amazonaws.com/id/ABC";
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
       "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/%s"},
       "Action": "sts:AssumeRoleWithWebIdentity",
       "Condition": {"StringEquals": {"%s:sub": "system:serviceaccount:billing:jobs"}}}]}"""
          .formatted(ISSUER, ISSUER);

  @TempDir static Path directory;
  private static Sandbox sandbox;
  private static AwsClients aws;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.of(directory).withPort(0).withPhysics(Physics.fast()));
    var key = sandbox.keys().operator();
    aws =
        AwsClients.of(
            AwsSettings.standard().at(sandbox.endpoint()).in("ap-northeast-1"),
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.accessKeyId(), key.secretKey())));
  }

  @AfterAll
  static void stop() {
    aws.close();
    sandbox.close();
  }

  private static AccountSeen look(String... roles) {
    return new AccountLooks(aws).look(Set.of(SUBNET, MISSING), Set.of(roles));
  }

  @Test
  void aSubnetThatDoesNotExistIsNotInTheAnswer() {
    // A /20 of which AWS keeps five
    assertThat(look().subnets())
        .isEqualTo(Observation.known(List.of(new SubnetSeen(SUBNET, "ap-northeast-1a", 4091))));
    assertThat(look().clusters()).isEqualTo(Observation.known(0));
  }

  @Test
  void quotasAreTheAccountsOwnAndWhereThereIsNoneTheDefault() {
    // When
    AccountSeen seen = look();

    // Then
    assertThat(seen.balancers()).isEqualTo(Observation.known(0));
    assertThat(seen.quotas())
        .containsOnlyKeys(Quota.values())
        .allSatisfy(
            (quota, value) -> assertThat(value).isEqualTo(Observation.known(quota.standard())));
  }

  @Test
  void whomARoleTrustsIsReadAsItIsNow() {
    // Given
    aws.iam().createRole(r -> r.roleName("jobs").assumeRolePolicyDocument(TRUST));

    // When
    RoleTrust before = trust(ROLES + "jobs");
    aws.iam()
        .updateAssumeRolePolicy(
            r ->
                r.roleName("jobs")
                    .policyDocument(
                        TRUST.replace("billing:jobs", "web:*").replace("Equals", "Like")));
    RoleTrust after = trust(ROLES + "jobs");

    // Then
    assertThat(before.issuers())
        .containsExactly(
            new Federated(
                "https://" + ISSUER, Optional.of(List.of("system:serviceaccount:billing:jobs"))));
    assertThat(after.issuers().getFirst().admits("system:serviceaccount:web:web")).isTrue();
    assertThat(after.issuers().getFirst().admits("system:serviceaccount:billing:jobs")).isFalse();
  }

  @Test
  void aRoleThatIsMissingIsKnownAndOneOfAnotherAccountIsNot() {
    // When
    AccountSeen seen = look(ROLES + "nobody", "arn:aws:iam::999999999999:role/eks-node");

    // Then
    assertThat(seen.roles().get(ROLES + "nobody")).isEqualTo(Observation.known(Optional.empty()));
    assertThat(seen.roles().get("arn:aws:iam::999999999999:role/eks-node"))
        .isInstanceOf(Observation.Unknown.class);
  }

  @Test
  void aTrustPolicyIsNoLongerThanIamLetsIt() {
    // Given
    String many = "\"system:serviceaccount:billing:jobs\",".repeat(60);
    String longer =
        TRUST.replace(
            "\"system:serviceaccount:billing:jobs\"",
            "[" + many + "\"system:serviceaccount:billing:jobs\"]");

    // Then
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(
            () -> aws.iam().createRole(r -> r.roleName("full").assumeRolePolicyDocument(longer)));
    assertThatExceptionOfType(MalformedPolicyDocumentException.class)
        .isThrownBy(
            () -> aws.iam().createRole(r -> r.roleName("none").assumeRolePolicyDocument("{")));
  }

  private static RoleTrust trust(String arn) {
    Observation<Optional<RoleTrust>> seen = Objects.requireNonNull(look(arn).roles().get(arn));
    return seen.known().orElseThrow().orElseThrow();
  }
}
