package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.check.outside.Finding;
import dev.hikkoshi.environments.check.outside.Rendering;
import dev.hikkoshi.environments.check.outside.RuleZero;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.Outside;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that can be told of an environment before it moves. Pure: it asks nobody. */
public final class Doctor {

  /** What nothing here can answer, so that silence is not taken for health. */
  private static final List<String> NEVER =
      List.of(
          "room for target groups and instances, and whether a zone has any left",
          "whether images exist for the nodes' architecture",
          "the data behind external storage");

  private static final List<String> WITHOUT_AWS =
      List.of(
          "credentials, account and roles of zones and load balancers",
          "records, their TTL and strangers; rules and their stickiness",
          "clusters, nodes, CoreDNS and the calendar of versions",
          "free addresses of subnets, trust policies of roles, numbers beside quotas");

  private Doctor() {}

  /** What was found, the heaviest first. */
  public static List<Advice> examine(Subject subject, Instant now) {
    List<Advice> advice = new ArrayList<>();
    outside(subject, advice);
    Inside.examine(subject, advice);
    NamedProviders.examine(subject, advice);
    Pace.examine(subject, advice);
    subject
        .seen()
        .ifPresent(
            seen -> {
              Places.examine(subject, seen, now, advice);
              Routes.examine(subject, seen, advice);
              Foundations.examine(subject, seen.account(), advice);
            });
    return advice.stream().distinct().sorted().toList();
  }

  /** What was not looked at, in words. */
  public static List<String> notLookedAt(Subject subject) {
    List<String> words = new ArrayList<>(subject.seen().isEmpty() ? WITHOUT_AWS : List.of());
    words.addAll(NEVER);
    return List.copyOf(words);
  }

  private static void outside(Subject subject, List<Advice> advice) {
    Set<String> moved = new HashSet<>();
    for (DesiredRoute route : subject.desired().routes()) {
      if (route instanceof DesiredRoute.Dns dns) {
        moved.add(dns.record());
      }
    }
    List<Outside> words = subject.desired().outside();
    Map<String, Rendering> beside = Map.of(subject.besideName(), subject.beside());
    for (Finding finding : RuleZero.findings(subject.here(), beside, moved, words)) {
      advice.add(found(subject, finding));
    }
    for (Outside word : RuleZero.unused(subject.here(), words)) {
      advice.add(unused(subject, word));
    }
    subject
        .unrendered()
        .forEach(
            (release, problem) ->
                advice.add(
                    new Advice(
                        Weight.UNKNOWN,
                        "renders",
                        release.toString(),
                        "release " + release,
                        "it cannot be rendered: " + problem,
                        "nothing can be said about what it does, and no cluster would get it",
                        "")));
  }

  private static Advice found(Subject subject, Finding finding) {
    String why = finding.kind().why() + ". Or: " + finding.kind().instead();
    String write =
        finding
            .line()
            .map(line -> "%s, under spec.outside: %s".formatted(subject.file(), line))
            .orElse(finding.kind().instead());
    return new Advice(
        Weight.SETTLE,
        finding.kind().word(),
        finding.object(),
        subject.source(finding.release(), finding.object()),
        finding.toString(),
        why,
        write);
  }

  private static Advice unused(Subject subject, Outside word) {
    String name =
        switch (word) {
          case Outside.OfRelease r -> r.release().toString();
          case Outside.OfObject o -> o.path();
        };
    return new Advice(
        Weight.CONSIDER,
        "unused-word",
        name,
        subject.file() + ", spec.outside",
        name + " is classified, but nothing that is rendered has that name",
        "a word that is about nothing was about something once: was it renamed, and is the new"
            + " name classified?",
        "remove the entry, or correct its name");
  }
}
