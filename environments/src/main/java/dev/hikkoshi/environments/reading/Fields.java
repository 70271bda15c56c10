package dev.hikkoshi.environments.reading;

import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Shape.Member;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A map whose keys are all known beforehand. Read each key once, then {@link #make}: what was not
 * asked for is unknown, and a problem.
 */
public final class Fields {

  private final Mapping map;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final int before;

  /** Keys as they are asked for, when only {@link #shape} is wanted. */
  private final Optional<Map<String, Member>> described;

  private Fields(Mapping map, Problems problems, Optional<Map<String, Member>> described) {
    this.described = described;
    this.map = map;
    this.problems = problems;
    this.before = problems.count();
  }

  /** Reads a map; empty with a problem for anything else. */
  public static Optional<Fields> of(Node node, Problems problems) {
    if (node instanceof Mapping map) {
      return Optional.of(new Fields(map, problems, Optional.empty()));
    }
    problems.add(node.place(), "expected a map, found " + node.kind());
    return Optional.empty();
  }

  /** A type that reads a map by its fields. */
  public static <T> Type<T> object(Function<Fields, Optional<T>> reader) {
    Type<T> type = (node, problems) -> of(node, problems).flatMap(reader);
    return type.shaped(() -> shape(reader));
  }

  /** What a reader asks for when the map is empty. */
  public static Shape shape(Function<Fields, ?> reader) {
    Map<String, Member> members = new LinkedHashMap<>();
    Mapping nothing = new Mapping(List.of(), Place.of("described"));
    // What it makes of nothing is not wanted, only what it asks for.
    Object _ = reader.apply(new Fields(nothing, new Problems(), Optional.of(members)));
    return new Shape.Members(members);
  }

  public Problems problems() {
    return problems;
  }

  /** Where the map begins. */
  public Place place() {
    return map.place();
  }

  /** Where a key stands; the map's own place when it is absent. */
  public Place place(String key) {
    return map.entry(key).map(e -> e.key().place()).orElse(map.place());
  }

  public boolean has(String key) {
    known.add(key);
    return map.entry(key).isPresent();
  }

  /** A key that may be absent. */
  public <T> Optional<T> get(String key, Type<T> type) {
    known.add(key);
    described.ifPresent(all -> all.put(key, new Member(type.shape(), false, "")));
    return map.at(key).flatMap(value -> type.read(value, problems));
  }

  /** A key that may be absent, with what it means then. */
  public <T> T get(String key, Type<T> type, T absent) {
    return get(key, type).orElse(absent);
  }

  /** A key that must be there; what it should say helps whoever forgot it. */
  public <T> Optional<T> need(String key, Type<T> type, String expected) {
    known.add(key);
    described.ifPresent(all -> all.put(key, new Member(type.shape(), true, expected)));
    Optional<Entry> entry = map.entry(key);
    if (entry.isEmpty()) {
      problems.add(map.place(), "\"" + key + "\" is missing", expected);
      return Optional.empty();
    }
    return type.read(entry.get().value(), problems);
  }

  /** A key whose behaviour comes later: saying it is an error, so that nobody relies on it. */
  public void notYet(String key, String why) {
    refused.add(key);
    map.entry(key).ifPresent(e -> problems.add(e.key().place(), "not yet: " + key, why));
  }

  /** Several keys that come later, each with its reason. */
  public void notYet(Map<String, String> keys) {
    keys.forEach(this::notYet);
  }

  /** A key that will not come, with what to do instead. */
  public void refuse(String key, String why) {
    refused.add(key);
    map.entry(key).ifPresent(e -> problems.add(e.key().place(), "refused: " + key, why));
  }

  /** Several keys that will not come. */
  public void refuse(Map<String, String> keys) {
    keys.forEach(this::refuse);
  }

  /** A key that will not come, unless its value asks for nothing. */
  public void refuse(String key, String why, Predicate<Node> harmless) {
    refused.add(key);
    map.entry(key)
        .filter(e -> !harmless.test(e.value()))
        .ifPresent(e -> problems.add(e.key().place(), "refused: " + key, why));
  }

  /**
   * A key that will not come, where it is not known yet whether anybody wants the map.
   *
   * @return where it stands, unless its value asks for nothing
   */
  public Optional<Place> refusable(String key, Predicate<Node> harmless) {
    refused.add(key);
    return map.entry(key).filter(e -> !harmless.test(e.value())).map(e -> e.key().place());
  }

  /** Keys that may be said and change nothing here. */
  public void ignore(Collection<String> keys) {
    known.addAll(keys);
  }

  /** A problem on a key. */
  public void problem(String key, String message, String hint) {
    problems.add(place(key), message, hint);
  }

  /** Whether nothing in this map was wrong so far. */
  public boolean clean() {
    return problems.count() == before;
  }

  /** Ends the reading; the value is made only when nothing in this map was wrong. */
  public <T> Optional<T> make(Supplier<T> value) {
    for (Entry entry : map.entries()) {
      String key = entry.key().text();
      if (!known.contains(key) && !refused.contains(key)) {
        problems.add(entry.key().place(), "unknown key \"" + key + "\"", expected(key));
      }
    }
    return clean() ? Optional.of(value.get()) : Optional.empty();
  }

  private String expected(String key) {
    return Nearest.to(key, known)
        .or(() -> Nearest.to(key, refused))
        .map(name -> "did you mean \"" + name + "\"?")
        .orElseGet(() -> "known here: " + String.join(", ", known));
  }
}
