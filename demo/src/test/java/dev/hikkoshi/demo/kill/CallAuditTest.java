package dev.hikkoshi.demo.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallAuditTest {

  private static final String HIKKOSHI = "arn:aws:sts::111122223333:assumed-role/hikkoshi/x";
  private static final String ARN =
      "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:targetgroup/%s/0123456789abcdef";

  private final List<JsonNode> log = new ArrayList<>();

  private void call(String operation, String principal, String parameters, boolean done) {
    log.add(
        new ObjectMapper()
            .createObjectNode()
            .put("seq", log.size() + 1)
            .put("operation", operation)
            .put("principal", principal)
            .put("parameters", parameters)
            .put("done", done));
  }

  private void registered(String cluster) {
    call(
        "RegisterTargets",
        "arn:aws:sts::111122223333:assumed-role/load-balancer-controller/" + cluster,
        "?Action=RegisterTargets&TargetGroupArn=" + ARN.formatted("k8s-web"),
        true);
  }

  private static String change(String action, String side, int weight) {
    return "<Change><Action>%s</Action><ResourceRecordSet><Name>www.example.com</Name><Type>A</Type><SetIdentifier>%s</SetIdentifier><Weight>%d</Weight></ResourceRecordSet></Change>"
        .formatted(action, side, weight);
  }

  private void batch(String... changes) {
    call("ChangeResourceRecordSets", HIKKOSHI, String.join("", changes), true);
  }

  private List<String> violations() {
    return new CallAudit(
            operation ->
                log.stream().filter(c -> c.path("operation").asText().equals(operation)).toList())
        .violations();
  }

  @Test
  void aMoveAsItShouldBeIsClean() {
    // Given
    registered("old");
    batch(change("CREATE", "old", 100));
    batch(change("CREATE", "new", 0));
    registered("new");
    // When
    batch(
        change("DELETE", "old", 100),
        change("DELETE", "new", 0),
        change("CREATE", "old", 0),
        change("CREATE", "new", 100));
    batch(change("DELETE", "old", 0));
    // Then
    assertThat(violations()).isEmpty();
  }

  @Test
  void allZeroIsFoundAlsoOverSeveralBatches() {
    // Given
    registered("old");
    batch(change("CREATE", "old", 100), change("CREATE", "new", 0));
    // When
    batch(change("DELETE", "old", 100));
    // Then
    assertThat(violations()).singleElement().asString().contains("all-zero");
  }

  @Test
  void weightBeforeReadyPodsIsFound() {
    // Given
    registered("old");
    // When
    batch(change("CREATE", "old", 99), change("CREATE", "new", 1));
    registered("new");
    // Then
    assertThat(violations()).singleElement().asString().contains("weight 1 to new");
  }

  @Test
  void rulesAreReadByTheTagsOfTheirGroups() {
    // Given
    registered("old");
    call(
        "CreateTargetGroup",
        HIKKOSHI,
        "?Action=CreateTargetGroup&Name=hk-new&Tags.member.1.Key=hikkoshi.dev/cluster&Tags.member.1.Value=new",
        true);
    call(
        "CreateTargetGroup",
        HIKKOSHI,
        "?Action=CreateTargetGroup&Name=hk-old&Tags.member.1.Key=hikkoshi.dev/cluster&Tags.member.1.Value=old",
        true);
    // When
    call("ModifyRule", HIKKOSHI, rule(99, 1), true);
    call("ModifyRule", HIKKOSHI, rule(0, 0), true);
    call("ModifyRule", HIKKOSHI, rule(0, 0), false);
    // Then
    assertThat(violations()).hasSize(2);
    assertThat(violations().getFirst()).contains("weight 1 to new");
    assertThat(violations().getLast()).contains("all-zero");
  }

  private static String rule(int old, int fresh) {
    String prefix = "&Actions.member.1.ForwardConfig.TargetGroups.member.";
    return "?Action=ModifyRule"
        + prefix
        + "1.TargetGroupArn="
        + ARN.formatted("hk-old")
        + prefix
        + "1.Weight="
        + old
        + prefix
        + "2.TargetGroupArn="
        + ARN.formatted("hk-new")
        + prefix
        + "2.Weight="
        + fresh;
  }

  @Test
  void clustersThatWereCreatedAreCountedByName() {
    // Given
    call(
        "CreateCluster",
        HIKKOSHI,
        "/clusters {\"name\":\"shop-1-36-1\",\"version\":\"1.36\"}",
        true);
    call(
        "CreateCluster",
        HIKKOSHI,
        "/clusters {\"name\":\"shop-1-36-1\",\"version\":\"1.36\"}",
        true);
    call(
        "CreateCluster",
        HIKKOSHI,
        "/clusters {\"name\":\"shop-1-37-2\",\"version\":\"1.37\"}",
        false);
    // When
    CallAudit audit = new CallAudit(_ -> log);
    // Then
    assertThat(audit.created()).containsExactly("shop-1-36-1");
  }
}
