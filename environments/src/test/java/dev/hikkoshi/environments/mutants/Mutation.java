package dev.hikkoshi.environments.mutants;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.pitest.classinfo.ClassName;
import org.pitest.mutationtest.engine.Location;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.MutationIdentifier;

/**
 * One small change in one method of a compiled class.
 *
 * @param type the class's binary name
 * @param descriptor of the method, as the virtual machine writes it
 * @param indexes where in the method; PIT's
 * @param mutator PIT's name for the kind of change
 * @param line of the source
 * @param text what is changed, in PIT's words
 */
record Mutation(
    String type,
    String method,
    String descriptor,
    List<Integer> indexes,
    String mutator,
    int line,
    String text) {

  private static final String TAB = "\t";
  private static final int PARTS = 7;
  private static final int OUR_PACKAGES = "dev.hikkoshi.environments.".length();

  Mutation {
    indexes = List.copyOf(indexes);
    text = oneLine(text);
  }

  static Mutation of(MutationDetails details) {
    MutationIdentifier id = details.getId();
    return new Mutation(
        id.getClassName().asJavaName(),
        id.getLocation().getMethodName(),
        id.getLocation().getMethodDesc(),
        List.copyOf(id.getIndexes()),
        id.getMutator(),
        details.getLineNumber(),
        details.getDescription());
  }

  /** The same for PIT. */
  MutationIdentifier identifier() {
    Location location = Location.location(ClassName.fromString(type), method, descriptor);
    return new MutationIdentifier(location, indexes, mutator);
  }

  /** Class and method, as {@link Reach} names it. */
  String place() {
    return Reach.place(type, method, descriptor);
  }

  /** The package below the core's, in which its class is: {@code plan}. */
  String part() {
    String below = type.substring(OUR_PACKAGES);
    return below.substring(0, below.indexOf('.'));
  }

  /** For people. */
  String told() {
    String name = type.substring(type.lastIndexOf('.') + 1);
    return "%s.%s, line %d: %s".formatted(name, method, line, text);
  }

  /** In one line, which {@link #read} understands. */
  String written(String... more) {
    String at = indexes.stream().map(String::valueOf).collect(Collectors.joining(","));
    String own =
        String.join(TAB, type, method, descriptor, at, mutator, Integer.toString(line), text);
    return more.length == 0 ? own : own + TAB + String.join(TAB, more);
  }

  static Mutation read(String line) {
    List<String> parts = Arrays.asList(line.split(TAB, PARTS + 1));
    return new Mutation(
        parts.get(0),
        parts.get(1),
        parts.get(2),
        Arrays.stream(parts.get(3).split(",")).map(Integer::valueOf).toList(),
        parts.get(4),
        Integer.parseInt(parts.get(5)),
        parts.get(6));
  }

  static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
