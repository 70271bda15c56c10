package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.desired.MoveRules.Order;
import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.observed.Observation;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** A record has no copy with one component changed; this is one, for the length of a lambda. */
final class WishesBuilder {
  String version;
  String app;
  boolean dns;
  boolean alb;
  Order order;
  List<Step> steps;
  Duration soak;
  Duration retireAfter;
  Set<String> approved;
  Desired.Mode mode;
  Observation<MixedChange> mixedChange;
  List<Window> windows;
  List<Outside> outside;
  Set<String> strangers;
  OptionalInt number;
  Duration abandonAfter;
  boolean external;
  Stance stance;
  boolean more;
  boolean adopts;
  Wishes.Managed managed;
  List<MoveCheck> checks;
  List<Inquiry> inquiries;
  OnFailure onFailure;

  WishesBuilder(Wishes of) {
    version = of.version();
    app = of.app();
    dns = of.dns();
    alb = of.alb();
    order = of.order();
    steps = of.steps();
    soak = of.soak();
    retireAfter = of.retireAfter();
    approved = of.approved();
    mode = of.mode();
    mixedChange = of.mixedChange();
    windows = of.windows();
    outside = of.outside();
    strangers = of.strangers();
    number = of.number();
    abandonAfter = of.abandonAfter();
    external = of.external();
    stance = of.stance();
    more = of.more();
    adopts = of.adopts();
    managed = of.managed();
    checks = of.checks();
    inquiries = of.inquiries();
    onFailure = of.onFailure();
  }

  Wishes build() {
    return new Wishes(
        version,
        app,
        dns,
        alb,
        order,
        steps,
        soak,
        retireAfter,
        approved,
        mode,
        mixedChange,
        windows,
        outside,
        strangers,
        number,
        abandonAfter,
        external,
        stance,
        more,
        adopts,
        managed,
        checks,
        inquiries,
        onFailure);
  }
}
