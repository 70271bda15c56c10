package dev.hikkoshi.cli.adopt;

import dev.hikkoshi.cli.apps.BuildText;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.cli.folder.EnvironmentText;
import dev.hikkoshi.cli.folder.FolderTexts;
import dev.hikkoshi.cli.folder.NewFolder;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.reading.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the folder's texts out of a survey, and says what would become of what is there. */
public final class Adopting {

  private final String name;
  private final NewFolder folder;
  private final Survey survey;
  private final Worker worker;
  private FolderTexts.Result texts = new FolderTexts.Result(Map.of(), List.of(), List.of());

  /**
   * Nothing is made yet.
   *
   * @param name of the environment
   */
  public Adopting(String name, NewFolder folder, Survey survey, Worker worker) {
    this.name = name;
    this.folder = folder;
    this.survey = survey;
    this.worker = worker;
  }

  /** The files to be written, by path from the root of the tree; after {@link #prepare}. */
  public Map<String, String> files() {
    return texts.files();
  }

  /**
   * Makes the texts and holds the releases against each other.
   *
   * @param environment helmfile's
   */
  public AdoptionReport prepare(Optional<String> environment, Surveyor surveyor) {
    ClusterSeen cluster = survey.cluster().seen();
    List<Proposal> proposals = Proposals.of(survey);
    String region = cluster.identity().arn().split(":", -1)[3];
    String environmentText =
        new EnvironmentText(name, survey.account(), region)
            .adopting(cluster.name())
            .apps(folder.helmfile(), environment)
            .routes(proposals.stream().flatMap(p -> p.route().stream()).toList())
            .text();
    String clusterText = BuildText.of(survey.cluster().file());
    texts =
        new FolderTexts(folder.below(), this::read)
            .of(environmentText, clusterText, "cluster.yaml");
    Optional<Wanted> wanted =
        folder.helmfile().flatMap(_ -> good()).map(definition -> wanted(definition, cluster));
    List<String> unseen = new ArrayList<>(survey.unseen());
    List<ReleaseMatch> releases = new ArrayList<>();
    if (survey.entrances() instanceof Known<Entrances>) {
      Observation<List<ReleaseMatch>> seen = surveyor.releases(cluster, wanted, worker);
      switch (seen) {
        case Known<List<ReleaseMatch>>(List<ReleaseMatch> all) -> releases.addAll(all);
        case Unknown<List<ReleaseMatch>>(String what, String why) -> unseen.add(what + ": " + why);
      }
    }
    return new AdoptionReport(
        name,
        line(cluster),
        texts.files().keySet().stream().map(folder::shown).toList(),
        unsaid(clusterText),
        releases,
        wanted.isPresent(),
        proposals,
        texts.problems(),
        unseen);
  }

  private List<Reading> read(Map<String, String> files) {
    return DefinitionFiles.laidOver(
        folder.root(), folder.below(), files, worker.templates(), worker.secrets());
  }

  private Optional<Definition> good() {
    return read(texts.files()).stream()
        .<Definition>mapMulti(
            (reading, out) -> {
              if (reading instanceof Reading.Good(Definition definition)) {
                out.accept(definition);
              }
            })
        .filter(definition -> definition.name().equals(name))
        .findFirst();
  }

  /** What the controller would want in that cluster, once it acts. */
  private static Wanted wanted(Definition definition, ClusterSeen cluster) {
    return definition
        .toDesired(
            "working-tree",
            Measuring.standard(),
            Observation.unknown("manifests of the old side", "there is no commit before"))
        .wanted(cluster.name(), cluster.version(), true);
  }

  /** What was taken out of the cluster's file, by key, and what it has no words for. */
  private List<String> unsaid(String clusterText) {
    List<String> lines = clusterText.lines().toList();
    List<String> all = new ArrayList<>();
    for (Problem left : texts.left()) {
      all.add(
          "%s: %s%s"
              .formatted(
                  KeyAt.line(lines, left.line()),
                  left.message(),
                  left.hint().map(hint -> " (" + hint + ")").orElse("")));
    }
    all.addAll(survey.cluster().unsaid());
    return all;
  }

  private static String line(ClusterSeen cluster) {
    return "%s, Kubernetes %s, %s: %s, %s, %s"
        .formatted(
            cluster.name(),
            cluster.version(),
            cluster.status(),
            count(cluster.nodegroups(), "node group"),
            count(cluster.addons(), "add-on"),
            count(cluster.accessEntries(), "access entry"));
  }

  private static String count(Observation<? extends List<?>> list, String what) {
    return list.known()
        .map(
            all ->
                all.size() == 1
                    ? "1 " + what
                    : all.size() + " " + what.replaceAll("y$", "ie") + "s")
        .orElse(what + "s unknown");
  }
}
