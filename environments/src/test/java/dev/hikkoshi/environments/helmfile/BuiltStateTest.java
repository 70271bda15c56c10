package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code helmfile build} printed for the same files (the first is of its own test data). */
class BuiltStateTest {

  private static Map<String, Object> yaml(String text) {
    Problems problems = new Problems();
    Node node = Yaml.one("expected", text, 0, problems).orElseThrow();
    return PlainValues.map().read(node, problems).orElseThrow();
  }

  @Test
  void releasesAreWrittenAsHelmfileWritesThem() {
    // When
    var built =
        StateTree.empty()
            .with(
                "input.yaml",
                """
                repositories: [{name: aservo, url: https://aservo.github.io/charts}]
                environments: {default: }

                ---

                templates:
                  defaults: &defaults
                    name: "{{ .Environment.Name }}-{{ .Release.Labels.service }}"
                    namespace: "{{ .Environment.Name }}"
                releases:
                - {chart: aservo/util, version: 0.0.1, labels: {service: shared-resources}, <<: *defaults}
                - chart: aservo/util
                  version: 0.0.1
                  labels: {service: release-resources}
                  <<: *defaults
                  needs: ["{{ .Release.Namespace }}-shared-resources"]
                """)
            .at("input.yaml")
            .built();

    // Then
    assertThat(built)
        .singleElement()
        .isEqualTo(
            yaml(
                """
                filepath: input.yaml
                helmBinary: helm
                kustomizeBinary: kustomize
                environments:
                  default: {}
                repositories:
                  - name: aservo
                    url: https://aservo.github.io/charts
                releases:
                  - chart: aservo/util
                    version: 0.0.1
                    name: default-shared-resources
                    namespace: default
                    labels:
                      chart: util
                      name: default-shared-resources
                      namespace: default
                      service: shared-resources
                  - chart: aservo/util
                    version: 0.0.1
                    needs:
                      - default/default-shared-resources
                    name: default-release-resources
                    namespace: default
                    labels:
                      chart: util
                      name: default-release-resources
                      namespace: default
                      service: release-resources
                templates:
                  defaults:
                    name: "{{ .Environment.Name }}-{{ .Release.Labels.service }}"
                    namespace: "{{ .Environment.Name }}"
                renderedvalues: {}
                """));
  }

  @Test
  void zeroValuesAreLeftOutUnlessHelmfileHasThemBehindAPointer() {
    // When
    var built =
        StateTree.of(
                """
                helmDefaults: {wait: yes, historyMax: 0, cleanupOnFail: false}
                releases:
                - name: a
                  chart: ./web
                  version: ""
                  wait: false
                  installed: null
                  valuesTemplate: [{n: "{{ .Release.Name }}"}]
                  values: [x.yaml]
                  setTemplate: [{name: s, value: "{{ .Release.Name }}"}]
                  set: [{name: t, value: 1}]
                """)
            .built();

    // Then
    assertThat(built)
        .singleElement()
        .isEqualTo(
            yaml(
                """
                filepath: helmfile.yaml
                helmBinary: helm
                kustomizeBinary: kustomize
                helmDefaults:
                  verify: false
                  enableDNS: false
                  devel: false
                  wait: true
                  waitRetries: 0
                  waitForJobs: false
                  timeout: 0
                  recreatePods: false
                  force: false
                  atomic: false
                  rollbackOnFailure: false
                  forceConflicts: false
                  historyMax: 0
                  skipDeps: false
                  skipRefresh: false
                  reuseValues: false
                releases:
                  - chart: ./web
                    wait: false
                    name: a
                    labels: {chart: web, name: a, namespace: ""}
                    values: [{n: a}, x.yaml]
                    set: [{name: s, value: a}, {name: t, value: "1"}]
                    valuesTemplate: [{n: a}]
                    setTemplate: [{name: s, value: a}]
                templates: {}
                renderedvalues: {}
                """));
  }

  @Test
  void subHelmfilesAndEnvironmentsAreWrittenToo() {
    // When
    var built =
        StateTree.empty()
            .with(
                "helmfile.yaml",
                """
                environments: {prod: {values: [{a: 1}]}}
                values: [{b: 2}]
                ---
                helmfiles:
                - {path: "sub/*.yaml", selectors: [tier=web], values: [{c: 3}]}
                """)
            .with("sub/one.yaml", "releases: [{name: x, chart: ./web, labels: {tier: db}}]\n")
            .in("prod")
            .built();

    // Then
    assertThat(built.getLast())
        .isEqualTo(
            yaml(
                """
                filepath: helmfile.yaml
                helmBinary: helm
                kustomizeBinary: kustomize
                environments: {prod: {values: [{a: 1}]}}
                values: [{b: 2}]
                helmfiles: [{path: sub/one.yaml, selectors: [tier=web], values: [{c: 3}]}]
                templates: {}
                renderedvalues: {a: 1, b: 2}
                """));
    assertThat(built.getFirst())
        .doesNotContainKey("releases")
        .containsEntry("renderedvalues", Map.of("c", 3L));
  }
}
