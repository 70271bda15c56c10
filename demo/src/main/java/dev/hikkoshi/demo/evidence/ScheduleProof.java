package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.demo.evidence.Proposed.Branch;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The schedule of the sample, every minute: nothing while EKS offers nothing newer; one branch with
 * one commit and one changed line when it does; nothing more at the next due time; and merging the
 * branch starts the move.
 */
final class ScheduleProof implements Proof {

  private static final String EVERY_MINUTE =
      "  upgrades: {follow: latest-standard, schedule: \"* * * * *\", zone: Asia/Tokyo}\n";
  private static final String OLD = "1.36";
  private static final String NEW = "1.37";
  private static final String BRANCH = "hikkoshi/shop-" + NEW;

  @Override
  public String on(Ground ground) {
    JsonNode all = ground.region().offers();
    ground.region().offer(without(all, NEW));
    ground.say("aws", "EKS does not offer " + NEW + " yet");
    Overlay overlay = Overlay.shortTimes().appending(Map.of("environment.yaml", EVERY_MINUTE));
    ground.serve(overlay);
    Proposed proposed = new Proposed(ground.folders().origin());

    nextTick(ground);
    Ground.require(
        proposed.branches().isEmpty(), "a branch without a newer version: " + proposed.branches());
    ground.say("seen", "a due time with nothing newer makes no branch");

    ground.region().offer(all);
    ground.say("aws", "EKS offers " + NEW);
    ground.await("a branch", () -> !proposed.branches().isEmpty());
    List<Branch> branches = proposed.branches();
    Ground.require(
        branches.size() == 1 && branches.getFirst().name().equals(BRANCH),
        "not exactly " + BRANCH + ", but " + branches);
    Branch branch = branches.getFirst();
    oneLine(proposed, branch);
    ground.say("seen", branch.name() + ": 1 commit, numstat " + branch.numstat());

    nextTick(ground);
    nextTick(ground);
    Ground.require(
        proposed.branches().equals(branches),
        "a second tick did something: " + proposed.branches());
    ground.say("seen", "the next due times change nothing");

    String before = ground.move().id();
    ground.merged(ground.repository().merge(BRANCH));
    ground.await("the move to begin", () -> moves(ground, before));
    MoveRecord move = ground.move();
    ground.say(
        "seen", "move " + move.id() + " from " + move.from().orElse("") + " to " + move.to());
    return "1 branch, 1 commit, numstat " + branch.numstat() + ", 0 changes at the next due times";
  }

  private static void oneLine(Proposed proposed, Branch branch) {
    Ground.require(branch.commits() == 1, "not one commit, but " + branch.commits());
    Ground.require(
        branch.numstat().equals("1 1 shop/cluster.yaml"), "not one line: " + branch.numstat());
    String wanted = proposed.clusterFile("main").replace("\"" + OLD + "\"", "\"" + NEW + "\"");
    Ground.require(
        proposed.clusterFile(branch.name()).equals(wanted), "not only the version was changed");
  }

  /** Waits until the next due time was worked off. */
  private static void nextTick(Ground ground) {
    Optional<Instant> before = ground.record().scheduled();
    ground.await(
        "the next due time",
        () ->
            ground
                .record()
                .scheduled()
                .filter(now -> before.isEmpty() || now.isAfter(before.get()))
                .isPresent());
  }

  private static boolean moves(Ground ground, String before) {
    MoveRecord move = ground.move();
    return !move.id().equals(before)
        && ground.record().cluster(move.to()).filter(c -> c.version().equals(NEW)).isPresent();
  }

  private static JsonNode without(JsonNode offers, String version) {
    ObjectNode fewer = offers.deepCopy();
    ArrayNode versions = fewer.putArray("versions");
    offers.path("versions").forEach(v -> keep(versions, v, version));
    return fewer;
  }

  private static void keep(ArrayNode versions, JsonNode offered, String without) {
    if (!offered.path("version").asText().equals(without)) {
      versions.add(offered);
    }
  }
}
