package dev.hikkoshi.controller.upgrade;

import dev.hikkoshi.controller.source.Source.Push;
import dev.hikkoshi.environments.definition.UpgradeChoice;
import dev.hikkoshi.environments.definition.Upgrades;
import dev.hikkoshi.environments.definition.VersionLine.Edit;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore;
import dev.hikkoshi.environments.record.RecordStore.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade schedule of one environment. A due time is worked off once: what was missed while
 * nobody ran is made up for once, whatever the number of times. The branch itself guards against
 * doing it twice: it is only ever created.
 */
public final class UpgradeSchedule {

  /** How long after something could not be asked or pushed it is tried again. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final EksGateway eks;
  private final RecordStore records;
  private final InstantSource clock;
  private final Consumer<String> told;
  private Instant notBefore = Instant.MIN;
  private @Nullable Times times;

  /** Parsed once for each definition. */
  private record Times(Upgrades rules, CronTimes cron) {}

  /**
   * Creates a schedule that has done nothing yet.
   *
   * @param told what was done, or why it was not
   */
  public UpgradeSchedule(
      EksGateway eks, RecordStore records, InstantSource clock, Consumer<String> told) {
    this.eks = eks;
    this.records = records;
    this.clock = clock;
    this.told = told;
  }

  /**
   * Does what is due, if anything. Only called by the process that leads.
   *
   * @return whether the record was saved
   * @throws RecordStore.RecordException when it could not be
   */
  public boolean work(Wish wish, Optional<Proposal> proposal, EnvironmentRecord record) {
    boolean acts = wish.desired().filter(d -> d.mode() == Mode.ACT).isPresent();
    Instant now = clock.instant();
    if (proposal.isEmpty() || !acts || now.isBefore(notBefore)) {
      return false;
    }
    Upgrades rules = proposal.get().rules();
    Optional<Instant> due = times(rules).lastDue(now);
    if (due.isEmpty()) {
      return false;
    }
    Optional<Instant> worked = record.scheduled();
    if (worked.isEmpty()) {
      // Times before the schedule was first seen were never promised to anybody.
      return done(record.environment(), due.get(), UnaryOperator.identity());
    }
    return due.get().isAfter(worked.get()) && work(proposal.get(), record.environment(), due.get());
  }

  private CronTimes times(Upgrades rules) {
    Times known = times;
    if (known == null || !known.rules().equals(rules)) {
      known = new Times(rules, new CronTimes(rules.schedule(), rules.zone()));
      times = known;
    }
    return known.cron();
  }

  private boolean work(Proposal proposal, String environment, Instant due) {
    String desired = proposal.definition().cluster().version();
    return switch (UpgradeChoice.next(desired, proposal.rules().follow(), eks.versions())) {
      case Unknown<Optional<String>>(_, String why) ->
          later("EKS's versions are not known: " + why);
      case Known<Optional<String>>(Optional<String> version) -> {
        if (version.isEmpty()) {
          told.accept("nothing newer than " + desired + " in standard support at " + due);
          yield done(environment, due, UnaryOperator.identity());
        }
        yield propose(proposal, version.get(), environment, due);
      }
    };
  }

  private boolean propose(Proposal proposal, String version, String environment, Instant due) {
    Edit edit;
    try {
      edit = proposal.change(version);
    } catch (FileTreeException e) {
      return later("the cluster file could not be read: " + e.getMessage());
    }
    return switch (edit) {
      case Edit.Refused(String why) ->
          noted(
              environment,
              due,
              "%s was not pushed: %s".formatted(proposal.branch(version), why),
              "");
      case Edit.Edited(byte[] content) -> push(proposal, version, content, environment, due);
    };
  }

  private boolean push(
      Proposal proposal, String version, byte[] content, String environment, Instant due) {
    String branch = proposal.branch(version);
    Push push =
        proposal
            .source()
            .push(
                branch,
                proposal.head(),
                Map.of(proposal.file(), content),
                "Upgrade %s to Kubernetes %s".formatted(environment, version));
    return switch (push) {
      case Push.Pushed(String commit) ->
          noted(environment, due, "proposed %s: pushed %s".formatted(version, branch), commit);
      case Push.Exists() -> {
        told.accept(branch + " exists; nothing to propose");
        yield done(environment, due, UnaryOperator.identity());
      }
      case Push.Refused(String why) ->
          noted(environment, due, "%s was refused: %s".formatted(branch, why), "");
      case Push.Unreachable(String why) -> later("%s was not pushed: %s".formatted(branch, why));
    };
  }

  private boolean later(String why) {
    notBefore = clock.instant().plus(RETRY);
    told.accept(why + "; again from " + notBefore);
    return false;
  }

  private boolean noted(String environment, Instant due, String text, String commit) {
    told.accept(text);
    return done(environment, due, r -> r.log(clock.instant(), "hikkoshi", text, commit));
  }

  private boolean done(String environment, Instant due, UnaryOperator<EnvironmentRecord> also) {
    Loaded loaded = records.load(environment);
    records.save(also.apply(loaded.record().scheduled(due)), loaded.version());
    return true;
  }
}
