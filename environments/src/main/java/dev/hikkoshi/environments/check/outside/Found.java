package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.List;

/** Takes what detectors find of one object. */
final class Found {

  private final ReleaseId release;
  private final Manifest object;
  private final List<Effect> effects;
  private final int before;

  Found(ReleaseId release, Manifest object, List<Effect> effects) {
    this.release = release;
    this.object = object;
    this.effects = effects;
    this.before = effects.size();
  }

  /** Only one may have it. */
  void claim(EffectKind kind, String what) {
    effects.add(new Effect(kind, release, object, what, true));
  }

  /** A second cluster doubles it. */
  void always(EffectKind kind, String what) {
    effects.add(new Effect(kind, release, object, what, false));
  }

  /** Whether something was found already that says more of this object. */
  boolean anything() {
    return effects.size() > before;
  }
}
