package dev.hikkoshi.clusters.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.doctor.RoleTrust;
import dev.hikkoshi.environments.check.doctor.RoleTrust.Federated;
import dev.hikkoshi.environments.observed.Observation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustPoliciesTest {

  private static final String ISSUER = "oidc.eks.ap-northeast-1.amazonaws.com/id/ABC";
  private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;

  private static RoleTrust read(String policy) {
    String encoded = URLEncoder.encode(policy, StandardCharsets.UTF_8);
    return TrustPolicies.read(encoded).known().orElseThrow();
  }

  @Test
  void anIssuerWithItsSubjectsIsRead() {
    // When
    RoleTrust trust =
        read(
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
             "Condition": {"StringEquals": {"%s:sub": "system:serviceaccount:web:web",
                                            "%s:aud": "sts.amazonaws.com"},
                           "StringLike": {"%s:sub": ["system:serviceaccount:jobs:*"]}}}]}"""
                .formatted(PROVIDER, ISSUER, ISSUER, ISSUER));

    // Then
    assertThat(trust.issuers())
        .containsExactly(
            new Federated(
                "https://" + ISSUER,
                Optional.of(
                    List.of("system:serviceaccount:web:web", "system:serviceaccount:jobs:*"))));
    assertThat(trust.podIdentity()).isFalse();
  }

  @Test
  void oneStatementAndOneStringMayStandWhereListsMay() {
    // When
    RoleTrust trust =
        read(
            """
            {"Statement": {"Effect": "Allow", "Principal": {"Federated": ["%s"],
             "Service": "pods.eks.amazonaws.com"}, "Action": ["sts:AssumeRole"]}}"""
                .formatted(PROVIDER));

    // Then
    assertThat(trust.issuers())
        .containsExactly(new Federated("https://" + ISSUER, Optional.empty()));
    assertThat(trust.podIdentity()).isTrue();
  }

  @Test
  void whatIsDeniedOrOfOtherProvidersIsNoTrustOfPods() {
    // When
    RoleTrust trust =
        read(
            """
            {"Statement": [
              {"Effect": "Deny", "Principal": {"Federated": "%s"}},
              {"Effect": "Allow",
               "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.example"}},
              {"Effect": "Allow", "Principal": "*"}]}"""
                .formatted(PROVIDER));

    // Then
    assertThat(trust.issuers()).isEmpty();
    assertThat(trust.podIdentity()).isFalse();
  }

  @Test
  void whatIamCountsIsTheLengthWithoutWhiteSpace() {
    assertThat(read("{ \"Statement\" : [ ] }").length()).isEqualTo("{\"Statement\":[]}".length());
  }

  @Test
  void whatIsNoJsonIsUnknown() {
    assertThat(TrustPolicies.read("%7B")).isInstanceOf(Observation.Unknown.class);
  }
}
