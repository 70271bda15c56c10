package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * TXT sets of external-dns' registry. Its own names for them are the record's name, and since 0.12
 * the record's type and a hyphen before it; a prefix or suffix may be anything, so a set with
 * another name counts too where it names the object that asks for the record and holds the record's
 * first label (registry/txt.go). Contents that are encrypted cannot be read and are not seen.
 */
final class OwnerMarks {

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final String HERITAGE = "heritage";
  private static final String EXTERNAL_DNS = "external-dns";
  private static final List<String> TYPES = List.of("a", "aaaa", "cname");

  private final InstantSource clock;
  private final Map<Account.Hosted, Listed> zones = new ConcurrentHashMap<>();

  OwnerMarks(InstantSource clock) {
    this.clock = clock;
  }

  private record Listed(Observation<List<OwnerMark>> marks, Instant at) {}

  /** Those of one name; the zone's are kept for a minute. */
  Observation<List<OwnerMark>> of(
      Account account, Account.Hosted zone, String name, String resource) {
    return listed(account, zone)
        .map(all -> all.stream().filter(mark -> concerns(mark, name, resource)).toList());
  }

  private Observation<List<OwnerMark>> listed(Account account, Account.Hosted zone) {
    Listed before = zones.get(zone);
    if (before != null && clock.instant().isBefore(before.at().plus(KEPT))) {
      return before.marks();
    }
    Instant at = clock.instant();
    Observation<List<OwnerMark>> marks =
        RecordSets.ofZone(account, zone)
            .map(
                sets ->
                    sets.stream()
                        .filter(set -> set.typeAsString().equals("TXT"))
                        .map(Shapes::seen)
                        .flatMap(OwnerMarks::marks)
                        .toList());
    if (marks instanceof Known) {
      zones.put(zone, new Listed(marks, at));
    }
    return marks;
  }

  private static Stream<OwnerMark> marks(RecordSeen txt) {
    return txt.values().stream()
        .map(OwnerMarks::fields)
        .filter(fields -> EXTERNAL_DNS.equals(fields.get(HERITAGE)))
        .map(
            fields ->
                new OwnerMark(
                    txt.name(),
                    txt.setIdentifier(),
                    fields.getOrDefault("external-dns/owner", ""),
                    fields.getOrDefault("external-dns/resource", "")));
  }

  /** {@code "heritage=external-dns,external-dns/owner=x,external-dns/resource=ingress/web/web"}. */
  private static Map<String, String> fields(String value) {
    Map<String, String> fields = new HashMap<>();
    for (String part : value.replace("\"", "").split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        fields.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return fields;
  }

  private static boolean concerns(OwnerMark mark, String name, String resource) {
    boolean plain =
        mark.name().equals(name)
            || TYPES.stream().anyMatch(type -> mark.name().equals(type + "-" + name));
    return plain || (mark.resource().equals(resource) && mark.name().contains(firstLabel(name)));
  }

  /** What external-dns keeps of a name whatever it puts around it; nothing of a wildcard. */
  private static String firstLabel(String name) {
    return Optional.of(name.split("\\.", 2)[0]).filter(label -> !label.equals("*")).orElse("");
  }
}
