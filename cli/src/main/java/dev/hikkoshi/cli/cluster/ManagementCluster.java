package dev.hikkoshi.cli.cluster;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.clusters.charts.Settlements;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.record.Commands;
import dev.hikkoshi.clusters.record.Freezes;
import dev.hikkoshi.clusters.record.KeptCharts;
import dev.hikkoshi.clusters.record.Management;
import dev.hikkoshi.clusters.record.StatusReader;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The management cluster as commands use it. What fails is a {@link CliException} or a {@link
 * KubeException}, never an empty answer.
 */
public final class ManagementCluster implements AutoCloseable {

  private final Management management;
  private final StatusReader reader;

  ManagementCluster(Management management) {
    this.management = management;
    this.reader = new StatusReader(management);
  }

  public StatusReader reader() {
    return reader;
  }

  public Freezes freezes() {
    return Freezes.asWritten(management);
  }

  /**
   * What freezes everything now.
   *
   * @throws CliException when that could not be read
   */
  public Optional<Freeze> frozen(Instant now) {
    return switch (freezes().freeze()) {
      case Observation.Known<Optional<Freeze>>(Optional<Freeze> freeze) ->
          freeze.filter(f -> f.holds(now));
      case Observation.Unknown<Optional<Freeze>>(String what, String why) ->
          throw new CliException(
              Exit.UNREADABLE, "the %s could not be read: %s".formatted(what, why), "");
    };
  }

  public Commands commands(InstantSource clock) {
    return new Commands(management, clock);
  }

  /** What the controller settled ranges of chart versions to. */
  public Settlements charts() {
    return new KeptCharts(management);
  }

  /** Whom the API server takes us for. */
  public String user() {
    return management.user();
  }

  /** For people: where was looked. */
  public String place() {
    return "namespace %s of %s".formatted(management.namespace(), management.server());
  }

  /**
   * The environments of these names, or all when none is given.
   *
   * @throws CliException when there is none, or not this one
   */
  public List<Known> environments(List<String> names) {
    if (!names.isEmpty()) {
      return names.stream().distinct().map(this::environment).toList();
    }
    List<Known> all = reader.all();
    if (all.isEmpty()) {
      requireInstalled();
      throw new CliException(
          Exit.ERROR,
          "there is no environment in " + place(),
          "Does the controller run (hikkoshi run), with a source? Is the namespace right (-n)?");
    }
    return all;
  }

  /**
   * The environment of this name.
   *
   * @throws CliException when there is none: says which one is near
   */
  public Known environment(String name) {
    Optional<Known> found = reader.find(name);
    if (found.isPresent()) {
      return found.get();
    }
    requireInstalled();
    List<String> names = reader.all().stream().map(Known::name).toList();
    String nearest = Nearest.to(name, names).map(n -> "; did you mean '" + n + "'?").orElse("");
    String there = names.isEmpty() ? "none" : String.join(", ", names);
    throw new CliException(
        Exit.ERROR,
        "there is no environment '%s' in %s%s".formatted(name, place(), nearest),
        "There are: " + there + ".");
  }

  /**
   * The view of an environment.
   *
   * @throws CliException when the controller has told none that can be read
   */
  public static EnvironmentView view(Known known) {
    return switch (known.view()) {
      case Observation.Known<EnvironmentView>(EnvironmentView view) -> view;
      case Observation.Unknown<EnvironmentView>(String what, String why) ->
          throw new CliException(
              Exit.UNREADABLE,
              "%s of %s could not be read: %s".formatted(what, known.name(), why),
              "");
    };
  }

  private void requireInstalled() {
    if (!reader.installed()) {
      throw new CliException(
          Exit.UNREADABLE,
          "%s does not know environments.hikkoshi.dev".formatted(management.server()),
          "hikkoshi run installs the definitions; or is it another cluster (--context)?");
    }
  }

  @Override
  public void close() {
    management.close();
  }
}
