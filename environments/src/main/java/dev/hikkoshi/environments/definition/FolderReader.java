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
    Optional<ClusterFile> cluster =
        reader
            .cluster()
            .flatMap(
                named ->
                    files
                        .need(named.name(), named.place())
                        .flatMap(
                            content ->
                                ClusterReader.read(
                                    named.name(), content, reader.home(), problems)));
    Optional<DesiredApps> apps =
        reader
            .apps()
            .flatMap(request -> Helmfile.read(tree, folder, request, templates, secrets, problems));
    if (problems.count() > 0 || environment.isEmpty() || cluster.isEmpty()) {
      return new Reading.Bad(
          folder, reader.name(), problems.all(), reader.nameClaim().stream().toList());
    }
    DesiredApps releases = apps.orElseGet(DesiredApps::none);
    files.depends("apps", releases.appDigest());
    return new Reading.Good(
        definition(environment.get(), cluster.get(), releases, reader.name().orElseThrow()));
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
