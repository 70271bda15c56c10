package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The launcher in a checkout of its own: the real script, the real jar; what stands for Maven
 * counts its calls, because a build inside a build would write what the outer one reads.
 */
class LauncherIT {

  private static final Path ROOT =
      Path.of(System.getProperty("hikkoshi.root", "..")).toAbsolutePath().normalize();

  private record Ended(int exit, String out, String err) {}

  private Path folder = ROOT;
  private Path home = ROOT;
  private Path builds = ROOT;
  private String aot = "off";
  private String java = "";

  @BeforeEach
  void checkout() throws IOException {
    folder =
        Files.createTempDirectory(
            Files.createDirectories(ROOT.resolve("cli/target/launchers")), "it");
    home = Files.createDirectories(folder.resolve("a checkout"));
    builds = folder.resolve("builds");
    copy("hikkoshi");
    copy("pom.xml");
    Files.createDirectories(home.resolve("bin"));
    copy("bin/ground.sh");
    copyAll("cli/src/train");
    Path target = Files.createDirectories(home.resolve("cli/target"));
    Files.createLink(target.resolve("cli.jar"), ROOT.resolve("cli/target/cli.jar"));
    Path lib = Files.createDirectories(target.resolve("lib"));
    try (Stream<Path> jars = Files.list(ROOT.resolve("cli/target/lib"))) {
      for (Path jar : jars.toList()) {
        Files.createLink(lib.resolve(jar.getFileName().toString()), jar);
      }
    }
    maven("echo built >> \"$BUILDS\"");
  }

  private void copy(String file) throws IOException {
    Files.copy(ROOT.resolve(file), home.resolve(file));
  }

  private void copyAll(String top) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(top))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = ROOT.relativize(file).toString();
        Files.createDirectories(home.resolve(name).getParent());
        copy(name);
      }
    }
  }

  private void maven(String does) throws IOException {
    Path mvn = Files.createDirectories(folder.resolve("path")).resolve("mvn");
    Files.writeString(mvn, "#!/usr/bin/env bash\n" + does + "\n");
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
  }

  private Process start(Path launcher, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("HIKKOSHI_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HIKKOSHI_AOT", aot);
    builder.environment().put("HIKKOSHI_JAVA_OPTS", java);
    builder.environment().put("BUILDS", builds.toString());
    builder.environment().merge("PATH", "", (path, _) -> folder.resolve("path") + ":" + path);
    return builder.start();
  }

  private static Ended end(Process process) throws IOException, InterruptedException {
    String out = text(process.getInputStream().readAllBytes());
    String err = text(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Ended run(Path launcher, String... words) throws IOException, InterruptedException {
    return end(start(launcher, words));
  }

  @Test
  void builtOnceItStartsFromAnywhereAndThroughALink() throws Exception {
    // Given
    aot = "on";
    Path launcher = home.resolve("hikkoshi");
    Path link = Files.createSymbolicLink(folder.resolve("hk"), launcher);

    // When
    Ended first = run(launcher, "version");
    long from = System.nanoTime();
    Ended second = run(link, "version", "-o", "name");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);

    // Then
    System.out.println("launcher: " + millis + " ms from start to end of `hikkoshi version`");
    assertThat(first.exit()).isZero();
    assertThat(first.err()).contains("building, because nothing is built yet");
    assertThat(second.out()).startsWith("hikkoshi/");
    assertThat(second.err()).isEmpty();
    assertThat(Files.readAllLines(builds)).hasSize(1);
    assertThat(home.resolve("cli/target/cli.aot")).exists();
  }

  @Test
  void renderingHasACacheOfItsOwn() throws Exception {
    // Given
    Toolbox.standard(InstantSource.system(), ProgressListener.silent()).find(Tool.RENDER.pinned());
    aot = "on";
    Path launcher = home.resolve("hikkoshi");
    run(launcher, "version");
    java = "-Xlog:class+load:file=" + folder.resolve("classes.txt");

    // When
    Ended rendered = run(launcher, "render", home + "/cli/src/train", "-e", "production");

    // Then
    assertThat(rendered.exit()).isZero();
    assertThat(rendered.err()).isEmpty();
    assertThat(rendered.out()).contains("name: app-11");
    String shared = " source: shared objects file";
    assertThat(folder.resolve("classes.txt"))
        .content()
        .contains("dev.hikkoshi.clusters.helm.ReleaseRenderer" + shared)
        .contains("picocli.CommandLine" + shared);
  }

  @Test
  void aChangedFileIsBuiltAndWhatABuildWritesIsNot() throws Exception {
    // Given
    Path launcher = home.resolve("hikkoshi");
    run(launcher, "version");
    Path tool = Files.createDirectories(home.resolve("tools/target")).resolve("tools.jar");
    Files.writeString(tool, "written by the build");

    // When
    Ended unchanged = run(launcher, "version");
    Files.writeString(home.resolve("pom.xml"), "<!-- changed -->");
    Ended changed = run(launcher, "version");

    // Then
    assertThat(unchanged.err()).isEmpty();
    assertThat(changed.err()).contains("building, because pom.xml changed");
    assertThat(Files.readAllLines(builds)).hasSize(2);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    // Given
    maven("echo built >> \"$BUILDS\"; sleep 1");
    Path launcher = home.resolve("hikkoshi");

    // When
    Process one = start(launcher, "version");
    Process other = start(launcher, "version");
    Ended first = end(one);
    Ended second = end(other);

    // Then
    assertThat(first.out()).startsWith("hikkoshi ");
    assertThat(second.out()).startsWith("hikkoshi ");
    assertThat(Files.readAllLines(builds)).hasSize(1);
  }

  @Test
  void aFailedBuildIsSaidAndTriedAgain() throws Exception {
    // Given
    maven("echo built >> \"$BUILDS\"; exit 1");
    Path launcher = home.resolve("hikkoshi");

    // When
    Ended first = run(launcher, "version");
    Ended second = run(launcher, "version");

    // Then
    assertThat(first.exit()).isEqualTo(1);
    assertThat(first.out()).isEmpty();
    assertThat(first.err()).contains("the build failed");
    assertThat(second.exit()).isEqualTo(1);
    assertThat(Files.readAllLines(builds)).hasSize(2);
  }

  @Test
  void theControllerIsToldNothingThatItsConfigurationDoesNotKnow() throws Exception {
    // Given
    Path page = ROOT.resolve("docs/configuration.md");
    controller();

    // When
    Ended ended = run(home.resolve("hikkoshi"), "run", "--a-word");

    // Then: the controller refuses a key that is not listed there, and so would not start at all
    assertThat(ended.exit()).isZero();
    assertThat(ended.out().lines()).first().isEqualTo("--a-word");
    assertThat(ended.out().lines().skip(1))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(page).content().contains("| `" + key + "` |"));
  }

  @Test
  void helpOfTheControllerStartsNoController() throws Exception {
    // Given
    controller();

    // When
    Ended ended = run(home.resolve("hikkoshi"), "run", "--help");

    // Then
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("Usage: hikkoshi run").contains("application.yaml");
  }

  /** What stands for the controller prints its words, and then what it is told by property. */
  private void controller() throws IOException {
    Path jar =
        Files.createDirectories(home.resolve("controller/target/quarkus-app"))
            .resolve("quarkus-run.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Tells.class.getName());
    String file = Tells.class.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream type = Tells.class.getClassLoader().getResourceAsStream(file)) {
      out.putNextEntry(new JarEntry(file));
      Objects.requireNonNull(type).transferTo(out);
      out.closeEntry();
    }
  }

  /** A program that says how it was started. */
  static final class Tells {

    private Tells() {}

    public static void main(String[] words) {
      for (String word : words) {
        System.out.println(word);
      }
      for (String key : System.getProperties().stringPropertyNames()) {
        if (key.startsWith("hikkoshi.")) {
          System.out.println(key);
        }
      }
    }
  }

  @Test
  void exitCodesAreTheCommands() throws Exception {
    // Then
    assertThat(run(home.resolve("hikkoshi"), "stauts").exit()).isEqualTo(64);
  }
}
