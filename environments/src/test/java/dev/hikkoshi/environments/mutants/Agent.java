package dev.hikkoshi.environments.mutants;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** What lets a process swap the body of a class while it runs. */
public final class Agent {

  private static volatile @Nullable Instrumentation instrumentation;

  private Agent() {}

  /** The virtual machine calls it before {@code main}. */
  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  static Instrumentation instrumentation() {
    Instrumentation given = instrumentation;
    if (given == null) {
      throw new IllegalStateException("this process was started without its agent");
    }
    return given;
  }

  /** From now on the class does what these bytes say. */
  static void swap(String type, byte[] bytes) {
    try {
      Class<?> loaded = Class.forName(type, true, Agent.class.getClassLoader());
      instrumentation().redefineClasses(new ClassDefinition(loaded, bytes));
    } catch (ClassNotFoundException | UnmodifiableClassException e) {
      throw new IllegalStateException(type, e);
    }
  }

  /** A jar that names this class and holds none: the class is on the process's own path. */
  static void writeJar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", Agent.class.getName());
    main.putValue("Can-Redefine-Classes", "true");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.finish();
    }
  }
}
