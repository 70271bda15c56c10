package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Hook;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks every detector about every object. */
final class Effects {

  private static final List<Detector> DETECTORS =
      List.of(
          new DnsNames(),
          new ExternalDns(),
          new LoadBalancers(),
          new Autoscalers(),
          new Certificates(),
          new CloudResources(),
          new Consumers(),
          new Schedules(),
          new GitOps(),
          new Storage(),
          new Telemetry(),
          new Unreached());

  private Effects() {}

  static List<Effect> in(Rendering rendering, Set<String> moved) {
    Surroundings around = Surroundings.of(rendering, moved);
    List<Effect> effects = new ArrayList<>();
    rendering
        .releases()
        .forEach(
            (release, content) -> {
              content.objects().forEach(object -> detect(release, object, around, effects));
              content.hooks().forEach(hook -> hook(release, hook, effects));
            });
    return effects;
  }

  private static void detect(
      ReleaseId release, Manifest object, Surroundings around, List<Effect> effects) {
    Found found = new Found(release, object, effects);
    DETECTORS.forEach(detector -> detector.look(object, around, found));
  }

  private static void hook(ReleaseId release, Hook hook, List<Effect> effects) {
    String events = String.join(", ", hook.events());
    new Found(release, hook.object(), effects).always(EffectKind.INSTALL_HOOK, "runs at " + events);
  }
}
