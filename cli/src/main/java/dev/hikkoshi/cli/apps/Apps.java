package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.kept.KeptCommand;
import dev.hikkoshi.cli.kept.SeenTree;
import dev.hikkoshi.clusters.charts.ChartException;
import dev.hikkoshi.clusters.helm.Offline;
import dev.hikkoshi.clusters.helm.Online;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.helmfile.Helmfile;
import dev.hikkoshi.environments.port.InsideGateway;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.environments.reading.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A helmfile that was named on the command line, with the processes that read and render it. */
public final class Apps implements AutoCloseable {

  private final Where where;
  private final Session session;
  private final HelmfileOptions options;
  private final Worker worker;
  private @Nullable SeenTree tree;
  private boolean sealed;

  private Apps(Where where, Session session, HelmfileOptions options, Worker worker) {
    this.where = where;
    this.session = session;
    this.options = options;
    this.worker = worker;
  }

  /**
   * Finds it; nothing is read yet but an environment.yaml, and no process is started.
   *
   * @param worker closed with this
   * @throws CliException when it cannot be found
   */
  public static Apps open(HelmfileOptions options, Session session, Worker worker) {
    return new Apps(Where.of(options, session), session, options, worker);
  }

  /**
   * The resolved state of one state file.
   *
   * @param source the file
   * @param document its state as plain values
   */
  public record State(Path source, Map<String, Object> document) {

    public State {
      document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
    }

    /** As helmfile prints it. */
    public String text() {
      return "---\n#  Source: %s\n\n%s".formatted(source, BuildText.of(document));
    }
  }

  /**
   * The resolved state of each state file, in the order of visiting.
   *
   * @throws CliException with all problems told, when there are any
   */
  public List<State> build() {
    List<Helmfile.Built> states =
        read(
            (templates, problems) ->
                Helmfile.build(
                    where.tree(),
                    where.folder(),
                    where.request(options, session),
                    templates,
                    worker.secrets(options.ageKeys(session)),
                    problems));
    mustHave(states.stream().anyMatch(state -> state.document().containsKey("releases")), false);
    List<State> documents = new ArrayList<>();
    for (Helmfile.Built state : states) {
      Path source = where.root().resolve(state.file());
      Path folder = Optional.ofNullable(source.getParent()).orElse(source);
      // Files that a folder was searched for are named in full, as helmfile names them.
      boolean searched = where.searched(state.file());
      Map<String, Object> document =
          new LinkedHashMap<>(ChartPaths.added(state.document(), folder, searched));
      if (searched) {
        document.put("filepath", source.toString());
      }
      documents.add(new State(source, document));
    }
    return documents;
  }

  /**
   * The manifests of all releases, in order.
   *
   * @param beside told what does not render though nothing is wrong with reading it, when the
   *     helmfile cannot be read: all that is wrong is said in one run
   * @throws CliException with all problems told, when the helmfile cannot be read
   */
  public List<Offline.Rendered> render(TargetOptions target, Consumer<Offline.Bad> beside) {
    Problems problems = new Problems();
    try (Renders renders = new Renders(worker, where, session, options, target)) {
      Helmfile.Outcome read = outcome(worker.templates(), problems, renders::early);
      if (read.apps().isEmpty()) {
        tell(problems);
        bad(read.sound(), renders).forEach(beside);
        throw notGood();
      }
      DesiredApps apps = read.apps().get();
      mustHave(!apps.releases().isEmpty() || !apps.absent().isEmpty(), !apps.left().isEmpty());
      sealed = apps.releases().stream().anyMatch(Apps::sealed);
      return renders.all(InOrder.of(apps));
    }
  }

  private List<Offline.Bad> bad(List<WantedRelease> sound, Renders renders) {
    if (sound.isEmpty()) {
      return List.of();
    }
    try {
      return renders.all(sound).stream()
          .flatMap(one -> one instanceof Offline.Bad bad ? Stream.of(bad) : Stream.of())
          .toList();
    } catch (CliException _) {
      // Nothing can be rendered just now; what was read is told, and the next run says this.
      return List.of();
    }
  }

  /**
   * What syncing would change in a cluster, release by release.
   *
   * @throws CliException with all problems told, when the helmfile cannot be read
   */
  public List<ReleaseChanges> diff(LiveCluster cluster) {
    DesiredApps apps = apps();
    var renderer = worker.renderer(options, Optional.empty());
    Online online = new Online(cluster.api(), cluster.discovery(), renderer, worker.pool());
    List<ReleaseChanges> all = new ArrayList<>();
    try {
      for (Online.Compared one :
          online.all(apps.releases(), cluster.kubeVersion(), cluster.facts())) {
        all.add(new ReleaseChanges(cluster.name(), one.id(), one.changes(), one.problem()));
      }
    } catch (RenderException | ChartException e) {
      throw new CliException(Exit.ERROR, String.valueOf(e.getMessage()), "");
    }
    return all;
  }

  private static boolean sealed(WantedRelease release) {
    return release.values().stream().anyMatch(InsideGateway.Values.Secret.class::isInstance);
  }

  /**
   * What the last render was made of; empty when it cannot be told, or when it would be another
   * with the same files: secrets, variables of this process, random values, charts from elsewhere.
   */
  public Optional<KeptCommand.Made> made() {
    SeenTree read = tree;
    if (read == null
        || sealed
        || !worker.repeatable()
        || !options.variables(session).isEmpty()
        || options.ageKeys(session).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new KeptCommand.Made(
            where.root(), read, where.looked(options, session), worker.binaries()));
  }

  /**
   * The clusters to compare with: contexts where any are named, else those of the environment, else
   * the kubeconfig's current context.
   *
   * @param names only these clusters of the environment; none for all
   * @throws CliException when they cannot be found
   */
  public Targets targets(Optional<Path> kubeconfig, List<String> contexts, List<String> names) {
    boolean contextual = kubeconfig.isPresent() || !contexts.isEmpty();
    if (contextual || where.said().home().isEmpty()) {
      if (!names.isEmpty()) {
        throw new CliException(
            Exit.USAGE,
            "--cluster names a cluster of an environment",
            "--cluster-context names one of a kubeconfig.");
      }
      return Targets.ofContexts(kubeconfig, contexts);
    }
    EnvironmentApps.Home home = where.said().home().orElseThrow();
    session.say("asking AWS in %s about %s".formatted(home.region(), home.name()));
    return Targets.ofEnvironment(home, names);
  }

  /**
   * A selector that selects nothing is a slip, and so is a helmfile without releases: helmfile says
   * so too. One with {@code installed: false} is something to do. An environment may well have no
   * release yet.
   *
   * @param conditional whether there are releases that a condition leaves out
   */
  private void mustHave(boolean any, boolean conditional) {
    if (any) {
      return;
    }
    if (!options.selectors().isEmpty()) {
      throw new CliException(
          Exit.ERROR,
          "no release has the labels %s".formatted(String.join(" or ", options.selectors())),
          "hikkoshi build prints the releases with their labels.");
    }
    if (where.said().home().isPresent()) {
      return;
    }
    if (conditional) {
      throw new CliException(
          Exit.ERROR,
          "no release takes part: no condition of any holds",
          "hikkoshi build prints the releases with their conditions, and the values.");
    }
    throw new CliException(
        Exit.ERROR,
        "the helmfile has no release",
        "Those of other files are asked for by helmfiles:, or by naming their folder.");
  }

  private DesiredApps apps() {
    return read((templates, problems) -> outcome(templates, problems, _ -> {}).apps());
  }

  private Helmfile.Outcome outcome(
      Templates templates, Problems problems, Consumer<WantedRelease> early) {
    SeenTree read = new SeenTree(where.tree(), where.root(), session.clock());
    tree = read;
    return Helmfile.outcome(
        read,
        where.folder(),
        where.request(options, session),
        templates,
        worker.secrets(options.ageKeys(session)),
        problems,
        early);
  }

  private interface Reader<T> {
    Optional<T> read(Templates templates, Problems problems);
  }

  private <T> T read(Reader<T> reader) {
    Problems problems = new Problems();
    Optional<T> result = reader.read(worker.templates(), problems);
    if (result.isEmpty()) {
      tell(problems);
      throw notGood();
    }
    return result.get();
  }

  private void tell(Problems problems) {
    List<Problem> all = problems.all().stream().map(where::shown).toList();
    all.forEach(problem -> session.say(problem.toString()));
  }

  private static CliException notGood() {
    return new CliException(Exit.ERROR, "the helmfile is not good; the lines above say where", "");
  }

  @Override
  public void close() {
    worker.close();
  }
}
