package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.physics.Physics;
import java.time.InstantSource;

/** What operations need to know beside the state. */
record Surroundings(
    String region,
    Network network,
    Physics physics,
    InstantSource clock,
    Names names,
    HealthView health) {}
