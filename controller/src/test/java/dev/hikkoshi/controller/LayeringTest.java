package dev.hikkoshi.controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.hikkoshi.controller.testing.ProductionClasses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The arrows between modules: git-sync, environments ← controller → clusters → environments; tools
 * ← clusters. Maven holds most of them; this says which libraries may be met where, and holds the
 * arrows between packages that share a jar.
 */
class LayeringTest {

  private static final JavaClasses CLASSES = ProductionClasses.ALL;

  private static final String[] MODULES = {
    "environments", "gitsync", "clusters", "tools", "controller", "sandbox", "demo", "cli"
  };

  private static ArchRule knowsOnly(String module, String... allowed) {
    List<String> strangers = new ArrayList<>();
    for (String other : MODULES) {
      if (!other.equals(module) && !List.of(allowed).contains(other)) {
        strangers.add("dev.hikkoshi." + other + "..");
      }
    }
    return noClasses()
        .that()
        .resideInAPackage("dev.hikkoshi." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(strangers.toArray(String[]::new));
  }

  /** The sandbox plays others and has libraries of its own. */
  private static void onlyIn(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .and()
        .resideOutsideOfPackage("dev.hikkoshi.sandbox..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .check(CLASSES);
  }

  @Test
  void everyModuleIsLookedAt() {
    assertThat(CLASSES.containPackage("dev.hikkoshi.environments")).isTrue();
    assertThat(CLASSES.containPackage("dev.hikkoshi.gitsync")).isTrue();
    assertThat(CLASSES.containPackage("dev.hikkoshi.clusters")).isTrue();
    assertThat(CLASSES.containPackage("dev.hikkoshi.controller")).isTrue();
  }

  @Test
  void theCoreAndGitKnowNobody() {
    knowsOnly("environments").check(CLASSES);
    knowsOnly("gitsync").check(CLASSES);
    knowsOnly("tools").check(CLASSES);
  }

  @Test
  void adaptersKnowTheCoreAndTheTools() {
    knowsOnly("clusters", "environments", "tools").check(CLASSES);
  }

  @Test
  void theControllerJoinsThemAndNobodyElse() {
    knowsOnly("controller", "environments", "gitsync", "clusters", "tools").check(CLASSES);
  }

  @Test
  void theSandboxKnowsTheToolsOnly() {
    knowsOnly("sandbox", "tools").check(CLASSES);
  }

  /** Thrown-away credentials, endpoints and retries of the SDK are the adapters' business. */
  @Test
  void theAwsSdkIsMetInItsAdaptersOnly() {
    onlyIn(
        "software.amazon..",
        "dev.hikkoshi.clusters.account..",
        "dev.hikkoshi.clusters.aws..",
        "dev.hikkoshi.clusters.eks..",
        "dev.hikkoshi.clusters.route53..",
        "dev.hikkoshi.clusters.elb..");
  }

  @Test
  void kubernetesClientsAreMetInTheirAdaptersOnly() {
    onlyIn(
        "io.fabric8..",
        // Amounts of cpu and memory are read as Kubernetes writes them.
        "dev.hikkoshi.clusters.room..",
        "dev.hikkoshi.clusters.kube..",
        "dev.hikkoshi.clusters.helm..",
        "dev.hikkoshi.clusters.record..");
  }

  @Test
  void gitIsMetInGitSyncOnly() {
    onlyIn("org.eclipse.jgit..", "dev.hikkoshi.gitsync..");
  }

  /** The kill harness and the demo start the engine without the application (ADR 8). */
  @Test
  void theFrameworkIsMetInTheApplicationOnly() {
    onlyIn("io.quarkus..", "dev.hikkoshi.controller.app..");
    onlyIn("jakarta..", "dev.hikkoshi.controller.app..");
    onlyIn("io.smallrye..", "dev.hikkoshi.controller.app..");
    onlyIn("io.micrometer..", "dev.hikkoshi.controller.app..");
  }

  @Test
  void theEngineKnowsNoAdapter() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.hikkoshi.controller.engine..",
            "dev.hikkoshi.controller.evaluate..",
            "dev.hikkoshi.controller.upgrade..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.hikkoshi.clusters..",
            "dev.hikkoshi.gitsync..",
            "dev.hikkoshi.tools..",
            "dev.hikkoshi.controller.install..",
            "dev.hikkoshi.controller.app..")
        .check(CLASSES);
  }

  @Test
  void nobodyKnowsTheApplication() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hikkoshi.controller.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.hikkoshi.controller.app..")
        .check(CLASSES);
  }

  @Test
  void adaptersOfOneThingDoNotKnowThoseOfAnother() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.hikkoshi.clusters.route53..", "dev.hikkoshi.clusters.elb..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.hikkoshi.clusters.eks..",
            "dev.hikkoshi.clusters.kube..",
            "dev.hikkoshi.clusters.helm..",
            "dev.hikkoshi.clusters.record..",
            "dev.hikkoshi.clusters.render..")
        .check(CLASSES);
  }

  @Test
  void packagesOfTheAdaptersHaveNoCycles() {
    slices().matching("dev.hikkoshi.clusters.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** Time is what the clock says; only wiring knows the machine's. */
  @Test
  void nobodyAsksTheMachineForTheTime() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.hikkoshi.environments..", "dev.hikkoshi.controller..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  /** Programs are started with argument lists by few; nobody starts a shell through Runtime. */
  @Test
  void programsAreStartedByWorkersAndToolsOnly() {
    noClasses().should().callMethod(Runtime.class, "exec", String.class).check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.hikkoshi.clusters.render..",
            // The helm command line is what touches registries.
            "dev.hikkoshi.clusters.charts..",
            "dev.hikkoshi.tools..",
            "dev.hikkoshi.sandbox..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ProcessBuilder.class)
        .check(CLASSES);
  }
}
