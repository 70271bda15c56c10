package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import dev.hikkoshi.sandbox.net.Vpc;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operations on the targets of a group. */
final class TargetOperations {

  private static final int MOST = 1000;

  private TargetOperations() {}

  /** Registering again a target that drains takes the deregistration back. */
  static Outcome register(Surroundings around, ElbState state, Form form) {
    TargetGroup group = Refusal.group(state, Refusal.need(form, "TargetGroupArn"));
    Map<TargetGroup.Address, TargetGroup.Target> targets = byAddress(group);
    for (Sent sent : sent(group, form)) {
      TargetGroup.Target known = targets.get(sent.address());
      if (known == null || !known.registered()) {
        targets.remove(sent.address());
        targets.put(sent.address(), new TargetGroup.Target(sent.address(), sent.zone(), null));
      }
    }
    if (targets.size() > MOST) {
      throw new AwsException(
          400,
          "TooManyTargets",
          "You can register at most %d targets with a target group".formatted(MOST));
    }
    return Outcome.nothing(state.with(group.withTargets(List.copyOf(targets.values()))));
  }

  /** "If the specified target does not exist, the action returns successfully." */
  static Outcome deregister(Surroundings around, ElbState state, Form form) {
    TargetGroup group = Refusal.group(state, Refusal.need(form, "TargetGroupArn"));
    Map<TargetGroup.Address, TargetGroup.Target> targets = byAddress(group);
    boolean used = state.loadBalancerOf(group.arn()).isPresent();
    Instant end = around.clock().instant().plus(delay(around, group));
    for (Sent sent : sent(group, form)) {
      TargetGroup.Target known = targets.get(sent.address());
      if (known != null && known.registered()) {
        if (used) {
          targets.put(sent.address(), new TargetGroup.Target(sent.address(), known.zone(), end));
        } else {
          targets.remove(sent.address());
        }
      }
    }
    return Outcome.nothing(state.with(group.withTargets(List.copyOf(targets.values()))));
  }

  private static Duration delay(Surroundings around, TargetGroup group) {
    return Objects.requireNonNullElse(group.drainDelay(), around.physics().deregistration());
  }

  /** The state without targets whose deregistration has ended; the same object where none has. */
  static ElbState withoutDrained(ElbState state, Instant now) {
    ElbState next = state;
    for (TargetGroup group : state.groups().values()) {
      List<TargetGroup.Target> kept =
          group.targets().stream()
              .filter(t -> t.drainingUntil() == null || now.isBefore(t.drainingUntil()))
              .toList();
      if (kept.size() < group.targets().size()) {
        next = next.with(group.withTargets(kept));
      }
    }
    return next;
  }

  private record Sent(TargetGroup.Address address, @Nullable String zone) {}

  private static List<Sent> sent(TargetGroup group, Form form) {
    List<Sent> all = new ArrayList<>();
    for (Form target : form.structures("Targets.member")) {
      String ip = Refusal.need(target, "Id");
      try {
        Vpc.loopback(ip);
      } catch (IllegalArgumentException e) {
        throw Refusal.invalid("The IP address '" + ip + "' is not a valid IPv4 address of the VPC");
      }
      int port = Refusal.number(target, "Port", group.port(), 1, 65_535);
      all.add(
          new Sent(new TargetGroup.Address(ip, port), target.one("AvailabilityZone").orElse(null)));
    }
    if (all.isEmpty()) {
      throw Refusal.invalid("At least one target must be specified");
    }
    return all;
  }

  private static Map<TargetGroup.Address, TargetGroup.Target> byAddress(TargetGroup group) {
    Map<TargetGroup.Address, TargetGroup.Target> targets = new LinkedHashMap<>();
    group.targets().forEach(target -> targets.put(target.address(), target));
    return targets;
  }

  static Outcome describeHealth(Surroundings around, ElbState state, Form form) {
    TargetGroup group = Refusal.group(state, Refusal.need(form, "TargetGroupArn"));
    Map<TargetGroup.Address, TargetGroup.Target> known = byAddress(group);
    List<TargetGroup.Target> asked =
        form.structures("Targets.member").isEmpty()
            ? group.targets()
            : sent(group, form).stream()
                .map(s -> known.getOrDefault(s.address(), absent(s.address())))
                .toList();
    return new Outcome(
        state,
        xml ->
            xml.list(
                "TargetHealthDescriptions",
                "member",
                asked,
                (m, target) -> {
                  TargetHealth health =
                      known.containsKey(target.address())
                          ? health(around, state, group, target)
                          : TargetHealth.NOT_REGISTERED;
                  description(m, group, target, health);
                }));
  }

  private static TargetGroup.Target absent(TargetGroup.Address address) {
    return new TargetGroup.Target(address, null, null);
  }

  /** The state of a target of the group. */
  static TargetHealth health(
      Surroundings around, ElbState state, TargetGroup group, TargetGroup.Target target) {
    if (!target.registered()) {
      return TargetHealth.DRAINING;
    }
    return state.loadBalancerOf(group.arn()).isEmpty()
        ? TargetHealth.NOT_IN_USE
        : around.health().of(group.arn(), target.address());
  }

  private static void description(
      Xml xml, TargetGroup group, TargetGroup.Target target, TargetHealth health) {
    String port = group.healthCheck().port();
    xml.element(
            "Target",
            t ->
                t.text("Id", target.address().ip())
                    .text("Port", target.address().port())
                    .text("AvailabilityZone", target.zone()))
        .text("HealthCheckPort", port.equals("traffic-port") ? target.address().port() : port)
        .element(
            "TargetHealth",
            h ->
                h.text("State", health.state().name().toLowerCase(Locale.ROOT))
                    .text("Reason", health.reason())
                    .text("Description", health.description()));
  }
}
