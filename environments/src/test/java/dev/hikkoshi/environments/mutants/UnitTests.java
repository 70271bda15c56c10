package dev.hikkoshi.environments.mutants;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The core's own tests of rules, checks and words, up to the first that fails. */
final class UnitTests {

  private static final List<String> PACKAGES = List.of("rules", "check", "view");

  private final Launcher launcher = LauncherFactory.create();
  private final Runnable passed;
  private long finished;

  /**
   * Nothing is run yet.
   *
   * @param passed called after each test: they go on
   */
  UnitTests(Runnable passed) {
    this.passed = passed;
  }

  /** Tests that ended until now. */
  long finished() {
    return finished;
  }

  /** The name of a test that fails, and why. */
  Optional<String> failing() {
    AtomicReference<String> failed = new AtomicReference<>("");
    CancellationToken enough = CancellationToken.create();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean broken = result.getStatus() == TestExecutionResult.Status.FAILED;
            if (broken && failed.compareAndSet("", name(test, result))) {
              enough.cancel();
            }
            finished += test.isTest() ? 1 : 0;
            passed.run();
          }
        };
    launcher.execute(
        LauncherExecutionRequestBuilder.request(request())
            .listeners(listener)
            .cancellationToken(enough)
            .build());
    return Optional.of(failed.get()).filter(name -> !name.isEmpty());
  }

  private static LauncherDiscoveryRequest request() {
    List<? extends DiscoverySelector> selectors =
        PACKAGES.stream()
            .map(name -> DiscoverySelectors.selectPackage("dev.hikkoshi.environments." + name))
            .toList();
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectors)
        .filters(ClassNameFilter.includeClassNamePatterns(".*Test"))
        .build();
  }

  private static String name(TestIdentifier test, TestExecutionResult result) {
    String why = result.getThrowable().map(Throwable::toString).orElse("");
    return test.getUniqueId().replaceAll(".*\\[class:([^\\]]*)\\]", "$1 ") + ": " + why;
  }
}
