package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.Repositories.Repository;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.ChartSource.Access;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where the charts of one state file come from. */
final class ChartPlaces {

  private static final String OCI = "oci://";
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9+.-]+(::|://).*", Pattern.DOTALL);

  private final String folder;
  private final String home;
  private final Charts charts;
  private final Repositories repositories;
  private final LockFile lock;
  private final Problems problems;

  /**
   * Makes it for one file.
   *
   * @param folder of the state file
   * @param home where helmfile would be started: a chart without {@code ./} is looked for there too
   */
  ChartPlaces(
      String folder,
      String home,
      Charts charts,
      Repositories repositories,
      LockFile lock,
      Problems problems) {
    this.folder = folder;
    this.home = home;
    this.charts = charts;
    this.repositories = repositories;
    this.lock = lock;
    this.problems = problems;
  }

  /** The chart of a release; empty exactly when a problem was added. */
  Optional<ChartSource> find(Said chart, Said version, SettingsSpec settings) {
    String name = chart.text();
    if (name.startsWith(OCI)) {
      return registry(chart, version, settings);
    }
    if (ADDRESS.matcher(name).matches() || name.endsWith(".tgz")) {
      problems.add(
          chart.place(),
          "refused: a chart from " + name,
          "a folder with Chart.yaml, repository/chart or oci://host/path/chart");
      return Optional.empty();
    }
    Optional<Repository> repository = repositories.of(name);
    if (repository.filter(Repository::oci).isPresent()) {
      return registry(repository.get(), chart, version, settings);
    }
    Optional<String> local = local(chart);
    if (local.isPresent()) {
      return charts.load(local.get(), chart.place()).flatMap(source -> known(source, chart));
    }
    if (repository.isPresent()) {
      return repository(repository.get(), chart, version, settings);
    }
    nowhere(chart);
    return Optional.empty();
  }

  private Optional<String> local(Said chart) {
    return List.of(folder, home).stream()
        .flatMap(base -> SourceFiles.resolve(base, chart.text()).stream())
        .filter(path -> charts.isChart(path, chart.place()))
        .findFirst();
  }

  /**
   * The chart with the helmfile's repositories that its dependencies name by alias or address, as
   * helmfile has told them to Helm; empty exactly when a problem was added.
   */
  private Optional<ChartSource> known(ChartSource.Folder source, Said chart) {
    int before = problems.count();
    SortedMap<String, ChartSource.Address> known = new TreeMap<>();
    for (ChartDependency dependency : ChartDependency.missing(source.files(), source.path())) {
      dependency
          .alias()
          .ifPresentOrElse(
              alias -> alias(dependency, alias, chart, known),
              () ->
                  repositories
                      .at(dependency.repository())
                      .ifPresent(r -> known.put(dependency.repository(), address(r))));
    }
    if (problems.count() > before) {
      return Optional.empty();
    }
    // Releases of one chart share it, which is cheaper to render.
    return Optional.of(
        known.isEmpty() ? source : new ChartSource.Folder(source.path(), source.files(), known));
  }

  private void alias(
      ChartDependency dependency,
      String alias,
      Said chart,
      SortedMap<String, ChartSource.Address> known) {
    Optional<Repository> named = repositories.named(alias);
    if (named.isEmpty()) {
      problems.add(
          chart.place(),
          "the chart depends on %s of the repository \"%s\", which is not there"
              .formatted(dependency.name(), alias),
          repositories.hint(alias));
    } else if (named.get().oci()) {
      problems.add(
          chart.place(),
          "the chart depends on %s of \"%s\", which is a registry"
              .formatted(dependency.name(), alias),
          "Helm has aliases of chart repositories only: write oci://… into Chart.yaml");
    } else {
      known.put(dependency.repository(), address(named.get()));
    }
  }

  private static ChartSource.Address address(Repository repository) {
    return new ChartSource.Address(repository.url(), repository.access());
  }

  private void nowhere(Said chart) {
    if (SourceFiles.resolve(folder, chart.text()).isEmpty()) {
      problems.add(chart.place(), "\"" + chart.text() + "\" leads out of the repository");
      return;
    }
    problems.add(
        chart.place(),
        "there is no chart in " + SourceFiles.resolve(folder, chart.text()).orElse(""),
        "expected a folder with Chart.yaml, or a name of repositories before the slash");
  }

  private Optional<ChartSource> repository(
      Repository repository, Said chart, Said version, SettingsSpec settings) {
    String name = below(chart);
    return lock.version(repository, name, version.text(), place(version, chart), problems)
        .map(
            v ->
                new ChartSource.Repository(
                    repository.url(),
                    name,
                    said(v),
                    settings.devel().orElse(false),
                    access(repository.access(), settings)));
  }

  private Optional<ChartSource> registry(
      Repository repository, Said chart, Said version, SettingsSpec settings) {
    Reference wanted = Reference.of("", version.text());
    String name = below(chart);
    return lock.version(repository, name, wanted.version(), place(version, chart), problems)
        .filter(v -> notLatest(v, version))
        .map(
            v ->
                new ChartSource.Registry(
                    OCI + repository.url().replaceAll("/+$", "") + "/" + name,
                    said(v),
                    said(wanted.digest()),
                    settings.devel().orElse(false),
                    repository.plainHttp() || settings.plainHttp().orElse(false),
                    access(repository.access(), settings)));
  }

  private Optional<ChartSource> registry(Said chart, Said version, SettingsSpec settings) {
    Reference reference = Reference.of(chart.text(), version.text());
    return Optional.of(reference)
        .filter(r -> notLatest(r.version(), place(version, chart)))
        .map(
            r ->
                new ChartSource.Registry(
                    r.base(),
                    said(r.version()),
                    said(r.digest()),
                    settings.devel().orElse(false),
                    settings.plainHttp().orElse(false),
                    access(Access.OPEN, settings)));
  }

  private boolean notLatest(String version, Said said) {
    return notLatest(version, said.place());
  }

  private boolean notLatest(String version, Place place) {
    boolean latest = version.equals("latest");
    if (latest) {
      problems.add(place, "a registry's chart has no version \"latest\"", "leave it out");
    }
    return !latest;
  }

  private static Place place(Said version, Said chart) {
    return version.isEmpty() ? chart.place() : version.place();
  }

  private static String below(Said chart) {
    return chart.text().substring(chart.text().indexOf('/') + 1);
  }

  private static Optional<String> said(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private static Access access(Access own, SettingsSpec settings) {
    boolean skip = own.skipTlsVerify() || settings.insecure().orElse(false);
    return new Access(own.login(), own.passToOthers(), skip);
  }

  /**
   * The parts of a registry's chart: the version of the release wins over the tag, the digest of
   * the address over that of the version.
   */
  private record Reference(String base, String version, String digest) {

    static Reference of(String chart, String version) {
      int at = chart.indexOf('@');
      String plain = at < 0 ? chart : chart.substring(0, at);
      int colon = plain.lastIndexOf(':');
      boolean tagged = colon > plain.lastIndexOf('/') && colon > OCI.length();
      int digestAt = version.indexOf('@');
      String wanted = digestAt < 0 ? version : version.substring(0, digestAt);
      String tag = tagged ? plain.substring(colon + 1) : "";
      String own = digestAt < 0 ? "" : version.substring(digestAt + 1);
      return new Reference(
          tagged ? plain.substring(0, colon) : plain,
          wanted.isEmpty() ? tag : wanted,
          at < 0 ? own : chart.substring(at + 1));
    }
  }
}
