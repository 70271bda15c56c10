package dev.hikkoshi.environments;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The core stays pure: what it may use is listed, time comes from outside, packages are layers. */
class CoreLayersTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hikkoshi.environments");

  @Test
  void onlyListedPackagesAreUsed() {
    // An address is taken apart by java.net.URI, which opens nothing.
    classes()
        .should()
        .onlyDependOnClassesThat(
            belongToAnyOf(URI.class, URISyntaxException.class)
                .or(
                    resideInAnyPackage(
                        "dev.hikkoshi.environments..",
                        // Collections, time, text and digests; nothing that opens a file or a
                        // connection.
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.math",
                        "java.nio",
                        "java.nio.charset",
                        "java.security",
                        "java.io",
                        "java.text",
                        // Nullness, at compile time only.
                        "org.jspecify..",
                        // YAML with positions; kept inside the package that reads it.
                        "org.snakeyaml.engine..")))
        .check(CORE);
  }

  @Test
  void yamlStaysWhereItIsRead() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hikkoshi.environments.reading")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml.engine..")
        .check(CORE);
  }

  @Test
  void nothingOpensFilesOrStartsThreads() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.io.File.class,
            java.io.FileInputStream.class,
            java.io.FileOutputStream.class,
            Process.class,
            ProcessBuilder.class,
            Thread.class)
        .check(CORE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.hikkoshi.environments.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void nobodyLooksAtTheClockOfTheMachine() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(CORE);
  }
}
