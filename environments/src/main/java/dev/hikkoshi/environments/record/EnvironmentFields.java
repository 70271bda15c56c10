package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.observed.Freeze;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A record has no copy with one component changed; this is one, for the length of a lambda. */
final class EnvironmentFields {
  String environment;
  int nextNumber;
  SortedMap<String, ClusterRecord> clusters;
  SortedMap<String, RouteRecord> routes;
  Optional<MoveRecord> move;
  List<Hold> holds;
  List<Intent> intents;
  SortedMap<String, Refusal> refusals;
  List<JournalEntry> journal;
  Optional<Instant> scheduled;
  Optional<RunOnce> runOnce;
  SortedMap<String, String> bad;
  Optional<Handover> handover;
  Optional<Freeze> freeze;

  EnvironmentFields(EnvironmentRecord of) {
    environment = of.environment();
    nextNumber = of.nextNumber();
    clusters = of.clusters();
    routes = of.routes();
    move = of.move();
    holds = of.holds();
    intents = of.intents();
    refusals = of.refusals();
    journal = of.journal();
    scheduled = of.scheduled();
    runOnce = of.runOnce();
    bad = of.bad();
    handover = of.handover();
    freeze = of.freeze();
  }

  EnvironmentRecord record() {
    return new EnvironmentRecord(
        environment,
        nextNumber,
        clusters,
        routes,
        move,
        holds,
        intents,
        refusals,
        journal,
        scheduled,
        runOnce,
        bad,
        handover,
        freeze);
  }
}
