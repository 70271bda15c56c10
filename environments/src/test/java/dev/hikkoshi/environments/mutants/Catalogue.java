package dev.hikkoshi.environments.mutants;

import dev.hikkoshi.environments.plan.Planner;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.ClassloaderByteArraySource;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.config.GregorEngineFactory;

/**
 * The mutants of PIT's default kinds in plan, move and check, but for those that say nothing: of
 * what the compiler writes for a record, of words for people, and of static initializers, which ran
 * before a class can be swapped.
 */
final class Catalogue {

  /** The packages below the core's. */
  static final List<String> PARTS = List.of("plan", "move", "check");

  private static final Path CORE = Path.of("dev", "hikkoshi", "environments");
  private static final Set<String> OF_RECORDS = Set.of("equals", "hashCode", "toString");
  private static final String INITIALIZER = "<clinit>";
  private static final String GIVES_TEXT = ")Ljava/lang/String;";

  /** Methods whose text says which thing is meant: it decides, it is not read only. */
  private static final Set<String> NAMES =
      Set.of("key", "name", "identity", "jobName", "target", "principal", "group", "end");

  private Catalogue() {}

  /** PIT's maker of mutants, for classes of this process. */
  static Mutater mutater() {
    return new GregorEngineFactory()
        .createEngine(EngineArguments.arguments())
        .createMutator(ClassloaderByteArraySource.fromContext());
  }

  /** All of them, in order of class, method and place. */
  static List<Mutation> all() throws IOException {
    Mutater mutater = mutater();
    List<Mutation> all = new ArrayList<>();
    for (String type : types()) {
      Class<?> loaded = load(type);
      for (MutationDetails details : mutater.findMutations(ClassName.fromString(type))) {
        Mutation mutation = Mutation.of(details);
        if (says(mutation, loaded)) {
          all.add(mutation);
        }
      }
    }
    return all;
  }

  /** The class as it was compiled. */
  static byte[] bytes(String type) {
    return ClassloaderByteArraySource.fromContext().getBytes(type).orElseThrow();
  }

  private static boolean says(Mutation mutation, Class<?> type) {
    if (mutation.method().equals(INITIALIZER) || written(mutation, type)) {
      return false;
    }
    return !mutation.descriptor().endsWith(GIVES_TEXT) || NAMES.contains(mutation.method());
  }

  /** Written by the compiler: what each record has, and its accessors. */
  private static boolean written(Mutation mutation, Class<?> type) {
    if (!type.isRecord()) {
      return false;
    }
    return OF_RECORDS.contains(mutation.method())
        || (mutation.descriptor().startsWith("()")
            && Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .anyMatch(mutation.method()::equals));
  }

  private static List<String> types() throws IOException {
    List<String> types = new ArrayList<>();
    Path home = home();
    for (String part : PARTS) {
      try (Stream<Path> files = Files.walk(home.resolve(CORE).resolve(part))) {
        files
            .map(file -> home.relativize(file).toString().replace('\\', '/'))
            .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
            .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
            .sorted()
            .forEach(types::add);
      }
    }
    return types;
  }

  private static Path home() {
    try {
      return Path.of(Planner.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String type) {
    try {
      return Class.forName(type, false, Catalogue.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
