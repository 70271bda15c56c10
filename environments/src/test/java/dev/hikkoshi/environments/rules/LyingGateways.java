package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.ForwardingDns;
import dev.hikkoshi.environments.port.ForwardingInside;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Gateways of the calm world of which one answer is not true. */
final class LyingGateways {

  private LyingGateways() {}

  /** Name servers answer a handful of queries only. */
  static Gateways withoutAnswers(Gateways g) {
    return dns(
        g,
        measured -> measured.map(m -> new Measured(m.unit(), Map.of("x", 3L), m.from(), m.to())));
  }

  /** Whatever is written, every answer points at the old side. */
  static Gateways everythingStaysOld(Gateways g) {
    return dns(
        g,
        measured ->
            measured.map(
                m -> new Measured(m.unit(), Map.of("shop-1-36-1", m.total()), m.from(), m.to())));
  }

  /** Zones cannot be listed. */
  static Gateways blindToReferences(Gateways g) {
    return g.with(
        new Dns(g.dns(), UnaryOperator.identity()) {
          @Override
          public Observation<List<Reference>> references(
              Set<Optional<String>> roles, Set<String> balancerNames) {
            return Observation.unknown("zones", "AccessDenied for route53:ListHostedZones");
          }
        });
  }

  /** The credentials belong to somebody else's account. */
  static Gateways otherAccount(Gateways g) {
    return new Gateways(
        () -> Observation.known("999999999999"),
        g.eks(),
        g.inside(),
        g.dns(),
        g.balancers(),
        g.metrics(),
        g.freezes(),
        g.webhooks(),
        g.jobs());
  }

  /** Access entries were made, their policies never associated. */
  static Gateways halfAnAccessEntry(Gateways g) {
    return eks(g, PartsSeen.withoutPolicies(g.eks()));
  }

  /** Pod Identity associations are made, and never listed. */
  static Gateways withoutPodIdentities(Gateways g) {
    return eks(g, PartsSeen.podIdentities(g.eks(), Observation.known(List.of())));
  }

  /** Nobody may list Pod Identity associations. */
  static Gateways podIdentitiesUnread(Gateways g) {
    return eks(g, PartsSeen.podIdentities(g.eks(), Observation.unknown("associations", "denied")));
  }

  /** An add-on has given the service account a role of its own. */
  static Gateways podIdentitiesOfAnAddon(Gateways g) {
    PodIdentitySeen theirs =
        new PodIdentitySeen("web", "web", "arn:theirs", "a-1", Optional.of("arn:addon"));
    return eks(g, PartsSeen.podIdentities(g.eks(), Observation.known(List.of(theirs))));
  }

  /** No cluster of a version can be created while it is so. */
  static Gateways withoutRoomFor(Gateways g, String version, BooleanSupplier full) {
    return eks(
        g,
        new ForwardingEks(g.eks()) {
          @Override
          public Outcome createCluster(ClusterSpec spec) {
            boolean refused = full.getAsBoolean() && spec.version().equals(version);
            return refused
                ? new Outcome.Refused("ResourceLimitExceededException", "100 clusters exist")
                : super.createCluster(spec);
          }
        });
  }

  /** Deletion protection cannot be switched off. */
  static Gateways protectedForGood(Gateways g) {
    return eks(
        g,
        new ForwardingEks(g.eks()) {
          @Override
          public Outcome unprotect(ClusterSeen cluster) {
            return new Outcome.Refused("AccessDeniedException", "not allowed");
          }
        });
  }

  private static Gateways eks(Gateways g, EksGateway eks) {
    return new Gateways(
        g.identity(),
        eks,
        g.inside(),
        g.dns(),
        g.balancers(),
        g.metrics(),
        g.freezes(),
        g.webhooks(),
        g.jobs());
  }

  /** One release has one object more. */
  static InsideSeen rendering(InsideSeen inside, ReleaseId id, Manifest more) {
    Map<ReleaseId, ReleaseSeen> releases = new HashMap<>(inside.releases());
    releases.computeIfPresent(id, (_, release) -> rendering(release, more));
    return new InsideSeen(
        inside.kubernetesVersion(), releases, inside.backends(), inside.working(), inside.ends());
  }

  private static ReleaseSeen rendering(ReleaseSeen seen, Manifest more) {
    return new ReleaseSeen(
        seen.id(),
        seen.rendered().map(rendered -> with(rendered, more)),
        seen.deployed(),
        seen.health(),
        seen.drifted(),
        seen.driftSince(),
        seen.work(),
        seen.restarts());
  }

  private static Rendered with(Rendered rendered, Manifest more) {
    return rendered instanceof Rendered.Manifests m
        ? new Rendered.Manifests(
            m.manifestHash(),
            Stream.concat(m.objects().stream(), Stream.of(more)).toList(),
            m.hooks())
        : rendered;
  }

  /** Whether run-once work has stopped is answered with a fixed word. */
  static Gateways working(Gateways g, Observation<List<String>> word) {
    return g.with(
        new ForwardingInside(g.inside()) {
          @Override
          public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
            return super.see(cluster, wanted)
                .map(
                    i ->
                        new InsideSeen(
                            i.kubernetesVersion(), i.releases(), i.backends(), word, i.ends()));
          }
        });
  }

  /** What should be suspended is applied as if it might run. */
  static Gateways neverPausing(Gateways g) {
    return g.with(
        new ForwardingInside(g.inside()) {
          @Override
          public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
            return super.see(cluster, running(wanted));
          }

          @Override
          public Outcome sync(ClusterSeen cluster, Wanted wanted, ReleaseId release) {
            return super.sync(cluster, running(wanted), release);
          }
        });
  }

  private static Wanted running(Wanted w) {
    ServingOnly once = w.servingOnly();
    return new Wanted(
        w.appDigest(),
        w.facts(),
        w.releases(),
        w.left(),
        w.backends(),
        w.readOnly(),
        new ServingOnly(once.releases(), once.objects(), true));
  }

  private static Gateways dns(Gateways g, UnaryOperator<Observation<Measured>> sampled) {
    return g.with(new Dns(g.dns(), sampled));
  }

  private static class Dns extends ForwardingDns {

    private final UnaryOperator<Observation<Measured>> sampled;

    Dns(DnsGateway real, UnaryOperator<Observation<Measured>> sampled) {
      super(real);
      this.sampled = sampled;
    }

    @Override
    public Observation<Measured> sample(
        Zone zone, String recordName, Map<String, String> clusterByBalancer, int queries) {
      return sampled.apply(super.sample(zone, recordName, clusterByBalancer, queries));
    }
  }
}
