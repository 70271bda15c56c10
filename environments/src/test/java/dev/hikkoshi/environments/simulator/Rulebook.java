package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Instant;
import java.util.function.Consumer;

/** The rules that are asked after every pass: of what it told, and of what it came to. */
final class Rulebook {

  private final CheckRules checks;
  private final ReturnRules returns;
  private final ExplainRules explained;
  private final NameRules names;
  private final GitRules git;
  private final SilenceRules silence;
  private final HomeRules homes;
  private final BuildRules builds;
  private final RunOnceRules runOnce;

  Rulebook(
      World world,
      Options options,
      CheckRules checks,
      Consumer<String> broken,
      Consumer<String> happened) {
    this.checks = checks;
    this.returns = new ReturnRules(world, options, broken);
    this.explained = new ExplainRules(broken);
    this.names = new NameRules(world, broken, happened);
    this.git = new GitRules(broken);
    this.silence = new SilenceRules(world, broken);
    this.homes = new HomeRules(world, broken);
    this.builds = new BuildRules(world, broken);
    this.runOnce = new RunOnceRules(world, broken);
  }

  /**
   * A pass, and what could have disturbed it.
   *
   * @param wish what was known to be wanted
   * @param before what was remembered when it began
   * @param began when it was planned, by its own clock
   * @param acts it knew of no commit that lowers the mode
   * @param struck something went wrong in it
   * @param deceived it was told what is not so any more
   * @param calm nothing went wrong since the one before, and nobody did anything
   */
  record Over(
      Wish wish,
      EnvironmentRecord before,
      Pass.Report report,
      Instant began,
      boolean acts,
      boolean struck,
      boolean deceived,
      boolean calm) {}

  void after(Over pass) {
    Pass.Report report = pass.report();
    boolean well = pass.calm() && pass.acts();
    boolean stands = well && !report.busy(pass.before());
    returns.after(pass.before(), report.record(), !pass.struck() && pass.acts(), pass.deceived());
    checks.after(pass.wish(), pass.before(), report.record(), pass.struck());
    explained.after(pass.wish(), pass.before(), report, pass.began(), pass.acts(), pass.calm());
    names.after(report, pass.calm());
    git.after(pass.wish(), pass.before(), report);
    silence.after(pass.wish(), pass.before(), report, stands);
    homes.after(report.record(), report.plan(), well, stands);
    if (!pass.deceived()) {
      pass.wish()
          .desired()
          .ifPresent(desired -> runOnce.after(desired, pass.before(), report.record()));
    }
    if (well) {
      builds.after(pass.wish(), pass.before(), report.record());
    }
  }
}
