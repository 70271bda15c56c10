package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.port.MetricsGateway;

/** All ports in memory. */
final class SimGateways {

  private SimGateways() {}

  static Gateways of(World world, Faults faults, Invariants invariants, MetricsGateway meters) {
    SimAsked asked = new SimAsked(world, faults, invariants, 0);
    return of(world, faults, invariants, meters, asked);
  }

  static Gateways of(
      World world, Faults faults, Invariants invariants, MetricsGateway meters, SimAsked asked) {
    return new Gateways(
        () -> faults.read("account", () -> Wishes.ACCOUNT),
        new SimEks(world, faults, invariants),
        new SimInside(world, faults, invariants),
        new SimDns(world, faults, invariants),
        new SimBalancers(world, faults, invariants),
        meters,
        new SimFreezes(world),
        asked,
        asked);
  }
}
