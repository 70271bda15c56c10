package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseSetTest {

  private static StateTree tree(String helmfile) {
    return StateTree.of(helmfile).with("web/Chart.yaml", "name: web\n");
  }

  private static WantedRelease only(StateTree tree) {
    return good(tree).releases().getFirst();
  }

  private static DesiredApps good(StateTree tree) {
    StateTree.Apps apps = tree.apps();
    assertThat(apps.messages()).isEmpty();
    return apps.apps().orElseThrow();
  }

  private static List<String> ids(DesiredApps apps) {
    return apps.releases().stream().map(r -> r.id().toString()).toList();
  }

  private static ReleaseId id(String text) {
    String[] parts = text.split("/", -1);
    return new ReleaseId(parts[0], parts[1]);
  }

  @Test
  void aReleaseWithoutANamespaceIsInDefaultAndItsTemplatesSeeNone() {
    // When
    WantedRelease release = only(tree("releases: [{name: a, chart: ./web}]"));

    // Then
    assertThat(release.id()).isEqualTo(id("default/a"));
    assertThat(release.templating().namespace()).isEmpty();
    assertThat(release.labels())
        .containsEntry("name", "a")
        .containsEntry("namespace", "")
        .containsEntry("chart", "web");
  }

  @Test
  void theStatesNamespaceAndChartWinOverEveryRelease() {
    // When
    WantedRelease release =
        only(
            tree(
                "namespace: all\nchart: ./web\nreleases: [{name: a, namespace: own, chart: ./no}]"));

    // Then
    assertThat(release.id()).isEqualTo(id("all/a"));
    assertThat(release.chart().toString()).isEqualTo("web");
    assertThat(release.templating().scope().namespace()).isEqualTo("all");
  }

  @Test
  void aSettingIsTheReleasesElseTheDefaultsElseHelmfiles() {
    // When
    DesiredApps apps =
        good(
            tree(
                """
                helmDefaults: {wait: true, timeout: 60, atomic: true, historyMax: 0, skipCRDs: true}
                releases:
                - {name: a, chart: ./web, wait: false, cleanupOnFail: yes, description: why}
                - {name: b, chart: ./web, timeout: 5, createNamespace: false, waitForJobs: true}
                """));

    // Then
    var a = apps.releases().get(0).settings();
    var b = apps.releases().get(1).settings();
    assertThat(List.of(a.awaitReady(), a.cleanupOnFail(), a.atomic(), a.createNamespace()))
        .containsExactly(false, true, true, true);
    assertThat(a.timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(a.description()).contains("why");
    assertThat(List.of(b.awaitReady(), b.waitForJobs(), b.createNamespace(), b.skipCrds()))
        .containsExactly(true, true, false, true);
    assertThat(b.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(b.historyMax()).isZero();
  }

  @Test
  void rollbackOnFailureIsAtomicAndBothAtOnceAreAProblem() {
    // When
    WantedRelease one = only(tree("releases: [{name: a, chart: ./web, rollbackOnFailure: true}]"));
    StateTree.Apps both =
        tree("helmDefaults: {atomic: true}\nreleases: [{name: a, chart: ./web, rollbackOnFailure: true}]")
            .apps();

    // Then
    assertThat(one.settings().atomic()).isTrue();
    assertThat(both.messages()).singleElement().asString().contains("atomic and rollbackOnFailure");
  }

  @Test
  void aRefusedKeyThatAsksForNothingPasses() {
    // When
    StateTree.Apps apps =
        tree("""
                helmDefaults: {verify: false, force: false, recreatePods: false, args: [], kubeContext: ""}
                hooks: []
                releases:
                - {name: a, chart: ./web, hooks: [], reuseValues: false, suppressDiff: true}
                - {name: b, chart: ./web, force: true}
                """)
            .apps();

    // Then
    assertThat(apps.messages()).singleElement().asString().contains("helmfile.yaml:5", "force");
  }

  @Test
  void templatesOfReleasesAreRenderedUpToAFixedPoint() {
    // When
    WantedRelease release =
        only(
            tree("""
                    commonLabels: {team: "{{ .Values.team }}"}
                    releases:
                    - name: "{{ .Values.team }}-web"
                      namespace: "{{ .Release.Labels.team }}"
                      labels: {where: "{{ .Release.Namespace }}"}
                      chart: "./{{ .Values.chart }}"
                      version: " {{ .Values.version }} "
                    """)
                .setting("team=shop,chart=web,version=1.2.3"));

    // Then
    assertThat(release.id()).isEqualTo(id("shop/shop-web"));
    assertThat(release.labels()).containsEntry("where", "shop").containsEntry("team", "shop");
    assertThat(release.templating().version()).isEqualTo("1.2.3");
    assertThat(release.templating().chart()).isEqualTo("./web");
  }

  @Test
  void templatesThatNeverSettleAreAProblem() {
    // When
    StateTree.Apps apps =
        tree("releases: [{name: a, chart: ./web, labels: {x: 'x{{ .Release.Labels.x }}'}}]").apps();

    // Then
    assertThat(apps.messages()).singleElement().asString().contains("refer to each other");
  }

  @Test
  void theLaterTemplateAndTheReleaseWinAndListsAreTemplatesFirst() {
    // When
    WantedRelease release =
        only(
            tree(
                """
                templates:
                  one: {chart: ./no, timeout: 1, labels: {a: one}, values: [{n: 1}]}
                  two: {chart: ./web, timeout: 2, labels: {a: two, b: two}, values: [{n: 2}]}
                releases:
                - name: a
                  inherit: [{template: one}, {template: two}]
                  timeout: 3
                  labels: {b: own, c: own}
                  values: [{n: 3}]
                """));

    // Then
    assertThat(release.chart().toString()).isEqualTo("web");
    assertThat(release.settings().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(release.labels())
        .containsEntry("a", "two")
        .containsEntry("b", "own")
        .containsEntry("c", "own");
    assertThat(release.values().toString()).containsSubsequence("n=1", "n=2", "n=3");
  }

  @Test
  void aZeroValueOverridesNothingThatIsInherited() {
    // When
    WantedRelease release =
        only(
            tree(
                """
                templates: {one: {wait: true, installed: true, version: "1", labels: {a: one}}}
                releases:
                - name: a
                  chart: ./web
                  inherit: [{template: one}]
                  wait: false
                  installed: false
                  version: ""
                  labels: {a: ""}
                """));

    // Then
    assertThat(release.settings().awaitReady()).isTrue();
    assertThat(release.templating().version()).isEqualTo("1");
    assertThat(release.labels()).containsEntry("a", "");
  }

  @Test
  void whatAReleaseOverridesBehindAPointerStaysForTheReleasesAfterIt() {
    // When
    DesiredApps apps =
        good(
            tree(
                """
                templates: {one: {chart: ./web, timeout: 1, version: "1"}}
                releases:
                - {name: a, inherit: [{template: one}]}
                - {name: b, inherit: [{template: one}], timeout: 5, version: "2"}
                - {name: c, inherit: [{template: one}]}
                """));

    // Then
    assertThat(apps.releases().stream().map(r -> r.settings().timeout().toSeconds()))
        .containsExactly(1L, 5L, 5L);
    assertThat(apps.releases().stream().map(r -> r.templating().version()))
        .containsExactly("1", "2", "1");
  }

  @Test
  void aFieldCanBeLeftOutOfWhatIsInherited() {
    // When
    WantedRelease release =
        only(
            tree(
                """
                templates: {one: {chart: ./web, labels: {a: one}, values: [{n: 1}]}}
                releases: [{name: a, inherit: [{template: one, except: [labels, values]}]}]
                """));

    // Then
    assertThat(release.values()).isEmpty();
    assertThat(release.labels()).doesNotContainKey("a");
  }

  @Test
  void defaultInheritComesFirstAndOnlyOnce() {
    // When
    DesiredApps apps =
        good(
            tree(
                """
                defaultInherit: [one, two]
                templates: {one: {chart: ./web, values: [{n: 1}]}, two: {values: [{n: 2}]}}
                releases:
                - {name: a, inherit: [{template: one}]}
                - {name: b}
                """));

    // Then
    assertThat(apps.releases().get(0).values().toString()).containsSubsequence("n=2", "n=1");
    assertThat(apps.releases().get(1).values().toString()).containsSubsequence("n=1", "n=2");
  }

  @Test
  void templatesThatInheritInACircleAreNamedInFull() {
    // When
    StateTree.Apps apps =
        tree("""
                templates: {a: {inherit: [{template: b}]}, b: {inherit: [{template: a}]}}
                releases: [{name: x, chart: ./web, inherit: [{template: a}]}]
                """)
            .apps();

    // Then
    assertThat(apps.messages()).singleElement().asString().contains("a → b → a");
  }

  @Test
  void templatesThatDoubleTheirListsEndSoon() {
    // Given
    StringBuilder text = new StringBuilder("templates:\n  t0: {values: [{a: 1}]}\n");
    for (int i = 1; i < 60; i++) {
      text.append(
          "  t%d: {inherit: [{template: t%d}, {template: t%d}]}\n".formatted(i, i - 1, i - 1));
    }
    text.append("releases: [{name: x, chart: ./web, inherit: [{template: t59}]}]\n");

    // When
    StateTree.Apps apps = tree(text.toString()).apps();

    // Then
    assertThat(apps.messages()).first().asString().contains("more than");
  }

  @Test
  void aConditionIsALiteralOrAPathThatEndsInEnabled() {
    // When
    DesiredApps apps =
        good(
            tree("""
                    releases:
                    - {name: a, chart: ./web, condition: "True"}
                    - {name: b, chart: ./web, condition: x.enabled}
                    - {name: c, chart: ./web, condition: y.enabled}
                    - {name: d, chart: ./web, condition: z.enabled}
                    """)
                .setting("x.enabled=true,y.enabled=1,z.other=1"));

    // Then
    assertThat(ids(apps)).containsExactly("default/a", "default/b");
    assertThat(apps.left()).isEqualTo(Set.of(id("default/c"), id("default/d")));
  }

  @Test
  void aConditionsParentMustBeThereAndItsLastKeyEnabled() {
    // When
    StateTree.Apps apps =
        tree("""
                releases:
                - {name: a, chart: ./web, condition: web.enabled}
                - {name: b, chart: ./web, condition: wbe.on}
                """)
            .setting("wbe.on=true")
            .apps();

    // Then
    assertThat(apps.messages())
        .anyMatch(m -> m.contains("the state value web is not there") && m.contains("wbe"))
        .anyMatch(m -> m.contains("does not end in .enabled"));
  }

  @Test
  void whatIsNotInstalledIsUninstalledAndWhatIsFilteredIsLeft() {
    // When
    DesiredApps apps =
        good(
            tree("""
                    releases:
                    - {name: a, chart: ./web, labels: {tier: web}}
                    - {name: b, chart: ./missing, labels: {tier: db}}
                    - {name: c, chart: ./missing, installed: false, labels: {tier: web}}
                    - {name: d, chart: ./missing, installedTemplate: "{{ .Values.on }}", labels: {tier: web}}
                    """)
                .setting("on=false")
                .selecting(
                    new Selector("tier=web", List.of(new Selector.Term("tier", true, "web")))));

    // Then
    assertThat(ids(apps)).containsExactly("default/a");
    assertThat(apps.left()).containsExactly(id("default/b"));
  }

  @Test
  void whatASelectedReleaseNeedsIsIncludedWhereThatIsWanted() {
    // Given
    StateTree tree =
        tree("""
                releases:
                - {name: a, chart: ./web}
                - {name: b, chart: ./web, needs: [a]}
                - {name: c, chart: ./web, needs: [b]}
                - {name: d, chart: ./web}
                """)
            .selecting(new Selector("name=c", List.of(new Selector.Term("name", true, "c"))));

    // When
    DesiredApps alone = good(tree);
    DesiredApps all = tree.appsWithNeeds().apps().orElseThrow();

    // Then
    assertThat(ids(alone)).containsExactly("default/c");
    assertThat(ids(all)).containsExactly("default/a", "default/b", "default/c");
    assertThat(all.left()).containsExactly(id("default/d"));
  }

  @Test
  void commonLabelsWinOverThoseOfAReleaseAndNoReleaseOwnsItsAutomaticOnes() {
    // When
    WantedRelease release =
        only(
            tree(
                """
                commonLabels: {a: common}
                releases: [{name: x, namespace: n, chart: ./web, labels: {a: own, b: own, name: other}}]
                """));

    // Then
    assertThat(release.labels())
        .containsEntry("a", "common")
        .containsEntry("b", "own")
        .containsEntry("name", "x");
  }

  @Test
  void needsAreOfTheSameFileAndDefaultToTheOwnNamespace() {
    // When
    DesiredApps apps =
        good(
            tree("""
                releases:
                - {name: a, namespace: n, chart: ./web}
                - {name: b, namespace: n, chart: ./web, needs: [a]}
                - {name: c, namespace: m, chart: ./web, needs: [n/a, "n/{{ .Values.need }}"]}
                """)
                .setting("need=b"));

    // Then
    assertThat(apps.needs(id("n/b"))).containsExactly(id("n/a"));
    assertThat(apps.needs(id("m/c"))).containsExactlyInAnyOrder(id("n/a"), id("n/b"));
  }

  @Test
  void anUndefinedNeedIsAProblemAndACircleIsNamedInFull() {
    // When
    StateTree.Apps undefined =
        tree("releases: [{name: a, chart: ./web, needs: [bb]}, {name: b, chart: ./web}]").apps();
    StateTree.Apps circle =
        tree("""
                releases:
                - {name: a, chart: ./web, needs: [c]}
                - {name: b, chart: ./web, needs: [a]}
                - {name: c, chart: ./web, needs: [b]}
                """)
            .apps();

    // Then
    assertThat(undefined.messages())
        .singleElement()
        .asString()
        .contains("there is no release default/bb", "did you mean \"default/b\"");
    assertThat(circle.messages())
        .singleElement()
        .asString()
        .contains("default/a → default/c → default/b → default/a");
  }

  @Test
  void aNeedOfWhatIsNotInstalledDoesNotWait() {
    // When
    DesiredApps apps =
        good(
            tree(
                """
                releases:
                - {name: a, chart: ./web, installed: false}
                - {name: b, chart: ./web, needs: [a]}
                """));

    // Then
    assertThat(apps.needs(id("default/b"))).isEmpty();
  }

  @Test
  void aParentsReleasesWaitForThoseOfItsSubHelmfiles() {
    // When
    DesiredApps apps =
        good(
            tree("helmfiles: [sub.yaml]\nreleases: [{name: a, chart: ./web}]")
                .with("sub.yaml", "releases: [{name: b, chart: ./web}]\n"));

    // Then
    assertThat(ids(apps)).containsExactly("default/b", "default/a");
    assertThat(apps.needs(id("default/a"))).containsExactly(id("default/b"));
  }

  @Test
  void oneIdInTwoFilesIsAProblemThatNamesBoth() {
    // When
    StateTree.Apps apps =
        tree("helmfiles: [sub.yaml]\nreleases: [{name: a, chart: ./web}]")
            .with("sub.yaml", "releases: [{name: a, chart: ./web}]\n")
            .apps();

    // Then
    assertThat(apps.messages())
        .singleElement()
        .asString()
        .contains("helmfile.yaml:2", "there twice", "sub.yaml:1");
  }

  @Test
  void valuesComeInHelmsOrder() {
    // When
    List<Values> values =
        only(tree("""
                    releases:
                    - name: a
                      chart: ./web
                      set: [{name: x, value: 1}, {name: y, file: text}, {name: z, values: [a, "b,c"]}]
                      setString: [{name: s, value: 1}]
                      setTemplate: [{name: t, value: "{{ .Release.Name }}"}]
                      secrets: [secret.yaml]
                      values: [plain.yaml, {in: line}, a.yaml.gotmpl]
                      valuesTemplate: [{name: "{{ .Release.Name }}"}]
                    """)
                .with("text", "t")
                .with("secret.yaml", "a: b\n")
                .with("plain.yaml", "a: b\n")
                .with("a.yaml.gotmpl", "a: b\n"))
            .values();

    // Then
    assertThat(values.stream().map(v -> v.getClass().getSimpleName()))
        .containsExactly(
            "InlineTemplate",
            "File",
            "Inline",
            "Template",
            "Secret",
            "Assign",
            "Assign",
            "Assign",
            "Assign",
            "AssignFile");
    assertThat(((Values.InlineTemplate) values.get(0)).text())
        .isEqualTo("name: '{{ .Release.Name }}'\n");
    assertThat(((Values.Assign) values.get(5)).template()).isTrue();
    assertThat(((Values.Assign) values.get(7)).expression()).contains("z={a,b\\,c}");
    assertThat(((Values.Assign) values.get(8)).text()).isTrue();
  }

  @Test
  void aMissingValuesFileFollowsTheReleasesHandlerThenTheStates() {
    // When
    DesiredApps skipped =
        good(
            tree(
                """
                missingFileHandler: Warn
                releases:
                - {name: a, chart: ./web, values: [no.yaml]}
                """));
    StateTree.Apps missing =
        tree("""
                missingFileHandler: Debug
                releases:
                - {name: a, chart: ./web, values: [no.yaml], missingFileHandler: Error}
                - {name: b, chart: ./web, secrets: [no.yaml]}
                """)
            .apps();

    // Then
    assertThat(skipped.releases().getFirst().values()).isEmpty();
    assertThat(missing.messages()).hasSize(2).allMatch(m -> m.contains("there is no file no.yaml"));
  }

  @Test
  void aPathOfValuesIsATemplateWithAPrefixAndRelativeToItsFile() {
    // When
    WantedRelease release =
        only(
            StateTree.empty()
                .with("sub/web/Chart.yaml", "name: web\n")
                .with("sub/values/a/prod.yaml", "a: b\n")
                .with(
                    "sub/helmfile.yaml",
                    """
                    releases:
                    - name: a
                      chart: ./web
                      valuesPathPrefix: values/
                      values: ["{{ .Release.Name }}/prod.yaml"]
                    """)
                .at("sub/helmfile.yaml"));

    // Then
    assertThat(release.values())
        .singleElement()
        .isInstanceOfSatisfying(
            Values.File.class, f -> assertThat(f.path()).isEqualTo("sub/values/a/prod.yaml"));
  }

  @Test
  void patternsAddressesAndReferencesToStoresAreRefused() {
    // When
    StateTree.Apps apps =
        tree("""
                releases:
                - name: a
                  chart: ./web
                  values: ["*.yaml", "https://example.com/v.yaml", {p: ref+vault://x}]
                - {name: b, chart: "https://example.com/c.tgz"}
                """)
            .apps();

    // Then
    assertThat(apps.messages()).hasSize(4).allMatch(m -> m.contains("refused: "));
  }

  @Test
  void aChartIsOfARepositoryARegistryOrAFolder() {
    // When
    DesiredApps apps =
        good(
            tree(
                """
                repositories:
                - {name: stable, url: https://charts.example.com, username: u, password: p}
                - {name: reg, url: registry.example.com/charts, oci: true}
                releases:
                - {name: a, chart: stable/web, version: ~1.2}
                - {name: b, chart: reg/team/web, version: "1.0.0@sha256:ab"}
                - {name: c, chart: "oci://r.example.com/x/web:2.0.0"}
                - {name: d, chart: web}
                """));

    // Then
    List<ChartSource> charts = apps.releases().stream().map(WantedRelease::chart).toList();
    assertThat(charts.get(0).toString()).isEqualTo("https://charts.example.com web ~1.2");
    assertThat(charts.get(0).getClass()).isEqualTo(ChartSource.Repository.class);
    assertThat(charts.get(0) + " " + ((ChartSource.Repository) charts.get(0)).access())
        .doesNotContain("password=p");
    assertThat(charts.get(1).toString())
        .isEqualTo("oci://registry.example.com/charts/team/web:1.0.0@sha256:ab");
    assertThat(charts.get(2).toString()).isEqualTo("oci://r.example.com/x/web:2.0.0");
    assertThat(charts.get(3)).isInstanceOf(ChartSource.Folder.class);
  }

  @Test
  void aLockFileSettlesARangeAndMustHaveOne() {
    // Given
    StateTree tree =
        tree("""
                repositories: [{name: stable, url: https://charts.example.com}]
                releases:
                - {name: a, chart: stable/web, version: ~1.2}
                - {name: b, chart: stable/web}
                """)
            .with(
                "helmfile.lock",
                """
                version: 1.8.0
                dependencies:
                - {name: web, repository: https://charts.example.com, version: 2.0.0}
                - {name: web, repository: https://charts.example.com, version: 1.2.9}
                digest: x
                generated: y
                """);

    // When
    DesiredApps apps = good(tree);
    StateTree.Apps lacking =
        tree.with("helmfile.lock", "dependencies: [{name: web, version: 3.0.0}]\n").apps();

    // Then
    assertThat(apps.releases().get(0).chart().toString()).endsWith("web 1.2.9");
    assertThat(apps.releases().get(1).chart().toString()).endsWith("web 2.0.0");
    assertThat(lacking.messages())
        .singleElement()
        .asString()
        .contains("helmfile.lock has no version of web in ~1.2");
  }

  @Test
  void filesThatATemplateNamesCountIntoTheDigestAndTravelWithIt() {
    // Given
    StateTree tree =
        tree("releases: [{name: a, chart: ./web, values: [v.yaml.gotmpl]}]")
            .with("v.yaml.gotmpl", "a: {{ readFile \"text\" }}\n")
            .with("text", "1");

    // When
    DesiredApps one = good(tree);
    DesiredApps other = good(tree.with("text", "2"));
    DesiredApps beside = good(tree.with("unread", "2"));

    // Then
    assertThat(one.appDigest()).isEqualTo(beside.appDigest()).isNotEqualTo(other.appDigest());
    Values.Template template = (Values.Template) one.releases().getFirst().values().getFirst();
    assertThat(template.files().read("text")).isPresent();
    assertThat(template.files().read("web/Chart.yaml")).isEmpty();
  }
}
