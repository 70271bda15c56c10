package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Retirement;
import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.helmfile.Helmfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An {@code environment.yaml} as it was read; the files that it names are not opened yet.
 *
 * @param place of {@code metadata.name}
 */
record Environment(
    Mode mode,
    String account,
    String region,
    Optional<Helmfile.Request> apps,
    List<DesiredRoute> routes,
    List<Outside> outside,
    MoveRules move,
    Duration driftGrace,
    List<Window> windows,
    Retirement retirement,
    Optional<Upgrades> upgrades,
    Stance stance,
    List<Claim> claims) {

  Environment {
    routes = List.copyOf(routes);
    outside = List.copyOf(outside);
    windows = List.copyOf(windows);
    claims = List.copyOf(claims);
  }
}
