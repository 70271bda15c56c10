package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Retirement;
import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.reading.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One environment as a tree of files defines it, complete and checked.
 *
 * @param name {@code metadata.name}: the identity, whatever the folder is called
 * @param folder from the root of the tree; empty for the root itself
 * @param digest hash of everything that was read for it: a commit that leaves it as it was is no
 *     event for this environment. Which commit and which folder it was read from does not count
 * @param versionLine the value of {@code metadata.version} in the cluster file
 * @param claims what no other environment may have too
 */
public record Definition(
    String name,
    String folder,
    String digest,
    Mode mode,
    String account,
    String region,
    DesiredCluster cluster,
    Optional<Adopt> adopt,
    DesiredApps apps,
    List<DesiredRoute> routes,
    List<Outside> outside,
    MoveRules move,
    Duration driftGrace,
    List<Window> windows,
    Retirement retirement,
    Optional<Upgrades> upgrades,
    Stance stance,
    Place versionLine,
    List<Claim> claims) {

  public Definition {
    routes = List.copyOf(routes);
    outside = List.copyOf(outside);
    windows = List.copyOf(windows);
    claims = List.copyOf(claims);
  }

  /** Hash of what was read through {@code apps} only; empty without apps. */
  public String appDigest() {
    return apps.appDigest();
  }

  /**
   * The same with other releases.
   *
   * @param otherDigest of everything, these releases among it
   */
  public Definition with(DesiredApps otherApps, String otherDigest) {
    return new Definition(
        name,
        folder,
        otherDigest,
        mode,
        account,
        region,
        cluster,
        adopt,
        otherApps,
        routes,
        outside,
        move,
        driftGrace,
        windows,
        retirement,
        upgrades,
        stance,
        versionLine,
        claims);
  }

  /**
   * What a commit with this definition asks for.
   *
   * @param commit full id
   * @param mixedChange rule 8, which needs rendering and so is no matter of files
   */
  public Desired toDesired(
      String commit, Measuring measuring, Observation<MixedChange> mixedChange) {
    return new Desired(
        name,
        commit,
        mode,
        account,
        region,
        cluster,
        adopt,
        apps,
        routes,
        outside,
        move,
        measuring,
        driftGrace,
        windows,
        retirement,
        stance,
        mixedChange);
  }
}
