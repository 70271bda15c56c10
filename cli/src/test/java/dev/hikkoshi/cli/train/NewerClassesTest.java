package dev.hikkoshi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The jar that matters, and the JVM's own verifier as the judge. */
class NewerClassesTest {

  @TempDir private Path folder = Path.of("");
  private Path older = Path.of("");
  private Path newer = Path.of("");

  @BeforeEach
  void write() throws IOException, URISyntaxException {
    older = Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    newer = folder.resolve("newer.jar");
    NewerClasses.write(older, newer);
  }

  private static List<String> classes(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return Collections.list(zip.entries()).stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith("picocli/CommandLine") && name.endsWith(".class"))
          .toList();
    }
  }

  @Test
  void everyClassIsThereAndNewEnough() throws IOException {
    // Then
    assertThat(classes(newer)).hasSizeGreaterThan(100).isEqualTo(classes(older));
    try (ZipFile zip = new ZipFile(newer.toFile())) {
      for (String name : classes(newer)) {
        byte[] content = zip.getInputStream(zip.getEntry(name)).readAllBytes();
        assertThat(ClassFile.of().parse(content).majorVersion()).isEqualTo(52);
      }
    }
  }

  @Test
  void theVerifierAcceptsEveryClass() throws Exception {
    // Given
    URL[] path = {newer.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      for (String name : classes(newer)) {
        // When: it is initialized, which verifies it.
        Class<?> loaded = Class.forName(name.replace('/', '.').replace(".class", ""), true, loader);

        // Then
        assertThat(loaded.getClassLoader()).isSameAs(loader);
      }
    }
  }
}
