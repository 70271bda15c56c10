package dev.hikkoshi.demo.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What the proofs judge by: each of these has to be able to say no. */
class JudgesTest {

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void readsAndTheLoadBalancerControllersWorkAreNoWrites() {
    // Given
    JsonNode calls =
        json(
            """
            [{"operation": "DescribeRules", "principal": "arn:aws:sts::1:assumed-role/hikkoshi/x"},
             {"operation": "AssumeRole", "principal": "arn:aws:sts::1:assumed-role/hikkoshi/x"},
             {"operation": "ListResourceRecordSets", "principal": "arn:aws:sts::1:assumed-role/traffic/x"},
             {"operation": "RegisterTargets",
              "principal": "arn:aws:sts::1:assumed-role/load-balancer-controller/shop-1-36-1"}]
            """);
    // Then
    assertThat(AwsWrites.among(calls)).isEmpty();
  }

  @Test
  void everyOtherCallIsAWriteAlsoOneThatWasRefused() {
    // Given
    JsonNode calls =
        json(
            """
            [{"operation": "ChangeResourceRecordSets", "principal": "p", "done": true},
             {"operation": "TagResource", "principal": "q", "done": false}]
            """);
    // Then
    assertThat(AwsWrites.among(calls))
        .containsExactly("ChangeResourceRecordSets by p", "TagResource by q");
  }

  @Test
  void passesOfOneEnvironmentAreCountedWhateverTheyEndedIn() {
    // Given
    String metrics =
        """
        # TYPE hikkoshi_passes_seconds summary
        hikkoshi_passes_seconds_count{environment="shop",state="busy",} 7.0
        hikkoshi_passes_seconds_count{environment="shop",state="waiting"} 1.2E2
        hikkoshi_passes_seconds_sum{environment="shop",state="busy"} 3.5
        hikkoshi_passes_seconds_count{environment="broken",state="undefined"} 900.0
        """;
    // Then
    assertThat(Passes.in(metrics, "shop")).isEqualTo(127);
    assertThat(Passes.in(metrics, "nobody")).isZero();
  }

  @Test
  void aViewInWhichAllIsWellHasNoTrouble() {
    // Given
    JsonNode view =
        json(
            """
            {"problems": [], "releases": [], "holds": [],
             "checks": [{"name": "account", "subject": "shop", "verdict": "pass", "evidence": "1"}]}
            """);
    // Then
    assertThat(Trouble.in(view)).isEmpty();
  }

  @Test
  void troubleIsToldWithItsPlace() {
    // Given
    JsonNode view =
        json(
            """
            {"problems": ["commit 1: shop/environment.yaml:4:3: no"],
             "releases": [{"cluster": "c", "release": "api/api", "problem": "ErrImagePull"}],
             "holds": [{"reason": "foreign-write", "subject": "web", "text": "weights"}],
             "checks": [{"name": "mixed-change", "subject": "shop", "verdict": "fail", "evidence": "split"}]}
            """);
    // Then
    assertThat(Trouble.in(view))
        .containsExactly(
            "commit 1: shop/environment.yaml:4:3: no",
            "c api/api: ErrImagePull",
            "mixed-change shop: split",
            "hold foreign-write web: weights");
  }

  @Test
  void aBadCommitIsNotToldByTroubleOfAnotherKind() {
    // Given
    JsonNode elsewhere = json("{\"problems\": [\"shop/helmfile.yaml:4:3: no release is named\"]}");
    // Then
    assertThat(BadCommit.all())
        .hasSize(6)
        .allSatisfy(bad -> assertThat(bad.toldBy(elsewhere)).isEmpty());
  }
}
