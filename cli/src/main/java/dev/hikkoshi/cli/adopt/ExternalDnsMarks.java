package dev.hikkoshi.cli.adopt;

import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What external-dns wrote down about whose a record is: a TXT record of the same name, or of one
 * with its type before it ({@code a-www.example.com}, {@code cname-…}), or with a prefix or suffix
 * of the user's choice (docs/registry/txt.md of external-dns). A mark of a name that is no record's
 * is left aside.
 */
final class ExternalDnsMarks {

  private static final Pattern HERITAGE = Pattern.compile("heritage=external-dns(,|\"|$)");
  private static final Pattern OWNER = Pattern.compile("external-dns/owner=([^,\"]+)");
  private static final Pattern RESOURCE = Pattern.compile("external-dns/resource=([^,\"]+)");
  private static final Pattern TYPE = Pattern.compile("(a|aaaa|cname|https|srv|mx|ns|naptr)-");

  private final List<Mark> marks;

  private ExternalDnsMarks(List<Mark> marks) {
    this.marks = List.copyOf(marks);
  }

  /**
   * A mark.
   *
   * @param of the record's name
   * @param setIdentifier of the record that it belongs to, where it has one
   * @param txt name of the TXT record
   * @param owner external-dns' {@code --txt-owner-id}
   * @param resource that the record was made for, such as {@code ingress/web/shop}; empty where it
   *     is not said
   */
  record Mark(
      String of, Optional<String> setIdentifier, String txt, String owner, String resource) {}

  /** All marks of a zone. */
  static ExternalDnsMarks in(List<RecordSeen> records) {
    Set<String> names =
        records.stream()
            .filter(record -> !record.type().equals("TXT"))
            .map(RecordSeen::name)
            .collect(Collectors.toSet());
    List<Mark> marks = new ArrayList<>();
    for (RecordSeen record : records) {
      String text = String.join(",", record.values());
      if (record.type().equals("TXT") && HERITAGE.matcher(text).find()) {
        marked(record.name(), names)
            .ifPresent(
                of ->
                    marks.add(
                        new Mark(
                            of,
                            record.setIdentifier(),
                            record.name(),
                            first(OWNER, text),
                            first(RESOURCE, text))));
      }
    }
    return new ExternalDnsMarks(marks);
  }

  List<Mark> of(String name) {
    return marks.stream().filter(mark -> mark.of().equals(name)).toList();
  }

  /** Whose mark a TXT record of that name is; of several that it may be, the longest. */
  private static Optional<String> marked(String txt, Set<String> names) {
    if (names.contains(txt)) {
      return Optional.of(txt);
    }
    Matcher typed = TYPE.matcher(txt);
    if (typed.lookingAt()) {
      // A wildcard's mark has no star: external-dns may not write one inside a label.
      String rest = txt.substring(typed.end());
      if (names.contains(rest)) {
        return Optional.of(rest);
      }
    }
    return names.stream()
        .filter(name -> wrapped(txt, name))
        .max(Comparator.comparingInt(String::length).thenComparing(name -> name));
  }

  /** A prefix stands before the whole name, a suffix behind its first label. */
  private static boolean wrapped(String txt, String name) {
    if (txt.length() > name.length() && txt.endsWith(name)) {
      return true;
    }
    int dot = name.indexOf('.');
    return dot > 0
        && txt.length() > name.length()
        && txt.startsWith(name.substring(0, dot))
        && txt.endsWith(name.substring(dot))
        && txt.indexOf('.') == txt.length() - (name.length() - dot);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
