package dev.hikkoshi.controller.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.clusters.rights.AwsRight;
import dev.hikkoshi.clusters.rights.AwsRights;
import dev.hikkoshi.clusters.rights.IamPolicy;
import dev.hikkoshi.clusters.rights.KubeRights;
import dev.hikkoshi.environments.desired.Desired.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Policies and manifests under {@code docs/rights} and {@code deploy/rbac} are made of the tables;
 * {@code -Dgolden.write=true} writes them anew.
 */
class PublishedRightsTest {

  private static final Path ROOT = Path.of(System.getProperty("hikkoshi.root"));
  private static final IamPolicy.Place ANYWHERE =
      new IamPolicy.Place("*", "*", List.of(), List.of(), List.of());

  private static Map<Path, String> wanted() {
    Map<Path, String> files = new TreeMap<>();
    Path policies = ROOT.resolve("docs/rights");
    Path manifests = ROOT.resolve("deploy/rbac");
    for (Mode mode : Mode.values()) {
      String word = mode.name().toLowerCase(Locale.ROOT);
      files.put(policies.resolve("iam-" + word + ".json"), IamPolicy.controller(mode, ANYWHERE));
      files.put(policies.resolve("traffic-" + word + ".json"), IamPolicy.traffic(mode, ANYWHERE));
      files.put(manifests.resolve("cluster-" + word + ".yaml"), KubeRights.target(mode));
    }
    files.put(manifests.resolve("management.yaml"), KubeRights.management("hikkoshi"));
    files.put(manifests.resolve("people.yaml"), KubeRights.people("hikkoshi"));
    return files;
  }

  @Test
  void whatIsPublishedIsWhatTheTablesSay() throws IOException {
    for (Map.Entry<Path, String> file : wanted().entrySet()) {
      if (Boolean.getBoolean("golden.write")) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
      assertThat(file.getKey()).hasContent(file.getValue());
    }
  }

  @Test
  void nothingElseIsPublishedBesideIt() throws IOException {
    for (String folder : List.of("docs/rights", "deploy/rbac")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        assertThat(files.filter(f -> !f.toString().endsWith(".md"))).isSubsetOf(wanted().keySet());
      }
    }
  }

  @Test
  void aKeyIsGrantedOnlyWhereItIsNamedAndOnlyToAct() {
    // Given
    String key = "arn:aws:kms:ap-northeast-1:111122223333:key/1";
    IamPolicy.Place place = new IamPolicy.Place("*", "*", List.of(), List.of(key), List.of());

    // Then
    assertThat(IamPolicy.controller(Mode.ACT, ANYWHERE)).doesNotContain("kms:");
    assertThat(IamPolicy.controller(Mode.ACT, place)).contains("kms:CreateGrant", key);
    assertThat(IamPolicy.controller(Mode.PLAN, place)).doesNotContain("kms:");
    assertThat(IamPolicy.traffic(Mode.ACT, place)).doesNotContain("kms:");
  }

  @Test
  void instancesAreLaunchedOnlyOfTemplatesThatAreNamedAndOnlyToAct() throws IOException {
    // Given
    IamPolicy.Place place =
        new IamPolicy.Place(
            "ap-northeast-1", "111122223333", List.of(), List.of(), List.of("lt-1", "lt-2"));

    // When
    JsonNode policy = new ObjectMapper().readTree(IamPolicy.controller(Mode.ACT, place));

    // Then
    assertThat(policy.path("Statement"))
        .filteredOn(s -> s.path("Action").toString().contains("ec2:RunInstances"))
        .singleElement()
        .satisfies(
            s ->
                assertThat(s.at("/Condition/ArnLike/ec2:LaunchTemplate").toString())
                    .contains(
                        "arn:aws:ec2:ap-northeast-1:111122223333:launch-template/lt-1",
                        "arn:aws:ec2:ap-northeast-1:111122223333:launch-template/lt-2"));
    assertThat(IamPolicy.controller(Mode.ACT, ANYWHERE)).doesNotContain("LaunchTemplate");
    assertThat(IamPolicy.controller(Mode.PLAN, place)).doesNotContain("LaunchTemplate");
  }

  @Test
  void everyRightOfAModeIsInItsPolicyAndNoOther() throws IOException {
    IamPolicy.Place place =
        new IamPolicy.Place(
            "ap-northeast-1",
            "111122223333",
            List.of("arn:aws:iam::444455556666:role/traffic"),
            List.of("arn:aws:kms:ap-northeast-1:111122223333:key/1"),
            List.of("lt-1"));
    for (Mode mode : Mode.values()) {
      // When
      JsonNode policy = new ObjectMapper().readTree(IamPolicy.controller(mode, place));

      // Then
      Set<String> allowed = new TreeSet<>();
      for (JsonNode statement : policy.path("Statement")) {
        assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
        assertThat(statement.path("Sid").asText()).matches("[A-Za-z]+");
        assertThat(statement.path("Resource")).isNotEmpty();
        statement.path("Action").forEach(action -> allowed.add(action.asText()));
      }
      assertThat(allowed)
          .containsExactlyInAnyOrderElementsOf(
              AwsRights.of(mode).stream().map(AwsRight::action).toList())
          .noneMatch(action -> action.contains("*"));
    }
  }
}
