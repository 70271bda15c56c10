package dev.hikkoshi.sandbox.eks;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * EKS Pod Identity associations (EKS API Reference). Credentials are not handed out here: no pod of
 * the sandbox asks for any.
 */
final class PodIdentityOperations {

  private static final int MOST = 1_000;

  /** How far the list is behind (EKS User Guide: associations are eventually consistent). */
  static final Duration LAG = Duration.ofSeconds(5);

  private final EksStore store;
  private final Checks checks;
  private final Arns arns;
  private final InstantSource clock;

  PodIdentityOperations(EksStore store, Checks checks, Arns arns, InstantSource clock) {
    this.store = store;
    this.checks = checks;
    this.arns = arns;
    this.clock = clock;
  }

  PodIdentityDoc create(String cluster, Requests.CreatePodIdentityAssociation request) {
    String namespace = Requests.need(request.namespace(), "namespace");
    String account = Requests.need(request.serviceAccount(), "serviceAccount");
    String role = Requests.need(request.roleArn(), "roleArn");
    checks.role(role, "roleArn");
    String id = "a-" + UUID.randomUUID().toString().replace("-", "").substring(0, 17);
    PodIdentityDoc fresh =
        new PodIdentityDoc(
            id,
            arns.podIdentity(cluster, id),
            namespace,
            account,
            role,
            clock.instant(),
            clock.instant(),
            clock.instant().plus(LAG),
            Checks.tags(request.tags()));
    store.change(
        cluster,
        doc -> {
          Optional<PodIdentityDoc> there =
              doc.podIdentities().values().stream()
                  .filter(p -> p.of(namespace, account))
                  .findFirst();
          if (there.isPresent()) {
            throw EksErrors.inUse("Association already exists: " + there.get().id());
          }
          if (doc.podIdentities().size() >= MOST) {
            throw EksErrors.limit("More Pod Identity associations than " + MOST);
          }
          return doc.with(fresh);
        });
    return fresh;
  }

  /** What the list shows by now. */
  List<PodIdentityDoc> list(String cluster, Optional<String> namespace, Optional<String> account) {
    return store.need(cluster).podIdentities().values().stream()
        .filter(p -> !p.listedAt().isAfter(clock.instant()))
        .filter(p -> namespace.isEmpty() || p.namespace().equals(namespace.get()))
        .filter(p -> account.isEmpty() || p.serviceAccount().equals(account.get()))
        .sorted(Comparator.comparing(PodIdentityDoc::id))
        .toList();
  }

  PodIdentityDoc need(String cluster, String id) {
    return need(store.need(cluster), id);
  }

  private static PodIdentityDoc need(ClusterDoc doc, String id) {
    return Optional.ofNullable(doc.podIdentities().get(id))
        .orElseThrow(() -> EksErrors.notFound("No association found with associationId: " + id));
  }

  PodIdentityDoc update(String cluster, String id, Requests.UpdatePodIdentityAssociation request) {
    Optional<String> role = Optional.ofNullable(request.roleArn());
    role.ifPresent(arn -> checks.role(arn, "roleArn"));
    UnaryOperator<PodIdentityDoc> change =
        old -> role.map(arn -> old.withRole(arn, clock.instant())).orElse(old);
    return need(store.change(cluster, doc -> doc.with(change.apply(need(doc, id)))), id);
  }

  PodIdentityDoc delete(String cluster, String id) {
    PodIdentityDoc old = need(cluster, id);
    store.change(cluster, doc -> doc.withoutPodIdentity(need(doc, id).id()));
    return old;
  }
}
