package dev.hikkoshi.sandbox.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.ManualTime;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.iam.Roles;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.sandbox.state.FileStateStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EksServiceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROLE = "arn:aws:iam::111122223333:role/hikkoshi";
  private static final String CREATE =
      """
      {"name": "shop-1", "version": "1.36", "roleArn": "arn:aws:iam::111122223333:role/eks-cluster",
       "resourcesVpcConfig": {"subnetIds": ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]},
       "accessConfig": {"authenticationMode": "API"}, "clientRequestToken": "t1",
       "tags": {"owner": "hikkoshi"}}
      """;
  private static final String GROUP =
      """
      {"nodegroupName": "main", "nodeRole": "arn:aws:iam::111122223333:role/eks-node",
       "subnets": ["subnet-0a1b2c3d4e5f60001"], "instanceTypes": ["m6i.large"],
       "scalingConfig": {"minSize": 1, "maxSize": 4, "desiredSize": 2}, "clientRequestToken": "g1"}
      """;

  @TempDir Path directory;
  private final ManualTime time = new ManualTime();
  private final FakeControlPlanes planes = new FakeControlPlanes();
  private EksService eks;

  @BeforeEach
  void open() {
    eks = restarted();
  }

  private EksService restarted() {
    FileStateStore state = new FileStateStore(directory);
    EksService service =
        new EksService(
            new EksService.Ground(
                state,
                planes,
                time,
                time,
                Physics.aws(),
                Network.seed("ap-northeast-1"),
                Roles.seed("111122223333"),
                new Versions(state, time),
                "ap-northeast-1",
                "111122223333"));
    service.resume();
    return service;
  }

  @Test
  void aClusterIsCreatingAsLongAsThePhysicsSay() {
    JsonNode made = call("POST", "/clusters", CREATE).path("cluster");
    assertThat(made.path("status").asText()).isEqualTo("CREATING");
    assertThat(made.has("endpoint")).isFalse();
    assertThat(made.path("createdAt").isNumber()).isTrue();

    time.advance(Duration.ofMinutes(7));
    assertThat(status("shop-1")).isEqualTo("CREATING");
    assertThat(cluster("shop-1").path("endpoint").asText()).startsWith("https://127.0.0.1:");
    time.advance(Duration.ofMinutes(1));
    assertThat(status("shop-1")).isEqualTo("ACTIVE");
  }

  @Test
  void aKeyForSecretsIsKeptAndAnswered() {
    // Given
    String key = "arn:aws:kms:ap-northeast-1:444455556666:key/mrk-1";
    String create = encrypted(key, "secrets");

    // When
    active(create);

    // Then
    assertThat(cluster("shop-1").path("encryptionConfig").toString())
        .isEqualTo("[{\"resources\":[\"secrets\"],\"provider\":{\"keyArn\":\"" + key + "\"}}]");
    assertThat(restarted().states()).hasSize(1);
    assertThat(cluster("shop-1").at("/encryptionConfig/0/provider/keyArn").asText()).isEqualTo(key);
  }

  @Test
  void aClusterWithoutAKeyHasNoEncryptionConfig() {
    active(CREATE);

    assertThat(cluster("shop-1").has("encryptionConfig")).isFalse();
  }

  @Test
  void refusesKeysThatEksRefuses() {
    String here = "arn:aws:kms:ap-northeast-1:111122223333:key/1";
    for (String create :
        List.of(
            encrypted(here, "configmaps"),
            encrypted(here.replace("northeast", "southeast"), "secrets"),
            encrypted("arn:aws:iam::111122223333:role/eks-node", "secrets"))) {
      assertRefused("POST", "/clusters", create, "InvalidParameterException");
    }
  }

  private static String encrypted(String key, String resource) {
    String config =
        "\"encryptionConfig\": [{\"resources\": [\"%s\"], \"provider\": {\"keyArn\": \"%s\"}}]"
            .formatted(resource, key);
    return CREATE.replace("\"tags\"", config + ", \"tags\"");
  }

  @Test
  void aClusterWhoseProcessesDoNotStartFails() {
    planes.failure = "no binary";
    call("POST", "/clusters", CREATE);
    time.advance(Duration.ofMinutes(10));

    assertThat(status("shop-1")).isEqualTo("FAILED");
    assertThat(cluster("shop-1").at("/health/issues/0/message").asText()).isEqualTo("no binary");
  }

  @Test
  void theSameTokenAnswersTheSameCluster() {
    String first = call("POST", "/clusters", CREATE).at("/cluster/arn").asText();
    time.advance(Duration.ofSeconds(30));
    JsonNode second = call("POST", "/clusters", CREATE).path("cluster");

    assertThat(second.path("arn").asText()).isEqualTo(first);
    assertThat(eks.states()).hasSize(1);
  }

  @Test
  void theSameNameWithAnotherTokenIsInUse() {
    call("POST", "/clusters", CREATE);

    assertRefused("POST", "/clusters", CREATE.replace("t1", "t2"), "ResourceInUseException");
  }

  @Test
  void refusesWhatAwsRefuses() {
    assertRefused(
        "POST", "/clusters", CREATE.replace("\"1.36\"", "\"9.99\""), "InvalidParameterException");
    assertRefused(
        "POST", "/clusters", CREATE.replace("shop-1\"", "-shop\""), "InvalidParameterException");
    assertRefused(
        "POST",
        "/clusters",
        CREATE.replace(", \"subnet-0a1b2c3d4e5f60002\"", ""),
        "InvalidParameterException");
    assertRefused(
        "POST", "/clusters", CREATE.replace("eks-cluster", "none"), "InvalidParameterException");
    assertRefused(
        "POST",
        "/clusters",
        CREATE.replace("\"tags\"", "\"computeConfig\": {}, \"tags\""),
        "InvalidParameterException");
    assertRefused("GET", "/clusters/none", "", "ResourceNotFoundException");
    assertRefused("POST", "/clusters", "{", "InvalidParameterException");
  }

  @Test
  void deletionProtectionHolds() {
    active(CREATE.replace("\"tags\"", "\"deletionProtection\": true, \"tags\""));
    assertRefused("DELETE", "/clusters/shop-1", "", "InvalidRequestException");

    JsonNode update =
        call("POST", "/clusters/shop-1/update-config", "{\"deletionProtection\": false}")
            .path("update");
    assertThat(update.path("type").asText()).isEqualTo("DeletionProtectionUpdate");
    assertThat(status("shop-1")).isEqualTo("UPDATING");
    assertRefused("DELETE", "/clusters/shop-1", "", "ResourceInUseException");
    time.advance(Duration.ofMinutes(1));
    String id = update.path("id").asText();
    assertThat(call("GET", "/clusters/shop-1/updates/" + id, "").at("/update/status").asText())
        .isEqualTo("Successful");

    call("DELETE", "/clusters/shop-1", "");
    assertThat(status("shop-1")).isEqualTo("DELETING");
    time.advance(Duration.ofMinutes(3));
    assertRefused("GET", "/clusters/shop-1", "", "ResourceNotFoundException");
    assertThat(planes.planes).isEmpty();
  }

  @Test
  void anUpdateAsksForOneThingThatDiffers() {
    active(CREATE);

    assertRefused(
        "POST",
        "/clusters/shop-1/update-config",
        "{\"deletionProtection\": false}",
        "InvalidParameterException");
    assertRefused(
        "POST",
        "/clusters/shop-1/update-config",
        "{\"deletionProtection\": true, \"upgradePolicy\": {\"supportType\": \"STANDARD\"}}",
        "InvalidParameterException");
  }

  @Test
  void aClusterWithNodeGroupsIsInUse() {
    active(CREATE);
    call("POST", "/clusters/shop-1/node-groups", GROUP);
    time.advance(Duration.ofMinutes(3));

    assertRefused("DELETE", "/clusters/shop-1", "", "ResourceInUseException");
  }

  @Test
  void nodeGroupsAreMadeScaledAndDeleted() {
    active(CREATE);
    call("POST", "/clusters/shop-1/node-groups", GROUP);
    time.runDue();
    assertThat(group().path("status").asText()).isEqualTo("CREATING");
    assertThat(planes.nodes).containsEntry("shop-1/main", 2);
    time.advance(Duration.ofMinutes(3));
    assertThat(group().path("status").asText()).isEqualTo("ACTIVE");

    String scale = "{\"scalingConfig\": {\"desiredSize\": 4}}";
    String id =
        call("POST", "/clusters/shop-1/node-groups/main/update-config", scale)
            .at("/update/id")
            .asText();
    assertRefused(
        "POST", "/clusters/shop-1/node-groups/main/update-config", scale, "ResourceInUseException");
    time.advance(Duration.ofMinutes(1));
    assertThat(planes.nodes).containsEntry("shop-1/main", 4);
    assertThat(
            call("GET", "/clusters/shop-1/updates/" + id + "?nodegroupName=main", "")
                .at("/update/status")
                .asText())
        .isEqualTo("Successful");

    call("DELETE", "/clusters/shop-1/node-groups/main", "");
    time.advance(Duration.ofMinutes(3));
    assertThat(planes.nodes).containsEntry("shop-1/main", 0);
    assertThat(call("GET", "/clusters/shop-1/node-groups", "").path("nodegroups")).isEmpty();
  }

  @Test
  void aLaunchTemplateIsKeptAtTheNumberOfItsVersion() {
    // Given
    active(CREATE);

    // When
    call("POST", "/clusters/shop-1/node-groups", templated("$Latest", ""));

    // Then
    assertThat(group().path("launchTemplate").toString())
        .isEqualTo("{\"id\":\"lt-0a1b2c3d4e5f60001\",\"version\":\"1\"}");
    assertThat(group().has("diskSize")).isFalse();
    assertRefused(
        "POST",
        "/clusters/shop-1/node-groups",
        templated("3", "\"diskSize\": 80, ").replace("\"main\"", "\"other\""),
        "InvalidParameterException");
  }

  private static String templated(String version, String more) {
    String template =
        "\"launchTemplate\": {\"id\": \"lt-0a1b2c3d4e5f60001\", \"version\": \"%s\"}, %s"
            .formatted(version, more);
    return GROUP.replace("\"clientRequestToken\"", template + "\"clientRequestToken\"");
  }

  @Test
  void whatAnApiServerDidNotAnswerIsAskedAgain() {
    // Given
    active(CREATE);
    call("POST", "/clusters/shop-1/node-groups", GROUP);
    time.advance(Duration.ofMinutes(5));

    // When, Then: a group that is scaled
    planes.silent = 3;
    call(
        "POST",
        "/clusters/shop-1/node-groups/main/update-config",
        "{\"scalingConfig\": {\"minSize\": 1, \"maxSize\": 4, \"desiredSize\": 3}}");
    time.advance(Duration.ofMinutes(5));
    assertThat(planes.nodes).containsEntry("shop-1/main", 3);
    assertThat(group().path("status").asText()).isEqualTo("ACTIVE");

    // When, Then: one that goes
    planes.silent = 3;
    call("DELETE", "/clusters/shop-1/node-groups/main", "");
    time.advance(Duration.ofMinutes(20));
    assertThat(call("GET", "/clusters/shop-1/node-groups", "").path("nodegroups")).isEmpty();

    // When, Then: the cluster
    planes.silent = 3;
    call("DELETE", "/clusters/shop-1", "");
    time.advance(Duration.ofMinutes(20));
    assertThat(planes.planes).isEmpty();
    assertThat(call("GET", "/clusters", "").path("clusters")).isEmpty();
  }

  @Test
  void refusesNodeGroupsThatDoNotFit() {
    active(CREATE);

    assertRefused(
        "POST",
        "/clusters/shop-1/node-groups",
        GROUP.replace("\"desiredSize\": 2", "\"desiredSize\": 9"),
        "InvalidParameterException");
    assertRefused(
        "POST",
        "/clusters/shop-1/node-groups",
        GROUP.replace("m6i.large", "m6i.nano"),
        "InvalidParameterException");
    assertRefused(
        "POST",
        "/clusters/shop-1/node-groups",
        GROUP.replace("\"clientRequestToken\"", "\"version\": \"1.37\", \"clientRequestToken\""),
        "InvalidParameterException");
  }

  @Test
  void whatWasUnderWayGoesOnAfterARestart() {
    call("POST", "/clusters", CREATE);
    ManualTime later = time;
    eks = restarted();
    later.advance(Duration.ofMinutes(8));

    assertThat(status("shop-1")).isEqualTo("ACTIVE");
    assertThat(cluster("shop-1").at("/tags/owner").asText()).isEqualTo("hikkoshi");
  }

  @Test
  void theCreatorIsAdminAndOthersAreNot() {
    active(CREATE);

    assertThat(eks.users().user("shop-1", session("hikkoshi")).orElseThrow().groups())
        .containsExactly("eks-access-policy:AmazonEKSClusterAdminPolicy");
    assertThat(eks.users().user("shop-1", session("traffic"))).isEmpty();
  }

  @Test
  void accessEntriesGiveGroupsAndPolicies() {
    active(CREATE);
    String traffic = "arn:aws:iam::111122223333:role/traffic";
    String path =
        "/clusters/shop-1/access-entries/" + URLEncoder.encode(traffic, StandardCharsets.UTF_8);
    call(
        "POST",
        "/clusters/shop-1/access-entries",
        "{\"principalArn\": \"%s\", \"kubernetesGroups\": [\"readers\"]}".formatted(traffic));
    call(
        "POST",
        path + "/access-policies",
        """
        {"policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
         "accessScope": {"type": "cluster"}}
        """);

    assertThat(eks.users().user("shop-1", session("traffic")).orElseThrow().groups())
        .containsExactly("readers", "eks-access-policy:AmazonEKSViewPolicy");
    assertThat(call("GET", path + "/access-policies", "").path("associatedAccessPolicies"))
        .hasSize(1);
    call("DELETE", path, "");
    assertThat(eks.users().user("shop-1", session("traffic"))).isEmpty();
  }

  @Test
  void aServiceAccountHasOneRoleAndTheListIsBehind() {
    active(CREATE);
    String path = "/clusters/shop-1/pod-identity-associations";
    String web =
        """
        {"namespace": "web", "serviceAccount": "web", "tags": {"app": "web"},
         "roleArn": "arn:aws:iam::111122223333:role/traffic"}
        """;
    String id = call("POST", path, web).at("/association/associationId").asText();

    assertThat(call("GET", path, "").path("associations")).isEmpty();
    assertRefused("POST", path, web, "ResourceInUseException");
    time.advance(Duration.ofSeconds(5));
    assertThat(call("GET", path, "").at("/associations/0/associationId").asText()).isEqualTo(id);
    assertThat(call("GET", path, "").at("/associations/0").has("roleArn")).isFalse();

    call("POST", path + "/" + id, "{\"roleArn\": \"arn:aws:iam::111122223333:role/eks-node\"}");
    assertThat(call("GET", path + "/" + id, "").at("/association/roleArn").asText())
        .isEqualTo("arn:aws:iam::111122223333:role/eks-node");

    call("DELETE", path + "/" + id, "");
    assertRefused("DELETE", path + "/" + id, "", "ResourceNotFoundException");
    assertRefused("POST", path, web.replace("traffic", "nobody"), "InvalidParameterException");
  }

  @Test
  void accessEntriesNeedTheirMode() {
    active(CREATE.replace("\"API\"", "\"CONFIG_MAP\""));

    assertRefused(
        "POST",
        "/clusters/shop-1/access-entries",
        "{\"principalArn\": \"" + ROLE + "\"}",
        "InvalidRequestException");
    assertThat(eks.users().user("shop-1", session("hikkoshi")).orElseThrow().groups())
        .containsExactly("system:masters");
  }

  @Test
  void coreDnsIsDegradedUntilThereAreNodes() {
    active(CREATE);
    call("POST", "/clusters/shop-1/addons", "{\"addonName\": \"coredns\"}");
    time.advance(Duration.ofMinutes(1));
    assertThat(call("GET", "/clusters/shop-1/addons/coredns", "").at("/addon/status").asText())
        .isEqualTo("DEGRADED");

    call("POST", "/clusters/shop-1/node-groups", GROUP);
    time.advance(Duration.ofMinutes(3));
    assertThat(call("GET", "/clusters/shop-1/addons/coredns", "").at("/addon/status").asText())
        .isEqualTo("ACTIVE");
  }

  @Test
  void listsInPages() {
    for (String name : List.of("a", "b", "c")) {
      call("POST", "/clusters", CREATE.replace("shop-1\"", name + "\""));
    }
    JsonNode first = call("GET", "/clusters?maxResults=2", "");
    JsonNode second =
        call("GET", "/clusters?maxResults=2&nextToken=" + first.path("nextToken").asText(), "");

    assertThat(first.path("clusters").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(second.path("clusters").toString()).isEqualTo("[\"c\"]");
    assertThat(second.has("nextToken")).isFalse();
  }

  @Test
  void tagsWhatHasAnArn() {
    active(CREATE);
    String arn = "arn:aws:eks:ap-northeast-1:111122223333:cluster/shop-1";
    String path = "/tags/" + URLEncoder.encode(arn, StandardCharsets.UTF_8);
    call("POST", path, "{\"tags\": {\"step\": \"5\"}}");
    call("DELETE", path + "?tagKeys=owner", "");

    assertThat(call("GET", path, "").path("tags").toString()).isEqualTo("{\"step\":\"5\"}");
    assertRefused("GET", path + "x", "", "NotFoundException");
  }

  @Test
  void supportFollowsTheCalendar() {
    assertThat(standard()).containsExactly("1.37", "1.36", "1.35", "1.34");
    time.advance(Duration.ofDays(9));
    assertThat(standard()).containsExactly("1.37", "1.36", "1.35");
  }

  private List<String> standard() {
    return JSON
        .convertValue(
            call("GET", "/cluster-versions?versionStatus=STANDARD_SUPPORT", "")
                .path("clusterVersions")
                .findValuesAsText("clusterVersion"),
            List.class)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private static String session(String role) {
    return "arn:aws:sts::111122223333:assumed-role/" + role + "/x";
  }

  private void active(String body) {
    call("POST", "/clusters", body);
    time.advance(Duration.ofMinutes(8));
  }

  private JsonNode cluster(String name) {
    return call("GET", "/clusters/" + name, "").path("cluster");
  }

  private String status(String name) {
    return cluster(name).path("status").asText();
  }

  private JsonNode group() {
    return call("GET", "/clusters/shop-1/node-groups/main", "").path("nodegroup");
  }

  private void assertRefused(String method, String path, String body, String code) {
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> call(method, path, body))
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private JsonNode call(String method, String pathAndQuery, String body) {
    int mark = pathAndQuery.indexOf('?');
    String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    Map<String, List<String>> query = new java.util.HashMap<>();
    if (mark >= 0) {
      for (String pair : pathAndQuery.substring(mark + 1).split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], List.of(parts[1]));
      }
    }
    AwsRequest request =
        new AwsRequest(
            "id",
            new AwsRequest.Principal(session("hikkoshi"), "AROA:x"),
            "eks",
            "ap-northeast-1",
            method,
            path,
            query,
            Map.of(),
            body.getBytes(StandardCharsets.UTF_8));
    byte[] answer = eks.handle(request, eks.operation(request)).body();
    try {
      return JSON.readTree(new String(answer, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
