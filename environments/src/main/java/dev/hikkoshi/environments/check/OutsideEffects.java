package dev.hikkoshi.environments.check;

import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Rule 0: what the releases of one cluster would do outside of it. A claim is something that only
 * one may have (a DNS name, an owner id, a load balancer's name or group, a target group); it is a
 * finding when another cluster's releases have the same. A CronJob is always one.
 */
public final class OutsideEffects {

  private static final List<String> LOAD_BALANCER_NAMES =
      List.of(
          "alb.ingress.kubernetes.io/load-balancer-name",
          "alb.ingress.kubernetes.io/group.name",
          "service.beta.kubernetes.io/aws-load-balancer-name");
  private static final String HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";
  private static final String OWNER = "--txt-owner-id=";

  /**
   * An effect that nobody classified.
   *
   * @param effect what it is, for example {@code DNS name www.example.com}
   */
  public record Finding(ReleaseId release, String object, String effect) {

    @Override
    public String toString() {
      return effect + " by " + object + " of " + release;
    }
  }

  private record Claim(String what, ReleaseId release, String object) {}

  private OutsideEffects() {}

  /**
   * What is not classified yet.
   *
   * @param here rendered objects of the cluster that would be written, by release
   * @param elsewhere those of every other cluster of the environment
   */
  public static List<Finding> unclassified(
      Map<ReleaseId, List<Manifest>> here,
      Map<ReleaseId, List<Manifest>> elsewhere,
      List<Outside> classified) {
    Set<String> taken = new HashSet<>();
    claims(elsewhere, claim -> taken.add(claim.what()));
    List<Finding> findings = new ArrayList<>();
    claims(
        here,
        claim -> {
          if (taken.contains(claim.what())) {
            String effect = claim.what() + " is also claimed in another cluster";
            findings.add(new Finding(claim.release(), claim.object(), effect));
          }
        });
    sorted(here)
        .forEach(
            (release, objects) ->
                objects.stream()
                    .filter(o -> o.kind().equals("CronJob"))
                    .forEach(
                        o ->
                            findings.add(
                                new Finding(
                                    release, path(o, release), "CronJob runs in both clusters"))));
    return findings.stream().filter(f -> !classified(f, classified)).toList();
  }

  private static boolean classified(Finding finding, List<Outside> classified) {
    return classified.stream()
        .anyMatch(
            c ->
                switch (c) {
                  case Outside.OfRelease(ReleaseId release, _, _) ->
                      release.equals(finding.release());
                  case Outside.OfObject(String path, _, _) -> path.equals(finding.object());
                });
  }

  private static SortedMap<ReleaseId, List<Manifest>> sorted(
      Map<ReleaseId, List<Manifest>> releases) {
    return new TreeMap<>(releases);
  }

  /** A namespaced object without a namespace lands in its release's. */
  private static String path(Manifest object, ReleaseId release) {
    return object.namespace().isEmpty()
        ? object.apiVersion()
            + "/"
            + object.kind()
            + "/"
            + release.namespace()
            + "/"
            + object.name()
        : object.path();
  }

  private static void claims(Map<ReleaseId, List<Manifest>> releases, Consumer<Claim> each) {
    boolean externalDns =
        releases.values().stream()
            .flatMap(List::stream)
            .anyMatch(
                o -> texts(o.tree(), "image").stream().anyMatch(i -> i.contains("external-dns")));
    sorted(releases)
        .forEach(
            (release, objects) -> {
              for (Manifest object : objects) {
                claims(
                    object,
                    externalDns,
                    what -> each.accept(new Claim(what, release, path(object, release))));
              }
            });
  }

  private static void claims(Manifest object, boolean externalDns, Consumer<String> what) {
    object
        .annotation(HOSTNAME)
        .ifPresent(names -> Arrays.stream(names.split(",")).forEach(n -> what.accept(dns(n))));
    for (String key : LOAD_BALANCER_NAMES) {
      object.annotation(key).ifPresent(name -> what.accept(key + " " + name));
    }
    switch (object.kind()) {
      case "Ingress" -> {
        if (externalDns) {
          texts(object.at("spec", "rules").orElse(List.of()), "host")
              .forEach(host -> what.accept(dns(host)));
        }
      }
      case "TargetGroupBinding" ->
          object.at("spec", "targetGroupARN").ifPresent(arn -> what.accept("target group " + arn));
      default ->
          texts(object.tree(), "args").stream()
              .filter(arg -> arg.startsWith(OWNER))
              .forEach(
                  arg -> what.accept("external-dns owner id " + arg.substring(OWNER.length())));
    }
  }

  private static String dns(String name) {
    return "DNS name " + name.strip();
  }

  /** Every text under a key at any depth; for a list each of its texts. */
  private static List<String> texts(Object tree, String key) {
    List<String> found = new ArrayList<>();
    collect(tree, key, found);
    return found;
  }

  private static void collect(Object here, String key, List<String> found) {
    if (here instanceof Map<?, ?> map) {
      map.forEach(
          (k, value) -> {
            if (key.equals(k) && value instanceof String text) {
              found.add(text);
            } else if (key.equals(k) && value instanceof List<?> list) {
              list.stream().filter(String.class::isInstance).forEach(t -> found.add((String) t));
            } else if (value != null) {
              collect(value, key, found);
            }
          });
    } else if (here instanceof List<?> list) {
      for (Object item : list) {
        if (item != null) {
          collect(item, key, found);
        }
      }
    }
  }
}
