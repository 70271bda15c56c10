package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.IdentityGateway;
import dev.hikkoshi.environments.port.InsideGateway;

/** Everything outside that a pass may ask or change. */
public record Gateways(
    IdentityGateway identity,
    EksGateway eks,
    InsideGateway inside,
    DnsGateway dns,
    BalancerGateway balancers) {}
