package dev.hikkoshi.environments.desired;

import java.util.Optional;

/**
 * What an environment says of itself as a whole.
 *
 * @param renamedFrom its name before; what carries that name in AWS is still its own
 * @param decommissioned it ends: nothing is built, synced or moved, and every cluster goes as soon
 *     as nothing names it
 * @param outside traffic belongs to the routes' external sides; reverting the commit that took this
 *     back is the return
 */
public record Stance(Optional<String> renamedFrom, boolean decommissioned, boolean outside) {

  /** Under its own name, alive, served by its clusters. */
  public static Stance usual() {
    return new Stance(Optional.empty(), false, false);
  }
}
