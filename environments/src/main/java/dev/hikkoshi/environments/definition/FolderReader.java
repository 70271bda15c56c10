package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.helmfile.Helmfile;
import dev.hikkoshi.environments.port.Expressions;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.Optional;

/** Reads one environment's folder: every file is read for its problems, even beside a bad one. */
final class FolderReader {

  private final FileTree tree;
  private final String folder;
  private final Templates templates;
  private final Secrets secrets;
  private final Problems problems = new Problems();
  private final SourceFiles files;
  private final EnvironmentReader reader;

  FolderReader(
      FileTree tree, String folder, Templates templates, Secrets secrets, Expressions expressions) {
    this.tree = tree;
    this.folder = folder;
    this.templates = templates;
    this.secrets = secrets;
    this.files = new SourceFiles(tree, folder, problems);
    this.reader = new EnvironmentReader(folder, new InquiryReader(folder, this::yaml, expressions));
  }

  private Optional<Node> yaml(EnvironmentReader.Named file) {
    return files
        .need(file.name(), file.place())
        .flatMap(content -> Yaml.one(file.name(), content, problems));
  }

  Reading read() {
    String path = folder.isEmpty() ? Definitions.FILE : folder + "/" + Definitions.FILE;
    Optional<Environment> environment =
        files
            .need(path, Place.of(path))
            .flatMap(content -> Yaml.one(path, content, problems))
            .flatMap(root -> reader.read(root, problems));
    Optional<byte[]> text =
        reader.cluster().flatMap(named -> files.need(named.name(), named.place()));
    Optional<ClusterFile> cluster =
        reader
            .cluster()
            .flatMap(
                named ->
                    text.flatMap(
                        content ->
                            ClusterReader.read(named.name(), content, reader.home(), problems)));
    Optional<Helmfile.Outcome> apps =
        reader.apps().map(r -> Helmfile.outcome(tree, folder, r, templates, secrets, problems));
    if (problems.count() > 0 || environment.isEmpty() || cluster.isEmpty()) {
      return new Reading.Bad(
          folder,
          reader.name(),
          problems.all(),
          reader.nameClaim().stream().toList(),
          apps.map(read -> renderable(read, text)).orElse(Renderable.NOTHING));
    }
    DesiredApps releases = apps.flatMap(Helmfile.Outcome::apps).orElseGet(DesiredApps::none);
    files.depends("apps", releases.appDigest());
    return new Reading.Good(
        definition(environment.get(), cluster.get(), releases, reader.name().orElseThrow()));
  }

  private Renderable renderable(Helmfile.Outcome apps, Optional<byte[]> clusterFile) {
    String version = clusterFile.flatMap(ClusterReader::version).orElse("");
    ClusterFile.Home home = reader.home();
    return new Renderable(
        apps.sound(),
        apps.touched(),
        Renderable.facts(reader.name().orElse(""), version, home.region(), home.account()));
  }

  private Definition definition(
      Environment environment, ClusterFile cluster, DesiredApps apps, String name) {
    return new Definition(
        name,
        folder,
        files.digest(),
        environment.mode(),
        environment.account(),
        environment.region(),
        cluster.cluster(),
        reader.adopt().map(cluster::adopt),
        apps,
        environment.routes(),
        environment.outside(),
        environment.move(),
        environment.driftGrace(),
        environment.windows(),
        environment.retirement(),
        environment.upgrades(),
        environment.stance(),
        cluster.versionLine(),
        environment.claims());
  }
}
