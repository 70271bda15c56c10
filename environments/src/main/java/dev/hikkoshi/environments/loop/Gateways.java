package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.FreezeGateway;
import dev.hikkoshi.environments.port.IdentityGateway;
import dev.hikkoshi.environments.port.InsideGateway;
import dev.hikkoshi.environments.port.JobGateway;
import dev.hikkoshi.environments.port.MetricsGateway;
import dev.hikkoshi.environments.port.WebhookGateway;

/**
 * Everything outside that a pass may ask or change.
 *
 * @param webhooks endpoints that have a say in a move
 * @param jobs by which checks ask a question in a cluster
 */
public record Gateways(
    IdentityGateway identity,
    EksGateway eks,
    InsideGateway inside,
    DnsGateway dns,
    BalancerGateway balancers,
    MetricsGateway metrics,
    FreezeGateway freezes,
    WebhookGateway webhooks,
    JobGateway jobs) {

  /** For a process that asks nobody by checks of a definition. */
  public Gateways(
      IdentityGateway identity,
      EksGateway eks,
      InsideGateway inside,
      DnsGateway dns,
      BalancerGateway balancers,
      MetricsGateway metrics,
      FreezeGateway freezes) {
    this(
        identity,
        eks,
        inside,
        dns,
        balancers,
        metrics,
        freezes,
        WebhookGateway.none(),
        JobGateway.none());
  }

  /** The same with another way into clusters. */
  public Gateways with(InsideGateway other) {
    return new Gateways(identity, eks, other, dns, balancers, metrics, freezes, webhooks, jobs);
  }

  /** The same with another DNS. */
  public Gateways with(DnsGateway other) {
    return new Gateways(identity, eks, inside, other, balancers, metrics, freezes, webhooks, jobs);
  }

  /** The same with other load balancers. */
  public Gateways with(BalancerGateway other) {
    return new Gateways(identity, eks, inside, dns, other, metrics, freezes, webhooks, jobs);
  }

  /** The same with other providers of metrics. */
  public Gateways with(MetricsGateway other) {
    return new Gateways(identity, eks, inside, dns, balancers, other, freezes, webhooks, jobs);
  }

  /** The same with another place where people freeze. */
  public Gateways with(FreezeGateway other) {
    return new Gateways(identity, eks, inside, dns, balancers, metrics, other, webhooks, jobs);
  }

  /** The same with other endpoints and other Jobs. */
  public Gateways with(WebhookGateway otherHooks, JobGateway otherJobs) {
    return new Gateways(
        identity, eks, inside, dns, balancers, metrics, freezes, otherHooks, otherJobs);
  }

  /**
   * The same for the length of one look: what is asked twice is asked once. Never to be written
   * through, and never kept beyond the look.
   */
  Gateways forOneLook() {
    return with(balancers.forOneLook());
  }
}
