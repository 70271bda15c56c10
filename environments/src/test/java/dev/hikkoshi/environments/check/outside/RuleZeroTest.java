package dev.hikkoshi.environments.check.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Outside.As;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What settles a finding, and what does not. */
class RuleZeroTest {

  private static final String CLOSE_DAY =
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: close-day, namespace: web}
      spec: {schedule: "0 1 * * *"}
      """;
  private static final String PATH = "batch/v1/CronJob/web/close-day";

  private static final String EXTERNAL_DNS =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: external-dns, namespace: kube-system}
      spec:
        template:
          spec:
            containers:
              - image: registry.k8s.io/external-dns/external-dns:v0.20.0
                args: [--source=ingress, --policy=upsert-only, --txt-owner-id=shop]
      """;

  private static List<Finding> findings(String yaml, Outside... words) {
    Rendering here = Rendered.of(yaml);
    return RuleZero.findings(here, Map.of("shop-1-36-1", here), Set.of(), List.of(words));
  }

  private static Outside object(As as) {
    return new Outside.OfObject(PATH, as, "x");
  }

  @Test
  void aWordForTheObjectOrItsReleaseSettlesIt() {
    assertThat(findings(CLOSE_DAY)).hasSize(1);
    assertThat(findings(CLOSE_DAY, object(As.SERVING_ONLY))).isEmpty();
    assertThat(findings(CLOSE_DAY, new Outside.OfRelease(Rendered.RELEASE, As.SERVING_ONLY, "x")))
        .isEmpty();
    assertThat(
            findings(CLOSE_DAY, new Outside.OfObject(PATH + "s", As.SERVING_ONLY, "another one")))
        .hasSize(1);
  }

  @Test
  void aWordThatCannotBeTrueOfItSettlesNothingAndIsNamed() {
    // When
    List<Finding> findings = findings(CLOSE_DAY, object(As.DISPOSABLE));

    // Then
    assertThat(findings)
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("disposable does not settle it"));
  }

  @Test
  void onlyAWordForTheObjectItselfIsCalledUnfit() {
    // Given
    Outside another = new Outside.OfObject(PATH + "s", As.DISPOSABLE, "another one");
    Outside release = new Outside.OfRelease(Rendered.RELEASE, As.DISPOSABLE, "its volumes");

    // Then
    assertThat(findings(CLOSE_DAY, another, release))
        .singleElement()
        .satisfies(f -> assertThat(f.said()).isEmpty());
  }

  @Test
  void onlyWordsThatCanBeTrueOfTheObjectAreProposed() {
    // Given: DaemonSets cannot be paused, CronJobs can.
    String daemons =
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: it, namespace: web}
        spec: {template: {spec: {containers: [{image: it, env: [{name: KAFKA_TOPIC, value: a}]}]}}}
        """;

    // Then
    assertThat(findings(daemons).getFirst().settledBy())
        .containsExactly(As.SHARED, As.PER_CLUSTER, As.HARMLESS);
    assertThat(findings(CLOSE_DAY).getFirst().settledBy())
        .containsExactly(As.SERVING_ONLY, As.SHARED, As.PER_CLUSTER, As.HARMLESS);
  }

  @Test
  void findingsAreInOrderOfTheirKind() {
    // Given: a schedule before a name.
    String name =
        """
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: it
          namespace: web
          annotations: {external-dns.alpha.kubernetes.io/hostname: a.example.com}
        """;

    // Then
    assertThat(findings(CLOSE_DAY + name))
        .extracting(Finding::kind)
        .containsExactly(EffectKind.DNS_NAME, EffectKind.SCHEDULE);
  }

  @Test
  void theLineToWriteIsLiteral() {
    assertThat(findings(CLOSE_DAY).getFirst().line())
        .contains("- {object: batch/v1/CronJob/web/close-day, as: serving-only, reason: \"\"}");
  }

  @Test
  void anOwnerIdThatBothClustersHaveIsNotPerClusterWhateverIsSaid() {
    // Given
    Outside word = new Outside.OfRelease(Rendered.RELEASE, As.PER_CLUSTER, "owner is the cluster");

    // When
    List<Finding> same = findings(EXTERNAL_DNS, word);
    List<Finding> different =
        RuleZero.findings(
            Rendered.of(EXTERNAL_DNS.replace("owner-id=shop", "owner-id=shop-1-37-2")),
            Map.of("shop-1-36-1", Rendered.of(EXTERNAL_DNS)),
            Set.of(),
            List.of());

    // Then
    assertThat(same).extracting(Finding::kind).containsExactly(EffectKind.DNS_OWNER);
    assertThat(same.getFirst().effect()).contains("is also claimed in shop-1-36-1");
    assertThat(different).isEmpty();
  }

  @Test
  void aClaimOfOneClusterAloneIsNoFinding() {
    assertThat(RuleZero.findings(Rendered.of(EXTERNAL_DNS), Map.of(), Set.of(), List.of()))
        .isEmpty();
  }

  @Test
  void whatIsPausedOnTheOtherSideNeedsAKindThatCanBePaused() {
    // Given
    String volume =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: web}
        """;
    Outside servingOnly =
        new Outside.OfObject("v1/PersistentVolumeClaim/web/data", As.SERVING_ONLY, "x");
    Outside external = new Outside.OfObject("v1/PersistentVolumeClaim/web/data", As.EXTERNAL, "x");

    // When, Then
    assertThat(findings(volume, servingOnly)).hasSize(1);
    assertThat(findings(volume, external)).isEmpty();
  }

  @Test
  void aWordThatIsAboutNothingIsTold() {
    // Given
    Outside gone = new Outside.OfObject("batch/v1/CronJob/web/gone", As.HARMLESS, "x");

    // When
    List<Outside> unused =
        RuleZero.unused(Rendered.of(CLOSE_DAY), List.of(object(As.SERVING_ONLY), gone));

    // Then
    assertThat(unused).containsExactly(gone);
  }

  @Test
  void aWordForAReleaseThatIsNotRenderedIsTold() {
    // Given
    Outside there = new Outside.OfRelease(Rendered.RELEASE, As.SERVING_ONLY, "x");
    Outside gone = new Outside.OfRelease(new ReleaseId("web", "gone"), As.SERVING_ONLY, "x");

    // When
    List<Outside> unused = RuleZero.unused(Rendered.of(CLOSE_DAY), List.of(there, gone));

    // Then
    assertThat(unused).containsExactly(gone);
  }

  @Test
  void theSentenceOfManyFindingsIsShort() {
    // Given
    StringBuilder yaml = new StringBuilder(CLOSE_DAY);
    for (int i = 0; i < 100; i++) {
      yaml.append("---\n").append(CLOSE_DAY.replace("close-day", "close-day-" + i));
    }

    // When
    String words = OutsideWords.of(findings(yaml.toString()));

    // Then
    assertThat(words).contains("and 96 more").contains("as: serving-only").hasSizeLessThan(1_000);
  }

  @Test
  void theDocumentListsEveryKindAsItIs() throws IOException {
    String document = Files.readString(Path.of("../docs/outside.md"));
    for (EffectKind kind : EffectKind.values()) {
      String words =
          kind.settledBy().stream()
              .map(as -> "`" + as.word() + "`")
              .collect(Collectors.joining(", "));
      assertThat(document)
          .contains(
              "| `%s` | %s | %s | %s |".formatted(kind.word(), kind.why(), kind.instead(), words));
    }
  }

  @Test
  void everyKindSaysWhyWhatInsteadAndWhichWordSettlesIt() {
    for (EffectKind kind : EffectKind.values()) {
      assertThat(kind.why()).as(kind.word()).isNotBlank();
      assertThat(kind.instead()).as(kind.word()).isNotBlank();
      assertThat(kind.settledBy()).as(kind.word()).isNotEmpty();
    }
  }
}
