package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What external-dns wrote down in a zone about whose a record is: a TXT record of the same name, or
 * of one with its type before it ({@code a-www.example.com}, {@code cname-…}), or with a prefix or
 * suffix of the user's choice (docs/registry/txt.md of external-dns). Contents that are encrypted
 * cannot be read and are not seen.
 */
public final class OwnerMarks {

  private static final String HERITAGE = "heritage";
  private static final String EXTERNAL_DNS = "external-dns";
  private static final Pattern TYPE = Pattern.compile("(a|aaaa|cname|https|srv|mx|ns|naptr)-");

  private final List<Marked> all;

  private OwnerMarks(List<Marked> all) {
    this.all = List.copyOf(all);
  }

  /**
   * A mark and whose name it is.
   *
   * @param of empty where the zone has no record whose name the mark's may be made of
   */
  private record Marked(Optional<String> of, OwnerMark mark) {}

  /** All marks of a zone. */
  public static OwnerMarks in(List<RecordSeen> zone) {
    Set<String> names =
        zone.stream()
            .filter(record -> !record.type().equals("TXT"))
            .map(RecordSeen::name)
            .collect(Collectors.toSet());
    List<Marked> all = new ArrayList<>();
    for (RecordSeen record : zone) {
      if (record.type().equals("TXT")) {
        Optional<String> of = marked(record.name(), names);
        record.values().stream()
            .map(OwnerMarks::fields)
            .filter(fields -> EXTERNAL_DNS.equals(fields.get(HERITAGE)))
            .forEach(fields -> all.add(new Marked(of, mark(record, fields))));
      }
    }
    return new OwnerMarks(all);
  }

  private static OwnerMark mark(RecordSeen record, Map<String, String> fields) {
    return new OwnerMark(
        record.name(),
        record.setIdentifier(),
        fields.getOrDefault("external-dns/owner", ""),
        fields.getOrDefault("external-dns/resource", ""));
  }

  /**
   * The marks of one name. A prefix or suffix may be anything, so one whose name tells nothing
   * counts too where it names the object that asks for the record and holds the name's first label.
   *
   * @param resource that object, such as {@code ingress/web/shop}
   */
  public List<OwnerMark> of(String name, String resource) {
    return all.stream()
        .filter(marked -> concerns(marked, name, resource))
        .map(Marked::mark)
        .toList();
  }

  /**
   * How external-dns lets go of a name without deleting anything.
   *
   * @param marks of one name, at least one
   */
  public static String letGo(List<OwnerMark> marks) {
    OwnerMark first = marks.getFirst();
    String resource = first.resource().isEmpty() ? "its source" : first.resource();
    String texts =
        marks.stream().map(OwnerMark::name).distinct().sorted().collect(Collectors.joining(", "));
    return "external-dns owns it (owner id %s, for %s). It lets go so: "
            .formatted(first.owner(), resource)
        + "1. --policy=upsert-only for the external-dns of that owner id, so that it deletes nothing; "
        + "2. annotate %s with external-dns.alpha.kubernetes.io/controller: hikkoshi, so that it writes nothing; "
            .formatted(resource)
        + "3. delete its marks: TXT "
        + texts;
  }

  private static boolean concerns(Marked marked, String name, String resource) {
    return marked.of().filter(name::equals).isPresent()
        || (marked.mark().resource().equals(resource)
            && marked.mark().name().contains(firstLabel(name)));
  }

  /** What external-dns keeps of a name whatever it puts around it; nothing of a wildcard. */
  private static String firstLabel(String name) {
    return Optional.of(name.split("\\.", 2)[0]).filter(label -> !label.equals("*")).orElse("");
  }

  /** Whose mark a TXT record of that name is; of several that it may be, the longest. */
  private static Optional<String> marked(String txt, Set<String> names) {
    if (names.contains(txt)) {
      return Optional.of(txt);
    }
    Matcher typed = TYPE.matcher(txt);
    if (typed.lookingAt()) {
      String rest = txt.substring(typed.end());
      if (names.contains(rest)) {
        return Optional.of(rest);
      }
    }
    return names.stream()
        .filter(name -> wrapped(txt, name))
        .max(Comparator.comparingInt(String::length).thenComparing(name -> name));
  }

  /**
   * A prefix stands before the whole name, a suffix behind its first label.
   *
   * @param txt another name than {@code name}
   */
  private static boolean wrapped(String txt, String name) {
    if (txt.endsWith(name)) {
      return true;
    }
    int dot = name.indexOf('.');
    return dot > 0
        && txt.startsWith(name.substring(0, dot))
        && txt.endsWith(name.substring(dot))
        && txt.indexOf('.') == txt.length() - (name.length() - dot);
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
}
