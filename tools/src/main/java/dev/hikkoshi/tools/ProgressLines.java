package dev.hikkoshi.tools;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns progress into lines that a log or a pipe can carry. */
final class ProgressLines implements ProgressListener {

  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Consumer<String> out;
  private @Nullable Artifact current;
  private Duration nextAt = Duration.ZERO;

  ProgressLines(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public synchronized void onProgress(Progress progress) {
    if (!progress.artifact().equals(current)) {
      current = progress.artifact();
      nextAt = Duration.ZERO;
    }
    switch (progress) {
      case Progress.Found _ -> {}
      case Progress.Waiting _ ->
          out.accept(head(progress) + "waiting for another process that is building");
      case Progress.Building building -> {
        if (building.elapsed().compareTo(nextAt) >= 0) {
          nextAt = building.elapsed().plus(EVERY);
          out.accept(line(building));
        }
      }
      case Progress.Built built ->
          out.accept(head(progress) + "built in " + built.elapsed().toSeconds() + " s");
    }
  }

  static String line(Progress.Building building) {
    return "%sbuilding, %d s, %d packages%s"
        .formatted(
            head(building),
            building.elapsed().toSeconds(),
            building.packages(),
            building.last().isEmpty() ? "" : ": " + building.last());
  }

  private static String head(Progress progress) {
    return "tools %d/%d  %s  ".formatted(progress.number(), progress.of(), progress.artifact());
  }
}
