package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.VersionSeen;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Environments that differ in one thing, and what the doctor says of a topic. */
final class Found {

  private Found() {}

  /** The words of every advice of a topic and a weight. */
  static List<String> of(Subject subject, String topic, Weight weight) {
    return Doctor.examine(subject, Patients.NOW).stream()
        .filter(a -> a.topic().equals(topic) && a.weight() == weight)
        .map(Advice::what)
        .toList();
  }

  static List<String> settle(Subject subject, String topic) {
    return of(subject, topic, Weight.SETTLE);
  }

  static List<String> consider(Subject subject, String topic) {
    return of(subject, topic, Weight.CONSIDER);
  }

  static List<String> unknown(Subject subject) {
    return of(subject, "access", Weight.UNKNOWN);
  }

  /** Nothing but these objects, and nobody was asked. */
  static Subject rendering(Manifest... objects) {
    return Patients.lasting(Duration.ofHours(1), objects);
  }

  static Manifest object(String kind, String namespace, String name, Map<String, Object> spec) {
    return Patients.object(
        "v1", kind, Map.of("name", name, "namespace", namespace), Map.of("spec", spec));
  }

  static Subject wanting(Subject subject, List<NodegroupSpec> groups, List<AddonSpec> addons) {
    return wanting(subject, subject.desired().cluster().spec(), groups, addons);
  }

  static Subject wanting(
      Subject subject, ClusterSpec spec, List<NodegroupSpec> groups, List<AddonSpec> addons) {
    Desired d = subject.desired();
    DesiredCluster c = d.cluster();
    DesiredCluster cluster =
        new DesiredCluster(
            c.version(),
            c.number(),
            c.immutable(),
            c.mutable(),
            spec,
            groups,
            addons,
            c.accessEntries(),
            c.podIdentities());
    Desired desired =
        new Desired(
            d.environment(),
            d.commit(),
            d.mode(),
            d.account(),
            d.region(),
            cluster,
            d.adopt(),
            d.apps(),
            d.routes(),
            d.outside(),
            d.move(),
            d.measuring(),
            d.driftGrace(),
            d.windows(),
            d.retirement(),
            d.stance(),
            d.mixedChange());
    return new Subject(
        desired,
        subject.file(),
        subject.here(),
        subject.beside(),
        subject.besideName(),
        subject.unrendered(),
        subject.sources(),
        subject.seen());
  }

  static NodegroupSpec group(List<String> subnets, String type, int most, int desired) {
    return new NodegroupSpec(
        "main",
        "arn:aws:iam::111122223333:role/nodes",
        subnets,
        List.of(type),
        Optional.empty(),
        false,
        Optional.empty(),
        1,
        most,
        desired,
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of());
  }

  /** Route web as it is seen; api was not looked at. */
  static Subject routed(Map<String, Observation<RouteSeen>> routes) {
    return seeing(
        Observation.known("111122223333"), offering(), Observation.known(List.of()), routes);
  }

  static Subject clustered(Observation<List<ClusterSeen>> clusters) {
    return seeing(Observation.known("111122223333"), offering(), clusters, Map.of());
  }

  /** The version that is wanted, for a year to come. */
  static Observation<List<VersionSeen>> offering() {
    return Observation.known(
        List.of(new VersionSeen("1.37", true, Patients.NOW.plus(Duration.ofDays(365)))));
  }

  static Subject seeing(
      Observation<String> account,
      Observation<List<VersionSeen>> versions,
      Observation<List<ClusterSeen>> clusters,
      Map<String, Observation<RouteSeen>> routes) {
    Subject.Seen seen = Patients.asked().seen().orElseThrow();
    Observed o = seen.observed();
    Observed observed =
        new Observed(
            o.at(),
            o.freeze(),
            account,
            clusters,
            o.inside(),
            routes,
            o.balancers(),
            o.measured(),
            o.drained(),
            o.changes(),
            o.references(),
            o.rooms(),
            o.marks(),
            o.readings(),
            versions);
    return Patients.offline().with(new Subject.Seen(observed, Map.of(), seen.account()));
  }
}
