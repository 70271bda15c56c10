package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Pushed;
import dev.hikkoshi.demo.stage.Outside;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Overlay.Change;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A host that machines outside of clusters serve moves into the first cluster step by step, returns
 * at 25 % because the commit was reverted, and moves again to the end; users lose nothing.
 */
final class ExternalProof implements Proof {

  private static final String HOST = "api.example.com";
  private static final int REVERTED_AT = 25;
  private static final String WEB =
      """
          # A load balancer per cluster; weighted alias records share the name out.
          - name: web
            dns:
              zone: example.com
              record: www.example.com
              role: arn:aws:iam::111122223333:role/traffic
            backend:
              ingress: {namespace: web, name: web}
      """;

  @Override
  public String on(Ground ground) {
    try (Outside machines = Outside.open(ground.belongings(), HOST)) {
      ground.merge(sample(machines.group()));
      try (Traffic users = ground.usersOf(Traffic.API)) {
        return new Run(ground, users).tell();
      }
    }
  }

  private static Overlay sample(String group) {
    return Overlay.shortTimes()
        .and(new Change("  mode: act", "  traffic: external\n  mode: act"))
        .and(new Change(WEB, ""))
        .and(
            new Change(
                "      healthCheck: {path: /healthz}",
                "      healthCheck: {path: /healthz}\n      external: {targetGroup: \""
                    + group
                    + "\"}"));
  }

  /** One run, from the moment at which machines serve users. */
  private record Run(Ground ground, Traffic users) {

    String tell() {
      ground.awaitPasses(3);
      Ground.require(
          ground.recorded().flatMap(EnvironmentRecord::move).isEmpty(),
          "a move began while traffic is external");
      Pushed into =
          ground.merged(
              ground
                  .repository()
                  .change(
                      "Into EKS",
                      Text.replace("shop/environment.yaml", "  traffic: external\n", "")));
      ground.await("the step of " + REVERTED_AT + " %", () -> step(REVERTED_AT));
      Pushed back = ground.merged(ground.repository().revert(into));
      ground.await("traffic to be outside again", this::returned);
      outsideOnly();
      ground.merged(ground.repository().revert(back));
      ground.await("everything in the first cluster", this::over);
      return figure();
    }

    private boolean step(int percent) {
      return ground.recorded().flatMap(EnvironmentRecord::move).stream()
          .flatMap(move -> move.routes().values().stream())
          .anyMatch(
              r ->
                  r.progress() instanceof RouteProgress.Watching w
                      && ground.move().steps().get(w.step() - 1).percent() >= percent);
    }

    private boolean returned() {
      return phase() instanceof MovePhase.Returned;
    }

    private boolean over() {
      return phase() instanceof MovePhase.Gone;
    }

    private MovePhase phase() {
      return ground.move().phase();
    }

    /** After the return nobody is answered by the cluster any more. */
    private void outsideOnly() {
      Instant quiet = ground.clock().instant().plusSeconds(2);
      Waiting.until(
          "answers after the return",
          Ground.LIMIT,
          () -> ground.clock().instant().isAfter(quiet.plusSeconds(2)));
      MoveRecord move = ground.move();
      books()
          .forEach(
              (route, books) ->
                  Ground.require(
                      books.last(move.to()).filter(quiet::isBefore).isEmpty(),
                      route + " is still answered by " + move.to()));
    }

    private Map<String, Books> books() {
      return users.books();
    }

    private String figure() {
      Books books = Objects.requireNonNull(books().get(Traffic.API), "users of the route");
      Ground.require(books.failures() == 0, "lost: " + books.details());
      long clusters = ground.record().clusters().size();
      Ground.require(clusters == 1, "the second move did not use the kept cluster: " + clusters);
      List<Integer> steps = ground.move().steps().stream().map(s -> s.percent()).toList();
      return "%s %% from a target group of machines into %s, returned at %d %%, %,d requests, 0 failed; answered by %s"
          .formatted(steps, ground.move().to(), REVERTED_AT, books.answers(), books.answered());
    }
  }
}
