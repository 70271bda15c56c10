package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;

/** What runs at a time, or once. */
final class Schedules implements Detector {

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    switch (object.kind()) {
      case "CronJob", "CronWorkflow" -> {
        boolean suspended =
            Texts.text(object.tree(), "spec", "suspend").filter("true"::equals).isPresent();
        if (!suspended) {
          found.always(EffectKind.SCHEDULE, "runs in both clusters" + at(object));
        }
      }
      case "Schedule" -> {
        if (Texts.group(object).equals("velero.io")) {
          found.always(EffectKind.SCHEDULE, "backs up in both clusters" + at(object));
        }
      }
      case "Job" -> found.always(EffectKind.ONE_TIME_JOB, "runs again in a new cluster");
      case "ScaledObject" -> {
        boolean cron =
            Texts.list(object.tree(), "spec", "triggers").stream()
                .anyMatch(t -> Texts.text(t, "type").filter("cron"::equals).isPresent());
        if (cron) {
          found.always(EffectKind.SCHEDULE, "is started by the clock in both clusters");
        }
      }
      default -> {
        // Nothing that runs by itself.
      }
    }
  }

  private static String at(Manifest object) {
    return Texts.text(object.tree(), "spec", "schedule").map(s -> " at " + s).orElse("");
  }
}
