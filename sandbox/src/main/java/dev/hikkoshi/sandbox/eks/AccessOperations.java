package dev.hikkoshi.sandbox.eks;

import dev.hikkoshi.sandbox.cluster.AccessRoles;
import dev.hikkoshi.sandbox.cluster.ClusterUsers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Access entries, and what they mean to an API server that asks whose a token is. */
final class AccessOperations implements ClusterUsers {

  private static final Pattern PRINCIPAL =
      Pattern.compile("arn:aws:iam::\\d{12}:(role|user)/[\\w+=,.@/-]+");
  private static final List<String> TYPES = List.of("STANDARD", "EC2_LINUX");
  private static final List<String> RESERVED =
      List.of("system:", "eks:", "aws:", "amazon:", "iam:");
  private static final int MOST_ENTRIES = 1_500;

  private final EksStore store;
  private final Checks checks;
  private final Arns arns;
  private final InstantSource clock;

  AccessOperations(EksStore store, Checks checks, Arns arns, InstantSource clock) {
    this.store = store;
    this.checks = checks;
    this.arns = arns;
    this.clock = clock;
  }

  ClusterDoc needEntries(String cluster) {
    return withEntries(store.need(cluster));
  }

  private static ClusterDoc withEntries(ClusterDoc doc) {
    if (doc.settings().authenticationMode().equals("CONFIG_MAP")) {
      throw EksErrors.invalidRequest(
          "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to"
              + " perform this operation.");
    }
    return doc;
  }

  static AccessEntryDoc need(ClusterDoc doc, String principalArn) {
    return Optional.ofNullable(doc.entries().get(principalArn))
        .orElseThrow(
            () ->
                EksErrors.notFound(
                    "The specified principalArn could not be found. You cannot access or modify an"
                        + " access entry that does not exist: "
                        + principalArn));
  }

  AccessEntryDoc create(String cluster, Requests.CreateAccessEntry request) {
    String principal = Requests.need(request.principalArn(), "principalArn");
    if (!PRINCIPAL.matcher(principal).matches()) {
      throw EksErrors.invalidParameter(
          "The principalArn parameter format is not valid: " + principal);
    }
    if (principal.startsWith("arn:aws:iam::" + arns.accountId() + ":role/")) {
      checks.role(principal, "principalArn");
    }
    ClusterDoc changed =
        store.change(
            cluster,
            doc -> {
              if (withEntries(doc).entries().containsKey(principal)) {
                throw EksErrors.inUse(
                    "The specified access entry resource is already in use on this cluster.");
              }
              if (doc.entries().size() >= MOST_ENTRIES) {
                throw EksErrors.limit("More access entries than " + MOST_ENTRIES);
              }
              return doc.with(fresh(cluster, principal, request));
            });
    return need(changed, principal);
  }

  private AccessEntryDoc fresh(
      String cluster, String principal, Requests.CreateAccessEntry request) {
    String type = request.type() == null ? "STANDARD" : request.type();
    List<String> groups = groups(request.kubernetesGroups());
    return new AccessEntryDoc(
        principal,
        arns.accessEntry(cluster, principal),
        request.username() == null ? Arns.username(principal) : request.username(),
        groups,
        Checks.oneOf(type, "type", TYPES),
        clock.instant(),
        clock.instant(),
        Checks.tags(request.tags()),
        Map.of());
  }

  private static List<String> groups(@Nullable List<String> asked) {
    List<String> groups = asked == null ? List.of() : asked;
    for (String group : groups) {
      if (RESERVED.stream().anyMatch(group::startsWith)) {
        throw EksErrors.invalidParameter(
            "The kubernetes group name %s is invalid, it cannot start with %s"
                .formatted(group, RESERVED));
      }
    }
    return groups;
  }

  /** What is not named stays as it is (EKS API Reference, UpdateAccessEntry). */
  AccessEntryDoc update(String cluster, String principalArn, Requests.UpdateAccessEntry request) {
    ClusterDoc changed =
        store.change(
            cluster,
            doc -> {
              AccessEntryDoc old = need(withEntries(doc), principalArn);
              return doc.with(
                  new AccessEntryDoc(
                      old.principalArn(),
                      old.arn(),
                      request.username() == null ? old.username() : request.username(),
                      request.kubernetesGroups() == null
                          ? old.kubernetesGroups()
                          : groups(request.kubernetesGroups()),
                      old.type(),
                      old.createdAt(),
                      clock.instant(),
                      old.tags(),
                      old.policies()));
            });
    return need(changed, principalArn);
  }

  void delete(String cluster, String principalArn) {
    store.change(
        cluster, doc -> doc.withoutEntry(need(withEntries(doc), principalArn).principalArn()));
  }

  AccessEntryDoc.Policy associate(
      String cluster, String principalArn, Requests.AssociateAccessPolicy request) {
    String policyArn = Requests.need(request.policyArn(), "policyArn");
    if (!AccessRoles.knows(policyArn)) {
      throw EksErrors.invalidParameter("The policyArn parameter format is not valid: " + policyArn);
    }
    Requests.AccessScope scope = Requests.need(request.accessScope(), "accessScope");
    if (!"cluster".equals(scope.type())) {
      throw EksErrors.notPlayed("access scopes other than the whole cluster");
    }
    ClusterDoc changed =
        store.change(
            cluster,
            doc -> {
              AccessEntryDoc entry = need(withEntries(doc), principalArn);
              if (!entry.type().equals("STANDARD")) {
                throw EksErrors.invalidRequest(
                    "Access policies cannot be associated with entries of type " + entry.type());
              }
              AccessEntryDoc.Policy before = entry.policies().get(policyArn);
              return doc.with(
                  entry.with(
                      new AccessEntryDoc.Policy(
                          policyArn,
                          before == null ? clock.instant() : before.associatedAt(),
                          clock.instant())));
            });
    return Optional.ofNullable(need(changed, principalArn).policies().get(policyArn)).orElseThrow();
  }

  void disassociate(String cluster, String principalArn, String policyArn) {
    store.change(
        cluster,
        doc -> {
          AccessEntryDoc entry = need(withEntries(doc), principalArn);
          if (!entry.policies().containsKey(policyArn)) {
            throw EksErrors.notFound("The specified policy is not associated: " + policyArn);
          }
          return doc.with(entry.withoutPolicy(policyArn, clock.instant()));
        });
  }

  @Override
  public Optional<User> user(String cluster, String principalArn) {
    String iam = Arns.iam(principalArn);
    return store.find(cluster).flatMap(doc -> user(doc, iam, Arns.sessionName(principalArn)));
  }

  private static Optional<User> user(ClusterDoc doc, String iam, String session) {
    ClusterDoc.Definition def = doc.definition();
    AccessEntryDoc entry = doc.entries().get(iam);
    if (entry != null && entry.type().equals("STANDARD")) {
      List<String> groups = new ArrayList<>(entry.kubernetesGroups());
      entry.policies().keySet().stream().sorted().map(AccessRoles::group).forEach(groups::add);
      return Optional.of(new User(named(entry.username(), session), groups));
    }
    boolean implicit = doc.settings().authenticationMode().equals("CONFIG_MAP");
    return implicit && def.creatorIsAdmin() && def.creator().equals(iam)
        ? Optional.of(new User("kubernetes-admin", List.of("system:masters")))
        : Optional.empty();
  }

  private static String named(String username, String session) {
    return username
        .replace("{{SessionName}}", session.replace('@', '-'))
        .replace("{{SessionNameRaw}}", session);
  }
}
