package dev.hikkoshi.demo.altered;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupHealth;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.ForwardingBalancers;
import dev.hikkoshi.environments.port.ForwardingInside;
import dev.hikkoshi.environments.port.InsideGateway;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is on its way is called there. */
final class EarlyReadiness {

  private static final GroupHealth FINE = new GroupHealth(3, 0, 0, 0, 0);

  private EarlyReadiness() {}

  /** Pods and releases are healthy as soon as they were applied. */
  static final class Inside extends ForwardingInside {

    Inside(InsideGateway real) {
      super(real);
    }

    @Override
    public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
      return super.see(cluster, wanted).map(Inside::ready);
    }

    private static InsideSeen ready(InsideSeen seen) {
      Map<ReleaseId, ReleaseSeen> releases = new TreeMap<>();
      seen.releases().forEach((id, release) -> releases.put(id, healthy(release)));
      Map<String, Observation<BackendSeen>> backends = new TreeMap<>();
      seen.backends().forEach((route, backend) -> backends.put(route, backend.map(Inside::full)));
      return new InsideSeen(
          seen.kubernetesVersion(), releases, backends, seen.working(), seen.ends());
    }

    private static ReleaseSeen healthy(ReleaseSeen release) {
      return new ReleaseSeen(
          release.id(),
          release.rendered(),
          release.deployed(),
          new Health.Healthy(),
          release.drifted(),
          release.driftSince(),
          release.work(),
          release.restarts());
    }

    private static BackendSeen full(BackendSeen backend) {
      return new BackendSeen(
          backend.wantedPods(),
          backend.wantedPods(),
          backend.loadBalancer(),
          backend.binding(),
          backend.fed());
    }
  }

  /** Targets are healthy before they are registered. */
  static final class Balancers extends ForwardingBalancers {

    Balancers(BalancerGateway real) {
      super(real);
    }

    @Override
    public Observation<AlbRouteSeen> route(Rule rule) {
      return super.route(rule).map(Balancers::fine);
    }

    @Override
    public Observation<Optional<BalancerSeen>> balancer(String dnsName) {
      return super.balancer(dnsName).map(found -> found.map(Balancers::fine));
    }

    private static AlbRouteSeen fine(AlbRouteSeen seen) {
      Map<String, GroupHealth> health = new TreeMap<>();
      seen.health().keySet().forEach(group -> health.put(group, FINE));
      return new AlbRouteSeen(
          seen.loadBalancerArn(),
          seen.listenerArn(),
          seen.ruleArn(),
          seen.groups(),
          health,
          seen.ours(),
          seen.stickiness(),
          seen.fingerprint(),
          seen.actions(),
          seen.controller());
    }

    private static BalancerSeen fine(BalancerSeen seen) {
      return new BalancerSeen(
          seen.arn(), seen.dnsName(), seen.canonicalZoneId(), true, seen.tags(), FINE);
    }
  }
}
