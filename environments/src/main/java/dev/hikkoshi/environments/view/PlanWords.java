package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.plan.Differences;
import dev.hikkoshi.environments.plan.Removals;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.view.PlanDocument.Item;
import dev.hikkoshi.environments.view.PlanDocument.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a {@link PlanDocument}. */
final class PlanWords {

  private final Desired desired;
  private final EnvironmentRecord record;
  private final List<String> dangers = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();

  PlanWords(Desired desired, EnvironmentRecord record) {
    this.desired = desired;
    this.record = record;
  }

  PlanDocument document() {
    Optional<ClusterRecord> serving =
        record.move().map(MoveRecord::serving).flatMap(record::cluster);
    Optional<ClusterRecord> target = record.move().map(MoveRecord::to).flatMap(record::cluster);
    String back;
    if (record.blank() && desired.adopt().isPresent()) {
      back = adopting(desired.adopt().get());
    } else if (target.filter(this::wanted).isPresent()) {
      inPlace(target.get());
      back = "revert the commit: the releases follow";
    } else if (home().isPresent()) {
      back = returning(home().get());
    } else {
      back = moving(serving);
    }
    retirement();
    return new PlanDocument(
        desired.environment(),
        desired.commit(),
        desired.mode(),
        dangers,
        items,
        List.of(),
        back,
        summary());
  }

  private boolean wanted(ClusterRecord cluster) {
    return cluster.life().alive() && cluster.immutable().equals(desired.cluster().immutable());
  }

  /** Home of a move that goes on, if it is what is wanted. */
  private Optional<ClusterRecord> home() {
    return record
        .move()
        .filter(m -> m.phase() instanceof MovePhase.Forward)
        .flatMap(MoveRecord::from)
        .flatMap(record::cluster)
        .filter(c -> c.life().home() && wanted(c));
  }

  private String adopting(Adopt adopt) {
    items.add(
        new Item(
            Kind.CHANGE,
            "adopt cluster %s as it is, if EKS says %s too"
                .formatted(adopt.cluster(), desired.cluster().version()),
            "our tags are put on it; its routes stay as they are until the first move. Another"
                + " version can be planned once it is adopted"));
    if (!desired.apps().releases().isEmpty()) {
      items.add(
          new Item(
              Kind.SYNC,
              "make %s in it ours".formatted(releases()),
              "app digest " + shortened(desired.apps().appDigest())));
    }
    return "nothing was moved yet: hikkoshi handover gives it back";
  }

  private void inPlace(ClusterRecord cluster) {
    Removals.Told removals = Removals.told(cluster, desired.cluster());
    dangers.addAll(removals.dangers());
    removals
        .items()
        .forEach(what -> items.add(new Item(Kind.CHANGE, what, "cluster.yaml has it no longer")));
    if (!cluster.mutable().equals(desired.cluster().mutable())) {
      items.add(
          new Item(
              Kind.CHANGE,
              "change cluster " + cluster.name() + " in place",
              Differences.text(cluster.mutable(), desired.cluster().mutable())));
    }
  }

  private String returning(ClusterRecord home) {
    items.add(
        new Item(
            Kind.RETURN,
            "return every route to " + home.name() + " in one write each",
            "its definition is wanted again"));
    return "commit the other version again: a normal move with all its steps";
  }

  private String moving(Optional<ClusterRecord> serving) {
    Optional<ClusterRecord> kept =
        record.clusters().values().stream()
            .filter(c -> serving.filter(c::equals).isEmpty() && wanted(c))
            .max(Comparator.comparingInt(ClusterRecord::number));
    String why =
        serving
            .map(s -> Differences.text(s.immutable(), desired.cluster().immutable()))
            .orElse("there is no cluster yet");
    String version = desired.cluster().version();
    kept.ifPresentOrElse(
        c -> items.add(new Item(Kind.CHANGE, "use the kept cluster " + c.name() + " again", why)),
        () -> items.add(new Item(Kind.BUILD, "build a cluster at " + version, why)));
    mixedChange(serving);
    items.add(
        new Item(
            Kind.SYNC,
            "sync %s into it".formatted(releases()),
            "app digest " + shortened(desired.apps().appDigest())));
    desired.routes().forEach(route -> items.add(route(route, serving)));
    serving.ifPresent(this::end);
    return serving
        .map(this::back)
        .orElse("there is nothing to go back to: it is the first cluster");
  }

  private void mixedChange(Optional<ClusterRecord> serving) {
    if (serving.isEmpty()) {
      return;
    }
    switch (desired.mixedChange()) {
      case Known<Desired.MixedChange>(Desired.MixedChange change) -> {
        if (!change.same()) {
          dangers.add("mixed-change: " + change.evidence() + "; split the commit");
        }
      }
      case Unknown<Desired.MixedChange>(String what, String why) ->
          dangers.add("mixed-change is not known: " + what + ": " + why);
    }
  }

  private Item route(DesiredRoute route, Optional<ClusterRecord> serving) {
    String steps =
        desired.move().steps().stream()
            .map(s -> Integer.toString(s.percent()))
            .collect(Collectors.joining(", "));
    String what =
        serving.isEmpty() && route.external().isEmpty()
            ? "route %s: 100 %% in one write, after the checks".formatted(route.name())
            : "route %s: %s %%".formatted(route.name(), steps);
    String order =
        desired.move().routes() == MoveRules.Order.TOGETHER
            ? "routes step together, each is judged alone"
            : "routes go one after the other";
    return new Item(Kind.MOVE, what, order);
  }

  private void end(ClusterRecord old) {
    dangers.add(
        "%s goes in the end: from the removal of its nodes on, a revert builds again"
            .formatted(old.name()));
    boolean approved = desired.retirement().approved().contains(old.name());
    items.add(
        new Item(
            Kind.RETIRE,
            "retire %s %s after its drain"
                .formatted(old.name(), time(desired.retirement().after())),
            approved ? "approved" : "only once retire.approved names it"));
  }

  private String back(ClusterRecord old) {
    return "git revert: one write for each route, through all steps, soak (%s) and drain (%s); then a move, while %s exists"
        .formatted(time(desired.move().soak()), time(desired.move().drain().lasting()), old.name());
  }

  /** Approvals that this definition gives to clusters that wait for one. */
  private void retirement() {
    for (ClusterRecord c : record.clusters().values()) {
      boolean waits =
          c.life() instanceof ClusterLife.Drained || c.life() instanceof ClusterLife.Abandoned;
      if (waits && desired.retirement().approved().contains(c.name())) {
        dangers.add("deletes cluster " + c.name());
        items.add(new Item(Kind.RETIRE, "retire " + c.name(), "retire.approved names it"));
      }
    }
  }

  private String summary() {
    if (items.isEmpty()) {
      return "No changes.";
    }
    long builds = count(Kind.BUILD);
    long retires = count(Kind.RETIRE);
    long moves = count(Kind.MOVE);
    List<String> parts = new ArrayList<>();
    add(parts, builds, "cluster to build", "clusters to build");
    if (count(Kind.SYNC) > 0) {
      int releases = desired.apps().releases().size();
      add(parts, releases, "release", "releases");
    }
    if (moves > 0) {
      parts.add(
          "%d %s in %d steps"
              .formatted(moves, moves == 1 ? "route" : "routes", desired.move().steps().size()));
    }
    if (count(Kind.RETURN) > 0) {
      parts.add("a return");
    }
    add(parts, count(Kind.CHANGE), "change in place", "changes in place");
    add(parts, retires, "cluster to retire", "clusters to retire");
    return "Plan: " + String.join(", ", parts);
  }

  private static void add(List<String> parts, long n, String one, String many) {
    if (n > 0) {
      parts.add(n + " " + (n == 1 ? one : many));
    }
  }

  private long count(Kind kind) {
    return items.stream().filter(i -> i.kind() == kind).count();
  }

  private String releases() {
    int releases = desired.apps().releases().size();
    return releases == 1 ? "1 release" : releases + " releases";
  }

  private static String time(Duration time) {
    return Ages.text(time);
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(digest.length(), 12));
  }
}
