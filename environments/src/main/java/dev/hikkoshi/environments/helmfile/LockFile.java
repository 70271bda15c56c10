package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.Repositories.Repository;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Types;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.List;
import java.util.Optional;

/**
 * What {@code helmfile deps} wrote: the version of each chart of a declared repository. It lies
 * beside the helmfile ({@code helmfile.lock}), or where {@code lockFilePath} says.
 */
final class LockFile {

  private final String path;
  private final Optional<List<Locked>> locked;

  private LockFile(String path, Optional<List<Locked>> locked) {
    this.path = path;
    this.locked = locked;
  }

  private record Locked(String name, String version) {}

  /**
   * Reads it where it is.
   *
   * @param said {@code lockFilePath}, empty for the file's own name
   */
  static LockFile read(HelmfileState state, Said said, SourceFiles files, Problems problems) {
    String own = state.file().replaceFirst("\\.gotmpl$", "").replaceFirst("\\.ya?ml$", "");
    String named = said.isEmpty() ? own.substring(own.lastIndexOf('/') + 1) + ".lock" : said.text();
    Optional<String> path = SourceFiles.resolve(state.folder(), named);
    if (path.isEmpty()) {
      problems.add(said.place(), "\"" + named + "\" leads out of the repository");
      return new LockFile(named, Optional.empty());
    }
    Optional<byte[]> content = files.find(path.get(), said.place());
    return new LockFile(
        path.get(),
        content
            .flatMap(bytes -> Yaml.one(path.get(), bytes, problems))
            .flatMap(node -> Fields.object(LockFile::charts).read(node, problems)));
  }

  private static Optional<List<Locked>> charts(Fields fields) {
    List<Locked> charts =
        fields.get("dependencies", Types.list(Fields.object(LockFile::chart)), List.of());
    fields.ignore(List.of("version", "digest", "generated"));
    return fields.make(() -> charts);
  }

  private static Optional<Locked> chart(Fields fields) {
    var name = fields.need("name", Types.literal(), "the chart's name");
    var version = fields.need("version", Types.literal(), "the chart's version");
    fields.ignore(List.of("repository"));
    return fields.make(() -> new Locked(name.orElseThrow(), version.orElseThrow()));
  }

  /**
   * The version to take.
   *
   * @param chart below the repository's name
   * @param wanted a range; empty for any
   * @param place of the release, for what the lock file lacks
   * @return empty exactly when a problem was added, else the wanted range where there is no lock
   */
  Optional<String> version(
      Repository repository, String chart, String wanted, Place place, Problems problems) {
    if (locked.isEmpty()) {
      return Optional.of(wanted);
    }
    Optional<VersionRange> range = VersionRange.of(wanted.isEmpty() ? "*" : wanted);
    if (range.isEmpty()) {
      problems.add(place, "\"" + wanted + "\" is no range of versions", "for example ~1.2");
      return Optional.empty();
    }
    String name = repository.oci() ? chart.substring(chart.lastIndexOf('/') + 1) : chart;
    Optional<String> version =
        locked.get().stream()
            .filter(l -> l.name().equals(name) || l.name().equals(chart))
            .map(Locked::version)
            .filter(range.get()::has)
            .findFirst();
    if (version.isEmpty()) {
      problems.add(
          place,
          path + " has no version of " + name + (wanted.isEmpty() ? "" : " in " + wanted),
          "helmfile deps writes it anew");
    }
    return version;
  }
}
