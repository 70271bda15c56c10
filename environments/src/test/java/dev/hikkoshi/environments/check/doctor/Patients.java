package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.outside.Rendering;
import dev.hikkoshi.environments.check.outside.Rendering.Content;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.observed.RouteSeen.Ttl;
import dev.hikkoshi.environments.observed.VersionSeen;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Environments with something wrong, for the doctor's tests and for those who print what it says.
 */
public final class Patients {

  public static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private static final ReleaseId JOBS = new ReleaseId("billing", "jobs");

  /** The role of billing/jobs. */
  public static final String OWNER = "arn:aws:iam::111122223333:role/jobs";

  private Patients() {}

  static Manifest object(
      String apiVersion, String kind, Map<String, Object> metadata, Map<String, Object> more) {
    Map<String, Object> tree = new TreeMap<>(more);
    tree.put("apiVersion", apiVersion);
    tree.put("kind", kind);
    tree.put("metadata", metadata);
    return new Manifest(tree);
  }

  private static Map<String, Object> named(String name) {
    return Map.of("name", name, "namespace", "billing");
  }

  private static List<Manifest> objects() {
    return List.of(
        object(
            "batch/v1",
            "CronJob",
            named("close-day"),
            Map.of("spec", Map.of("schedule", "0 1 * * *"))),
        object("v1", "PersistentVolumeClaim", named("data"), Map.of("spec", Map.of())),
        object(
            "v1",
            "ServiceAccount",
            Map.of(
                "name",
                "jobs",
                "namespace",
                "billing",
                "annotations",
                Map.of("eks.amazonaws.com/role-arn", OWNER)),
            Map.of()),
        object(
            "admissionregistration.k8s.io/v1",
            "ValidatingWebhookConfiguration",
            Map.of("name", "policy"),
            Map.of(
                "webhooks",
                List.of(
                    Map.of(
                        "name",
                        "check.example.com",
                        "clientConfig",
                        Map.of("service", Map.of("name", "policy", "namespace", "policy")))))),
        object(
            "apps/v1",
            "Deployment",
            named("leader"),
            Map.of("spec", Map.of("strategy", Map.of("type", "Recreate")))));
  }

  /** Nobody was asked outside. */
  public static Subject offline(Outside... words) {
    return subject(Optional.empty(), words);
  }

  /** Judged by these checks; nobody was asked outside. */
  public static Subject judgedBy(MoveCheck... checks) {
    Subject healthy = offline();
    return new Subject(
        Wishes.sample("1.37").judgedBy(OnFailure.RETURN, checks).desired(),
        healthy.file(),
        healthy.here(),
        healthy.beside(),
        healthy.besideName(),
        healthy.unrendered(),
        healthy.sources(),
        healthy.seen());
  }

  /** With steps that each last at least so long, and nothing but these objects. */
  static Subject lasting(Duration dwell, Manifest... objects) {
    Subject healthy = offline();
    List<Step> steps =
        Stream.of(1, 25, 100).map(p -> new Step(p, dwell, dwell.plusMinutes(10))).toList();
    return new Subject(
        Wishes.sample("1.37").steps(steps).desired(),
        healthy.file(),
        Rendering.of(Map.of(JOBS, new Content(List.of(objects), List.of()))),
        healthy.beside(),
        healthy.besideName(),
        new TreeMap<>(),
        healthy.sources(),
        healthy.seen());
  }

  /** Everything that can be wrong with account, versions and routes is. */
  public static Subject asked(Outside... words) {
    return subject(Optional.of(seen()), words);
  }

  /** One cluster serves, and the account is like this. */
  public static Subject beside(AccountSeen account, ClusterSeen cluster) {
    Observed seen = seen().observed();
    Observed with =
        new Observed(
            seen.at(),
            seen.freeze(),
            seen.account(),
            Observation.known(List.of(cluster)),
            seen.inside(),
            seen.routes(),
            seen.balancers(),
            seen.measured(),
            seen.drained(),
            seen.changes(),
            seen.references(),
            seen.rooms(),
            seen.marks(),
            seen.readings(),
            seen.versions());
    return offline().with(new Subject.Seen(with, Map.of(), account));
  }

  private static Subject subject(Optional<Subject.Seen> seen, Outside... words) {
    Rendering rendering = Rendering.of(Map.of(JOBS, new Content(objects(), List.of())));
    TreeMap<ReleaseId, String> unrendered = new TreeMap<>();
    unrendered.put(new ReleaseId("web", "web"), "web/templates/a.yaml:3: nil pointer");
    return new Subject(
        Wishes.sample("1.37").outside(List.of(words)).desired(),
        "shop/environment.yaml",
        rendering,
        rendering,
        "shop-1-37-1",
        unrendered,
        Map.of("batch/v1/CronJob/billing/close-day", "jobs/templates/cron.yaml"),
        seen);
  }

  /** Two subnets are named; one does not exist, and little is left in the other. */
  private static AccountSeen account() {
    return new AccountSeen(
        Observation.known(List.of(new AccountSeen.SubnetSeen("subnet-a", "zone-a", 3))),
        Map.of(OWNER, Observation.known(Optional.empty())),
        Observation.known(97),
        Observation.unknown("OIDC providers", "AccessDenied for iam:ListOpenIDConnectProviders"),
        Observation.known(12),
        quotas());
  }

  /** Never raised. */
  private static Map<Quota, Observation<Integer>> quotas() {
    return Stream.of(Quota.values())
        .collect(Collectors.toMap(quota -> quota, quota -> Observation.known(quota.standard())));
  }

  private static Subject.Seen seen() {
    RecordSeen stranger =
        new RecordSeen(
            "www.example.com",
            "A",
            Optional.of("legacy-eu"),
            OptionalInt.of(5),
            Optional.empty(),
            Optional.empty(),
            Optional.of(300L),
            List.of("192.0.2.1"),
            Optional.empty());
    RouteSeen web =
        new DnsRouteSeen("Z1", List.of(stranger), new Ttl(Duration.ofSeconds(300), false));
    RouteSeen api =
        new AlbRouteSeen(
            "arn:aws:lb",
            "arn:aws:listener",
            Optional.of("arn:aws:rule"),
            List.of(
                new GroupWeight("arn:1", 1),
                new GroupWeight("arn:2", 1),
                new GroupWeight("arn:3", 1),
                new GroupWeight("arn:4", 1)),
            Map.of(),
            Map.of(),
            Duration.ofHours(1),
            "",
            List.of(),
            Optional.empty());
    Observed observed =
        new Observed(
            NOW,
            Observation.known(Optional.empty()),
            Observation.known("999999999999"),
            Observation.unknown("clusters", "AccessDenied for eks:ListClusters"),
            Map.of(),
            Map.of("web", Observation.known(web), "api", Observation.known(api)),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Observation.known(
                List.of(new VersionSeen("1.37", true, NOW.plus(Duration.ofDays(30))))));
    return new Subject.Seen(
        observed,
        Map.of("shop-1-36-1", Observation.known(Map.of("apps/v1/Deployment/a/b", 1))),
        account());
  }
}
