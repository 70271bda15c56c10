package dev.hikkoshi.environments.museum;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The core with one bug in it: compiled apart and loaded before the real one, simulator and all.
 */
final class Altered implements AutoCloseable {

  private static final String PACKAGE = "dev/hikkoshi/environments/";
  private static final String SIMULATOR = "dev.hikkoshi.environments.simulator.SimulatorMain";

  private final URLClassLoader classes;

  private Altered(URLClassLoader classes) {
    this.classes = classes;
  }

  /**
   * Compiles the sources that an exhibit changes.
   *
   * @param sources the core's source folder
   * @param out an empty folder
   * @throws IllegalStateException when it does not apply or does not compile
   */
  static Altered of(Exhibit exhibit, Path sources, Path out) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Exhibit.Edit edit : exhibit.edits()) {
      String file = PACKAGE + edit.file();
      String now =
          texts.containsKey(file) ? texts.get(file) : Files.readString(sources.resolve(file));
      texts.put(file, edit.on(now));
    }
    compile(exhibit, texts, out);
    List<URL> path = new ArrayList<>();
    path.add(out.toUri().toURL());
    for (String entry : classpath().split(System.getProperty("path.separator"))) {
      path.add(url(entry));
    }
    return new Altered(
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
  }

  private static URL url(String entry) throws MalformedURLException {
    return Path.of(entry).toUri().toURL();
  }

  private static String classpath() {
    return System.getProperty("java.class.path");
  }

  private static void compile(Exhibit exhibit, Map<String, String> texts, Path out) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean good =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-proc:none", "-nowarn", "-d", out.toString(), "-cp", classpath()),
                null,
                texts.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList())
            .call();
    if (!good) {
      throw new IllegalStateException(exhibit.name() + " does not compile:\n" + said);
    }
  }

  /** Text that is compiled. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(URI.create("string:///" + file), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /**
   * Lets the simulator look for the bug.
   *
   * @return {@code seed N: rule} of the first broken rule in so many seeds, else an empty text
   */
  String hunt(long seeds, int threads) {
    try {
      return (String)
          classes
              .loadClass(SIMULATOR)
              .getMethod("hunt", long.class, int.class)
              .invoke(null, seeds, threads);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the simulator has no hunt(long, int)", e);
    }
  }

  @Override
  public void close() throws IOException {
    classes.close();
  }
}
