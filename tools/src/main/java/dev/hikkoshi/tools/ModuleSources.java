package dev.hikkoshi.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files a Go module is built from, from a checkout or, without one, from our own jar. Tests are
 * left out, so that both give the same content key.
 */
sealed interface ModuleSources {

  /** Relative path with slashes → bytes, in order of path. */
  SortedMap<String, byte[]> files(GoModule module);

  /** A checkout's {@code tools/} folder if the root is one, else what was packed into the jar. */
  static ModuleSources locate(@Nullable String root, Map<String, String> environment) {
    return Stream.of(root, environment.get("HIKKOSHI_HOME"))
        .filter(folder -> folder != null && !folder.isBlank())
        .map(folder -> Path.of(folder, "tools"))
        .filter(tools -> Files.isRegularFile(tools.resolve("kubernetes/go.mod")))
        .findFirst()
        .<ModuleSources>map(Checkout::new)
        .orElseGet(Packed::new);
  }

  /** Sources in a folder that has one folder per module. */
  record Checkout(Path tools) implements ModuleSources {
    @Override
    public SortedMap<String, byte[]> files(GoModule module) {
      Path root = tools.resolve(module.folder());
      SortedMap<String, byte[]> files = new TreeMap<>();
      try (Stream<Path> walk = Files.walk(root, 4)) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          String name = root.relativize(file).toString().replace('\\', '/');
          if (belongs(name)) {
            files.put(name, Files.readAllBytes(file));
          }
        }
      } catch (IOException e) {
        throw noSources(module, e);
      }
      return files;
    }
  }

  /** Sources among the resources of our jar; a list beside them names them. */
  record Packed() implements ModuleSources {
    private static final String ROOT = "/dev/hikkoshi/tools/modules/";

    @Override
    public SortedMap<String, byte[]> files(GoModule module) {
      SortedMap<String, byte[]> files = new TreeMap<>();
      String prefix = module.folder() + "/";
      try {
        String index = new String(resource("index.txt"), StandardCharsets.UTF_8);
        for (String line : index.lines().filter(name -> name.startsWith(prefix)).toList()) {
          files.put(line.substring(prefix.length()), resource(line));
        }
      } catch (IOException e) {
        throw noSources(module, e);
      }
      return files;
    }

    private static byte[] resource(String name) throws IOException {
      try (InputStream in = ModuleSources.class.getResourceAsStream(ROOT + name)) {
        if (in == null) {
          throw new IOException("the jar has no " + ROOT + name);
        }
        return in.readAllBytes();
      }
    }
  }

  /** Whether a file is part of what is built. */
  static boolean belongs(String name) {
    return name.equals("go.mod")
        || name.equals("go.sum")
        || (name.endsWith(".go") && !name.endsWith("_test.go"));
  }

  private static ToolException noSources(GoModule module, IOException cause) {
    return new ToolException(
        ToolException.Reason.NO_SOURCES,
        "The sources of Go module %s cannot be read (%s). Set HIKKOSHI_HOME to a checkout of Hikkoshi."
            .formatted(module.folder(), cause.getMessage()),
        cause);
  }

  /** Writes the files into a folder, so that Go can build them without a checkout. */
  static void extract(SortedMap<String, byte[]> files, Path folder) {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
