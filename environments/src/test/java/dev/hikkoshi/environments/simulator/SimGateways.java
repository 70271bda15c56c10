package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.port.MetricsGateway;

/** All ports in memory. */
final class SimGateways {

  private SimGateways() {}

  static Gateways of(World world, Faults faults, Invariants invariants, MetricsGateway meters) {
    return new Gateways(
        () -> faults.read("account", () -> Wishes.ACCOUNT),
        new SimEks(world, faults, invariants),
        new SimInside(world, faults, invariants),
        new SimDns(world, faults, invariants),
        new SimBalancers(world, faults, invariants),
        meters,
        new SimFreezes(world));
  }
}
