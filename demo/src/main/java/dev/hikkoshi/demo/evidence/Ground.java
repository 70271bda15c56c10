package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.altered.AlteredProcess;
import dev.hikkoshi.demo.stage.Belongings;
import dev.hikkoshi.demo.stage.EnvironmentsRepository;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Pushed;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Stage;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.demo.story.Demo;
import dev.hikkoshi.demo.story.Tale;
import dev.hikkoshi.demo.story.Teller;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.demo.watch.Journals;
import dev.hikkoshi.demo.watch.MoveBook;
import dev.hikkoshi.demo.watch.StatusWatch;
import dev.hikkoshi.environments.history.Breach;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A region, the controller as it is shipped and a repository, and what each says from outside. */
final class Ground implements AutoCloseable {

  /** Nothing takes longer here, on a machine that is busy with other things too. */
  static final Duration LIMIT = Duration.ofMinutes(4);

  private static final String ENVIRONMENTS =
      "/apis/hikkoshi.dev/v1alpha1/namespaces/default/environments/";

  private static final String MOVES = "/apis/hikkoshi.dev/v1alpha1/namespaces/default/moves/";

  private final Teller teller;
  private final InstantSource clock;
  private final Asked asked;
  private final Stage stage;
  private final Optional<ShippedAgain> controller;
  private final Tale tale;
  private final StatusWatch watch;
  private final Inside management;

  /**
   * What the command line said beside the key.
   *
   * @param state where results that outlive a run are kept
   * @param aws the AWS command line's program, for proofs that run it
   * @param times how often something is done at random
   * @param seed of what is random
   * @param perSecond how many requests a second come to a route
   * @param plant whether the claim is made false on purpose
   */
  record Asked(
      Optional<Path> state,
      Optional<Path> aws,
      int times,
      long seed,
      int perSecond,
      boolean plant) {}

  private Ground(
      Asked asked,
      Teller teller,
      InstantSource clock,
      Stage stage,
      Optional<ShippedAgain> controller,
      Tale tale) {
    this.asked = asked;
    this.teller = teller;
    this.clock = clock;
    this.stage = stage;
    this.controller = controller;
    this.tale = tale;
    Path kubeconfig = stage.region().managementKubeconfig();
    this.management = new Inside("management", kubeconfig);
    this.watch = StatusWatch.start(kubeconfig, Demo.ENVIRONMENT, clock, tale::hear);
  }

  /** Builds it up. */
  static Ground open(
      Folders folders, boolean keep, Asked asked, Proof proof, Teller teller, InstantSource clock) {
    List<String> alteration = proof.alteration();
    AtomicReference<@Nullable ShippedAgain> started = new AtomicReference<>();
    var wish =
        new Stage.Wish(
            folders,
            keep,
            proof.tempo(),
            Stage.LEASE,
            (f, processes, region, settings) -> {
              if (!alteration.isEmpty()) {
                return AlteredProcess.start(f, processes, region, settings, alteration);
              }
              ShippedAgain process = new ShippedAgain(f, processes, region, settings);
              started.set(process);
              return process;
            },
            text -> teller.say("stage", text));
    Stage stage = Demo.open(wish, clock);
    return new Ground(
        asked,
        teller,
        clock,
        stage,
        Optional.ofNullable(started.get()),
        new Tale(teller, proof.tempo().patience()));
  }

  /**
   * The figure of a proof after which the journal broke no rule; when there is none, what everybody
   * logged stays.
   */
  String keptWhenItFails(Proof proof) {
    return stage.keptWhenItFails(
        () -> {
          String figure = proof.on(this);
          List<Breach> breaches =
              Journals.audit(region().managementKubeconfig(), Demo.ENVIRONMENT).breaches();
          require(breaches.isEmpty(), "the journal breaks " + breaches);
          return figure;
        });
  }

  Folders folders() {
    return stage.folders();
  }

  Asked asked() {
    return asked;
  }

  /** The load balancer that several teams share. */
  Belongings belongings() {
    return stage.belongings();
  }

  /** SIGKILL to the controller. */
  void kill() {
    shipped().kill();
  }

  /** The controller again, after it was killed; returns when it is ready. */
  void start() {
    shipped().start();
  }

  LocalRegion region() {
    return stage.region();
  }

  EnvironmentsRepository repository() {
    return stage.repository();
  }

  InstantSource clock() {
    return clock;
  }

  /** Says what is done or was seen. */
  void say(String word, String text) {
    teller.say(word, text);
  }

  /** Says what was merged. */
  Pushed merged(Pushed commit) {
    say("merge", commit.shortId() + "  " + commit.subject());
    return commit;
  }

  /** Merges the sample and waits until its first cluster serves. */
  void serve(Overlay overlay) {
    Demo.serve(stage, teller, tale, overlay);
  }

  /** Users of both routes. */
  Traffic users() {
    return crowd(Traffic.ROUTES);
  }

  /** The sample, not waited for: its definition may ask for nothing yet. */
  void merge(Overlay overlay) {
    merged(repository().addSample(folders().sample(), overlay, "Shop on Kubernetes 1.36"));
  }

  /** The Move object of the move that goes on, or of the last one. */
  JsonNode moveObject() {
    return management
        .find(MOVES + move().id())
        .map(JsonNode.class::cast)
        .orElseThrow(() -> new DemoException("there is no Move object of " + move().id()));
  }

  /** Users of one route only. */
  Traffic usersOf(String route) {
    return crowd(Set.of(route));
  }

  private Traffic crowd(Set<String> routes) {
    return Demo.users(stage, tale, clock, new Traffic.Crowd(routes, asked.perSecond()));
  }

  /** Waits for some passes; answers how many there were. */
  long awaitPasses(int number) {
    long from = passes();
    awaitCalmly("passes", () -> passes() >= from + number);
    return passes() - from;
  }

  /** The newest record, if anything was ever remembered. */
  Optional<EnvironmentRecord> recorded() {
    return tale.record();
  }

  /** What was seen of every phase and every step. */
  MoveBook book() {
    return tale.book();
  }

  /** The newest record. */
  EnvironmentRecord record() {
    return tale.record().orElseThrow(() -> new DemoException("there is no record yet"));
  }

  /** The move that goes on, or the last one. */
  MoveRecord move() {
    return record().move().orElseThrow(() -> new DemoException("there is no move"));
  }

  /** What people are shown of an environment; a missing node while there is nothing. */
  JsonNode view(String environment) {
    return management
        .find(ENVIRONMENTS + environment)
        .map(object -> object.at("/status/view"))
        .orElseGet(MissingNode::getInstance);
  }

  /** What people are shown of the sample's environment. */
  JsonNode view() {
    return view(Demo.ENVIRONMENT);
  }

  /** One cluster of the region, as its administrator sees it. */
  Inside inside(String cluster) {
    String kubeconfig = region().state().at("/clusters").path(cluster).path("kubeconfig").asText();
    if (kubeconfig.isEmpty()) {
      throw new DemoException("there is no cluster " + cluster);
    }
    return new Inside(cluster, Path.of(kubeconfig));
  }

  /** Waits; a hold ends the waiting. */
  void await(String what, BooleanSupplier so) {
    tale.awaitThat(what, so);
  }

  /** Waits where a hold or a refusal is what is waited for. */
  void awaitCalmly(String what, BooleanSupplier so) {
    try {
      Waiting.until(what, LIMIT, so);
    } catch (DemoException e) {
      throw new DemoException(e.getMessage() + "; status says: " + view(), e);
    }
  }

  /** Fails the proof unless it is so. */
  static void require(boolean so, String otherwise) {
    if (!so) {
      throw new DemoException(otherwise);
    }
  }

  private ShippedAgain shipped() {
    return controller.orElseThrow(() -> new DemoException("the controller is an altered one"));
  }

  /** How many passes the controller has made over the sample's environment, by its own metrics. */
  long passes() {
    return Passes.of(shipped().address(), Demo.ENVIRONMENT);
  }

  /** The number of the newest call in the region's log. */
  long lastCall() {
    List<JsonNode> all = region().callsAfter(0);
    return all.isEmpty() ? 0 : all.getLast().path("seq").asLong();
  }

  /**
   * Writes to AWS after that call; those of load balancer controllers inside clusters and of the
   * operator who laid the stage are apart.
   */
  List<String> writesAfter(long call) {
    return AwsWrites.among(
        region().callsAfter(call).stream()
            .filter(c -> !c.path("principal").asText().endsWith(":user/operator"))
            .toList());
  }

  @Override
  public void close() {
    watch.close();
    management.close();
    stage.close();
  }
}
