package dev.hikkoshi.environments.reading;

import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds nodes out of the parser's events. The library's own composer keeps no rule on duplicate
 * keys, has no bound on depth, and counts aliases instead of what they unfold to.
 */
final class Composer {

  private static final int DEEPEST = 40;

  /** Nodes after every alias is unfolded: a bomb of nine lines asks for a billion. */
  private static final long LARGEST = 100_000;

  private static final String MERGE = "<<";
  private static final String OWN = "tag:yaml.org,2002:";
  private static final Set<String> TAGS =
      Set.of(
          "!",
          OWN + "str",
          OWN + "int",
          OWN + "float",
          OWN + "bool",
          OWN + "null",
          OWN + "map",
          OWN + "seq");

  private final Origin origin;
  private final Problems problems;
  private final Map<String, Optional<Node>> anchors = new HashMap<>();
  private final Map<Node, Long> sizes = new IdentityHashMap<>();
  private long unfolded;

  /** Where the text ends without a line break; beyond any place when it ends with one. */
  private final int openEnd;

  Composer(Origin origin, String text, Problems problems) {
    this.origin = origin;
    this.openEnd = text.endsWith("\n") ? Integer.MAX_VALUE : text.codePointCount(0, text.length());
    this.problems = problems;
  }

  /** A bound was passed: the rest of the file is not looked at. */
  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("a bound was passed", null, false, false);
    }
  }

  List<Node> compose(Iterable<Event> events) {
    List<Node> documents = new ArrayList<>();
    Iterator<Event> rest = events.iterator();
    try {
      while (rest.hasNext()) {
        Event event = rest.next();
        if (event.getEventId() == Event.ID.DocumentStart) {
          anchors.clear();
        } else if (event instanceof NodeEvent) {
          Node node = node(event, rest, 1);
          boolean nothing = node instanceof Scalar s && s.plain() && s.text().isEmpty();
          if (!nothing) {
            documents.add(node);
          }
        }
      }
    } catch (TooMuch e) {
      return List.of();
    }
    return documents;
  }

  Place place(Mark mark) {
    return Yaml.place(origin, mark, 1);
  }

  private Place place(Event event) {
    Mark start = event.getStartMark().orElseThrow();
    int length =
        event
            .getEndMark()
            .filter(end -> end.getLine() == start.getLine())
            .map(end -> end.getColumn() - start.getColumn())
            .orElse(1);
    return Yaml.place(origin, start, length);
  }

  private Node node(Event event, Iterator<Event> rest, int depth) {
    if (depth > DEEPEST) {
      problems.add(place(event), "nested more than " + DEEPEST + " deep");
      throw new TooMuch();
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    Optional<String> anchor = ((NodeEvent) event).getAnchor().map(a -> a.getValue());
    anchor.ifPresent(name -> anchors.put(name, Optional.empty()));
    Node node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> sequence(start, rest, depth);
          case MappingStartEvent start -> mapping(start, rest, depth);
          default -> throw new IllegalStateException("no node begins with " + event);
        };
    anchor.ifPresent(name -> anchors.put(name, Optional.of(node)));
    return node;
  }

  private Node aliased(AliasEvent alias) {
    String name = alias.getAlias().getValue();
    Optional<Node> target = anchors.getOrDefault(name, Optional.empty());
    if (target.isEmpty()) {
      String why = anchors.containsKey(name) ? "contains itself" : "has no anchor above it";
      problems.add(place(alias), "the alias *" + name + " " + why);
      throw new TooMuch();
    }
    count(alias, sizes.getOrDefault(target.get(), 1L));
    return target.get();
  }

  private void count(Event event, long nodes) {
    unfolded += nodes;
    if (unfolded > LARGEST) {
      problems.add(place(event), "unfolds to more than " + LARGEST + " values");
      throw new TooMuch();
    }
  }

  private Scalar scalar(ScalarEvent event) {
    count(event, 1);
    tag(event, event.getTag());
    Mark start = event.getStartMark().orElseThrow();
    int end = event.getEndMark().orElseThrow().getIndex();
    return new Scalar(
        text(event, end), event.isPlain(), event.getTag(), place(event), start.getIndex(), end);
  }

  /** The library ends a block scalar with a line break also where the file ends without one. */
  private String text(ScalarEvent event, int end) {
    String value = event.getValue();
    boolean block = event.isLiteral() || event.isFolded();
    return block && end >= openEnd && value.endsWith("\n")
        ? value.substring(0, value.length() - 1)
        : value;
  }

  private void tag(Event event, Optional<String> tag) {
    tag.filter(t -> !TAGS.contains(t))
        .ifPresent(t -> problems.add(place(event), "the tag " + t + " is not read"));
  }

  private Sequence sequence(SequenceStartEvent start, Iterator<Event> rest, int depth) {
    long before = unfolded;
    count(start, 1);
    tag(start, start.getTag());
    List<Node> items = new ArrayList<>();
    for (Event next = rest.next(); next.getEventId() != Event.ID.SequenceEnd; next = rest.next()) {
      items.add(node(next, rest, depth + 1));
    }
    Sequence sequence = new Sequence(items, place(start));
    sizes.put(sequence, unfolded - before);
    return sequence;
  }

  private Mapping mapping(MappingStartEvent start, Iterator<Event> rest, int depth) {
    long before = unfolded;
    count(start, 1);
    tag(start, start.getTag());
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (Event next = rest.next(); next.getEventId() != Event.ID.MappingEnd; next = rest.next()) {
      Node key = node(next, rest, depth + 1);
      Node value = node(rest.next(), rest, depth + 1);
      if (!(key instanceof Scalar name)) {
        problems.add(key.place(), "a key is " + key.kind(), "expected text");
      } else if (name.plain() && name.text().equals(MERGE)) {
        merged.add(value);
      } else if (entries.containsKey(name.text())) {
        int first = entries.get(name.text()).key().place().line();
        problems.add(
            name.place(), "duplicate key \"" + name.text() + "\"", "first on line " + first);
      } else {
        entries.put(name.text(), new Entry(name, value));
      }
    }
    merged.forEach(value -> merge(value, entries));
    Mapping mapping = new Mapping(List.copyOf(entries.values()), place(start));
    sizes.put(mapping, unfolded - before);
    return mapping;
  }

  /** Own keys win over merged ones, earlier maps of a list over later ones. */
  private void merge(Node value, Map<String, Entry> entries) {
    List<Node> maps = value instanceof Sequence list ? list.items() : List.of(value);
    for (Node map : maps) {
      if (map instanceof Mapping mapping) {
        mapping.entries().forEach(e -> entries.putIfAbsent(e.key().text(), e));
      } else {
        problems.add(map.place(), "<< merges " + map.kind(), "expected a map");
      }
    }
  }
}
