package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people do in a cluster behind Hikkoshi's back, with kubectl and helm. */
final class ByHand {

  private static final Pattern REVISION = Pattern.compile("REVISION: (\\d+)");
  private static final String RECORD = "/api/v1/namespaces/web/secrets/sh.helm.release.v1.web.v";

  private final Ground ground;
  private final Inside cluster;
  private final HandTools tools;
  private final String wanted;

  ByHand(Ground ground, Inside cluster) {
    this.ground = ground;
    this.cluster = cluster;
    tools = HandTools.of(ground.folders(), ground.clock());
    wanted = cluster.greeting();
  }

  /**
   * A hand edit is told of, left alone for the grace period and then corrected.
   *
   * @return after how long it was corrected
   */
  Duration edit() {
    Instant before = ground.clock().instant();
    tools.kubectl(
        cluster,
        "-n",
        "web",
        "patch",
        "configmap",
        "web",
        "--type=merge",
        "--patch={\"data\":{\"greeting\":\"by hand\"}}");
    ground.say("by hand", "kubectl patch configmap web in " + cluster.name());
    ground.await("the difference to be told", () -> says("live state differs"));
    Ground.require(cluster.greeting().equals("by hand"), "it was corrected before it was told");
    ground.await("the hand edit to be corrected", () -> cluster.greeting().equals(wanted));
    Duration after = Duration.between(before, ground.clock().instant());
    Ground.require(
        after.compareTo(SyncProof.GRACE) >= 0,
        "it was corrected before the grace was over: " + after);
    ground.say("seen", "told of, and corrected after %.1f s".formatted(after.toMillis() / 1e3));
    return after;
  }

  /** A newer revision that is not ours is told of first, and replaced by a newer one of ours. */
  void upgrade() {
    String chart = ground.folders().work().resolve("shop/charts/web").toString();
    String printed =
        tools.helm(
            cluster,
            "upgrade",
            "web",
            chart,
            "--namespace=web",
            "--reuse-values",
            "--set=greeting=by helm");
    Matcher revision = REVISION.matcher(printed);
    Ground.require(revision.find(), "helm did not say its revision: " + printed);
    int theirs = Integer.parseInt(revision.group(1));
    ground.say("by hand", "helm upgrade web in " + cluster.name() + ": revision " + theirs);
    ground.await(
        "the foreign revision to be told",
        () -> says("revision " + theirs + " of web/web was written by somebody else"));
    Ground.require(
        cluster.find(RECORD + (theirs + 1)).isEmpty(), "it was replaced before it was told");
    ground.await(
        "a revision of ours",
        () -> cluster.find(RECORD + (theirs + 1)).isPresent() && cluster.greeting().equals(wanted));
    ground.await("its pods", () -> cluster.serves(wanted));
    String history = tools.helm(cluster, "history", "web", "--namespace=web", "--max=2");
    ground.say("seen", "told of, and replaced\n" + history.stripTrailing());
    Ground.require(
        history.contains("superseded") && history.contains("deployed"),
        "helm's history does not say who is deployed: " + history);
  }

  private boolean says(String words) {
    for (JsonNode wait : ground.view().path("waits")) {
      if (wait.path("sentence").asText().contains(words)
          && wait.path("subject").asText().startsWith(cluster.name())) {
        return true;
      }
    }
    return false;
  }
}
