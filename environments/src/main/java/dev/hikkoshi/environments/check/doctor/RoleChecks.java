package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.check.doctor.RoleTrust.Federated;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.List;
import java.util.Optional;

/**
 * IRSA: whether each role that is named on a ServiceAccount lets its pods in, in the clusters that
 * are there and in the next one, whose issuer nobody knows before it is built.
 */
final class RoleChecks {

  static final String ROLE = "eks.amazonaws.com/role-arn";

  /** Characters of a trust policy (IAM quotas); it can be raised to 4096. */
  private static final int LONGEST_TRUST = 2048;

  /** What a statement for one issuer and one ServiceAccount takes, at least. */
  private static final int STATEMENT = 300;

  private final Subject subject;
  private final List<Advice> advice;
  private final Optional<Subject.Seen> seen;

  RoleChecks(Subject subject, List<Advice> advice) {
    this.subject = subject;
    this.advice = advice;
    this.seen = subject.seen();
  }

  void examine(ReleaseId release, Manifest object) {
    if (object.kind().equals("ServiceAccount")) {
      object.annotation(ROLE).ifPresent(arn -> new Account(release, object, arn).examine());
    }
  }

  /** One ServiceAccount and its role. */
  private final class Account {

    private final ReleaseId release;
    private final Manifest object;
    private final String arn;

    Account(ReleaseId release, Manifest object, String arn) {
      this.release = release;
      this.object = object;
      this.arn = arn;
    }

    void examine() {
      if (seen.isEmpty()) {
        next("its trust policy was not looked at");
        return;
      }
      Observation<Optional<RoleTrust>> trust = seen.get().account().roles().get(arn);
      switch (trust) {
        case null -> next("its trust policy was not looked at");
        case Unknown<Optional<RoleTrust>>(String what, String why) ->
            Places.unseen(subject, advice, what, why);
        case Known<Optional<RoleTrust>>(Optional<RoleTrust> found) ->
            found.ifPresentOrElse(this::trusted, this::missing);
      }
    }

    private void missing() {
      add(
          Weight.SETTLE,
          "the role %s does not exist".formatted(arn),
          "its pods have no rights in AWS, in any cluster",
          "the role, or another eks.amazonaws.com/role-arn");
    }

    private void trusted(RoleTrust trust) {
      clusters().forEach(cluster -> cluster.oidcIssuer().ifPresent(i -> now(cluster, i, trust)));
      int room = Math.max(0, LONGEST_TRUST - trust.length()) / statement(trust);
      next(
          "it trusts %d issuers in %d of %d characters, so there is room for about %d more%s"
              .formatted(
                  trust.issuers().size(),
                  trust.length(),
                  LONGEST_TRUST,
                  room,
                  trust.podIdentity() ? "; it also trusts EKS Pod Identity" : ""));
    }

    /** What the statements that are there take, one with the other. */
    private int statement(RoleTrust trust) {
      int issuers = trust.issuers().size();
      return issuers == 0 ? STATEMENT : Math.max(STATEMENT, trust.length() / issuers);
    }

    private void now(ClusterSeen cluster, String issuer, RoleTrust trust) {
      List<Federated> statements = trust.of(issuer);
      String who = "system:serviceaccount:%s:%s".formatted(object.namespace(), object.name());
      boolean admitted = statements.stream().anyMatch(s -> s.admits(who));
      if (!admitted && !trust.podIdentity()) {
        add(
            Weight.SETTLE,
            statements.isEmpty()
                ? "%s does not trust %s, the issuer of %s".formatted(arn, issuer, cluster.name())
                : "%s trusts the issuer of %s, but not for %s".formatted(arn, cluster.name(), who),
            "its pods there get AccessDenied from sts:AssumeRoleWithWebIdentity",
            "in the trust policy of %s: the provider %s with sub %s".formatted(arn, issuer, who));
      }
    }

    private List<ClusterSeen> clusters() {
      return seen.map(s -> s.observed().clusters().known().orElse(List.of())).orElse(List.of());
    }

    private void next(String trust) {
      add(
          Weight.CONSIDER,
          "it takes the role %s by the cluster's OIDC issuer; %s".formatted(arn, trust),
          "each new cluster has another issuer; a trust policy that does not name it leaves every"
              + " pod without AWS, and one has room for few issuers",
          "a Pod Identity association (iam.podIdentityAssociations), or the new issuer in the trust"
              + " policy of "
              + arn
              + " once the cluster is built");
    }

    private void add(Weight weight, String what, String why, String how) {
      String path = object.path();
      advice.add(new Advice(weight, "irsa", path, subject.source(release, path), what, why, how));
    }
  }
}
