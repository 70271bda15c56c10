package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteRecord;
import dev.hikkoshi.environments.record.WayHome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** If the process died at this instant, what the record says would bring traffic home. */
final class ByHandRules {

  /** In so long a look sees everything at least once. */
  private static final Duration LOOKS = Duration.ofMinutes(2);

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final ToIntFunction<Sides> ours;
  private final Consumer<String> broken;

  /** What commands for a person carry; they seldom change, and are read after every effect. */
  private final Map<String, Object> typed = new HashMap<>();

  /**
   * Looks at a world and what is remembered of it.
   *
   * @param ours the weight of all sides that are not a stranger's
   */
  ByHandRules(
      World world,
      Supplier<EnvironmentRecord> record,
      ToIntFunction<Sides> ours,
      Consumer<String> broken) {
    this.world = world;
    this.record = record;
    this.ours = ours;
    this.broken = broken;
  }

  /** Weights that nobody has looked at yet, or could have seen, are not in it. */
  void look(String name, Sides now) {
    boolean dns = name.equals("web");
    if (world.route(dns).deceived() || world.putBackWithin(dns, LOOKS)) {
      return;
    }
    Optional<MoveRecord> move = record.get().move().filter(ByHandRules::goesOn);
    Optional<RouteRecord> route = record.get().route(name).filter(r -> r.knows(now));
    Optional<String> home =
        move.flatMap(MoveRecord::from)
            .filter(
                from ->
                    from.equals(External.SIDE)
                        || record.get().cluster(from).filter(c -> c.life().home()).isPresent())
            .filter(from -> world.namesakes.lost(from).isEmpty())
            .map(from -> from.equals(External.SIDE) ? Wishes.OUTSIDE : from);
    if (route.isEmpty() || home.isEmpty() || atHome(now, home.get())) {
      return;
    }
    Optional<WayHome> way = route.get().wayHome();
    if (way.isEmpty()) {
      broken.accept("home by hand is always told: nothing is, and " + name + " is " + now);
    }
    Sides then = typed(name, way.orElseThrow());
    if (!atHome(then, home.get())) {
      broken.accept(
          "home by hand brings all home: %s would be %s after %s"
              .formatted(name, then, way.orElseThrow().commands()));
    }
  }

  /** The sides of a route after a person typed these commands. */
  private Sides typed(String route, WayHome way) {
    try {
      return route.equals("web")
          ? HandCommands.dns(world, way, this::read)
          : HandCommands.alb(world, way, this::read);
    } catch (IllegalStateException refused) {
      broken.accept(
          "home by hand can be typed: %s; %s".formatted(refused.getMessage(), way.commands()));
      throw refused;
    }
  }

  private Object read(String json) {
    return typed.computeIfAbsent(json, HandCommands::json);
  }

  private static boolean goesOn(MoveRecord move) {
    return move.phase() instanceof MovePhase.Forward || move.phase() instanceof MovePhase.Returning;
  }

  /** Of what is ours everything goes there. */
  private boolean atHome(Sides sides, String home) {
    return ours.applyAsInt(sides) == sides.weight(home) && sides.weight(home) > 0;
  }
}
