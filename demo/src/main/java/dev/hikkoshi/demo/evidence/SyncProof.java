package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Edit;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Overlay.Change;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.record.MoveRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Plain commits of applications while two clusters serve, in the middle of a move: they reach both
 * clusters, the move stays where it is, AWS is not written to, and what is right is left alone.
 */
final class SyncProof implements Proof {

  /** Hikkoshi leaves what differs alone for so long. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** The move stays at half and half, so that both clusters serve all the time. */
  private static final Overlay HALF_WAY =
      new Overlay(
          List.of(
              new Change("steps: [1, 5, 25, 50, 100]", "steps: [50, 100]"),
              new Change("dwell: {min: 10m, max: 1h}", "dwell: {min: 24h, max: 48h}"),
              new Change(
                  "soak: 24h", "soak: 1s"), // of the first cluster, which has nobody to soak beside
              new Change("grace: 1m", "grace: " + GRACE.toSeconds() + "s")),
          Map.of());

  private static final String NOTE = "/api/v1/namespaces/notes/configmaps/note";
  private static final String BUDGET = "/apis/policy/v1/namespaces/web/poddisruptionbudgets/web";
  private static final String NOTES_RELEASE =
      """
        - name: notes
          namespace: notes
          chart: ./charts/notes
      """;

  private static final Pattern PLACE = Pattern.compile("broken/environment\\.yaml:\\d+:\\d+: ");

  /** So many passes in a row have nothing to do. */
  private static final int QUIET_PASSES = 10;

  @Override
  public String on(Ground ground) {
    ground.serve(HALF_WAY);
    ground.merged(ground.repository().upgrade("1.36", "1.37"));
    ground.await("half of the traffic to be moved", () -> halfWay(ground.move()));
    MoveRecord move = ground.move();
    try (Inside old = ground.inside(move.from().orElseThrow());
        Inside next = ground.inside(move.to())) {
      return new Run(ground, List.of(old, next), move, ground.lastCall()).tell();
    }
  }

  private static boolean halfWay(MoveRecord move) {
    return move.routes().size() == 2
        && move.routes().values().stream()
            .allMatch(r -> r.progress() instanceof RouteProgress.Watching w && w.step() == 1);
  }

  /** One run, from the moment at which both clusters serve. */
  private record Run(Ground ground, List<Inside> clusters, MoveRecord move, long call) {

    String tell() {
      everywhere("a changed value reaches", Text.greeting("Come in"), c -> c.serves("Come in"));
      everywhere("a new release reaches", Run::addNotes, c -> c.find(NOTE).isPresent());
      brokenNeighbour();
      everywhere(
          "an object that is removed from a chart goes from",
          root -> Files.delete(root.resolve("shop/charts/web/templates/poddisruptionbudget.yaml")),
          c -> c.find(BUDGET).isEmpty());
      everywhere("a release that is removed goes from", Run::removeNotes, Run::withoutNotes);
      ByHand hand = new ByHand(ground, clusters.getFirst());
      Duration healed = hand.edit();
      hand.upgrade();
      int objects = quiet();
      unmoved();
      List<String> writes = ground.writesAfter(call);
      Ground.require(writes.isEmpty(), "AWS was written to: " + writes);
      return "%d commits in 2 clusters, hand edit corrected after %.1f s, 0 AWS writes, %d objects untouched in %d passes"
          .formatted(4, healed.toMillis() / 1e3, objects, QUIET_PASSES);
    }

    private void everywhere(String what, Edit edit, Predicate<Inside> so) {
      String subject = Character.toUpperCase(what.charAt(0)) + what.substring(1) + " all clusters";
      ground.merged(ground.repository().change(subject, edit));
      for (Inside cluster : clusters) {
        ground.await(what + " " + cluster.name(), () -> so.test(cluster));
        ground.say("seen", what + " " + cluster.name());
      }
      unmoved();
    }

    private static void addNotes(Path root) throws IOException {
      Path chart = root.resolve("shop/charts/notes");
      Files.createDirectories(chart.resolve("templates"));
      Files.writeString(
          chart.resolve("Chart.yaml"), "apiVersion: v2\nname: notes\nversion: 1.0.0\n");
      Files.writeString(
          chart.resolve("templates/note.yaml"),
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: note\ndata:\n  note: remember\n");
      Path helmfile = root.resolve("shop/helmfile.yaml");
      Files.writeString(helmfile, Files.readString(helmfile) + NOTES_RELEASE);
    }

    private static void removeNotes(Path root) throws IOException {
      Text.replace(root, "shop/helmfile.yaml", NOTES_RELEASE, "");
    }

    /** Neither its object nor Helm's record of it is left. */
    private static boolean withoutNotes(Inside cluster) {
      return cluster.find(NOTE).isEmpty()
          && cluster.find("/api/v1/namespaces/notes/secrets/sh.helm.release.v1.notes.v1").isEmpty();
    }

    /** Another environment whose definition is wrong says so, and is nobody else's trouble. */
    private void brokenNeighbour() {
      SortedMap<String, String> before = versions();
      ground.merged(ground.repository().change("An environment with errors", Run::addBroken));
      ground.await(
          "the broken environment to be told of",
          () -> PLACE.matcher(ground.view("broken").path("problems").path(0).asText()).find());
      JsonNode problem = ground.view("broken").path("problems").path(0);
      ground.say("seen", "the neighbour is broken: " + problem.asText());
      Ground.require(
          ground.view().path("problems").isEmpty(),
          "a broken neighbour is told of at shop: " + ground.view().path("problems"));
      ground.await("passes after that", passesFrom(ground.passes(), 3)::reached);
      Ground.require(versions().equals(before), "a broken neighbour made shop write");
      unmoved();
    }

    private static void addBroken(Path root) throws IOException {
      Path folder = Files.createDirectories(root.resolve("broken"));
      String text =
          Files.readString(root.resolve("shop/environment.yaml"))
              .replace("name: shop", "name: broken")
              .replace("example.com", "broken.example.com")
              .replace("steps:", "steqs:");
      Files.writeString(folder.resolve("environment.yaml"), text);
    }

    private SortedMap<String, String> versions() {
      SortedMap<String, String> all = new TreeMap<>();
      clusters.forEach(cluster -> all.putAll(cluster.versions()));
      return all;
    }

    /**
     * Waits until a row of passes wrote nothing; a controller that always writes never gets there.
     */
    private int quiet() {
      SortedMap<String, String> settled = new TreeMap<>();
      ground.await(
          QUIET_PASSES + " passes without a write",
          () -> {
            SortedMap<String, String> before = versions();
            long from = ground.passes();
            ground.await("passes", passesFrom(from, QUIET_PASSES)::reached);
            settled.clear();
            settled.putAll(versions());
            return settled.equals(before);
          });
      ground.say("seen", QUIET_PASSES + " passes leave " + settled.size() + " objects untouched");
      return settled.size();
    }

    private PassesFrom passesFrom(long from, int number) {
      return new PassesFrom(ground, from + number);
    }

    /** The same move, at the same step. */
    private void unmoved() {
      MoveRecord now = ground.move();
      Ground.require(
          now.id().equals(move.id()) && halfWay(now),
          "the move went on: " + now.id() + " " + now.phase().word() + " " + now.routes());
    }
  }

  private record PassesFrom(Ground ground, long until) {

    boolean reached() {
      return ground.passes() >= until;
    }
  }
}
