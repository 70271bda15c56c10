package dev.hikkoshi.tools;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Go command of this machine.
 *
 * @param go its path
 * @param version such as {@code go1.26.8}
 * @param buildCache where it keeps compiled packages, for the question of room
 */
record GoToolchain(Path go, String version, Path buildCache) {

  /** The {@code go} line of the modules; Go itself can fetch a newer toolchain where it may. */
  static final String NEEDED = "1.26";

  private static final Pattern VERSION = Pattern.compile("go(\\d+)\\.(\\d+)\\S*");
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String INSTALL =
      "Install Go %s or newer (https://go.dev/dl/, or golang-go of your system) and put it into PATH."
          .formatted(NEEDED);

  /** Looks for {@code go} in PATH; empty where there is none or it does not answer. */
  static Optional<GoToolchain> locate(Map<String, String> environment) {
    return Executables.inPath("go", environment)
        .flatMap(
            go ->
                Executables.ask(
                        List.of(go.toString(), "env", "GOVERSION", "GOCACHE"),
                        GoBuild.environmentFor(environment),
                        DEADLINE)
                    .flatMap(answer -> parse(go, answer)));
  }

  private static Optional<GoToolchain> parse(Path go, String answer) {
    List<String> lines = answer.lines().map(String::strip).toList();
    if (lines.size() < 2 || !VERSION.matcher(lines.getFirst()).matches()) {
      return Optional.empty();
    }
    return Optional.of(new GoToolchain(go, lines.getFirst(), Path.of(lines.get(1))));
  }

  /** Refuses a Go that cannot build the modules, before it downloads half a gigabyte. */
  void requireNewEnough() {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      return;
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    String[] needed = NEEDED.split("\\.");
    int neededMajor = Integer.parseInt(needed[0]);
    if (major > neededMajor || (major == neededMajor && minor >= Integer.parseInt(needed[1]))) {
      return;
    }
    throw new ToolException(
        ToolException.Reason.OLD_GO,
        "%s is %s, but the pinned modules need go%s. %s".formatted(go, version, NEEDED, INSTALL));
  }

  static ToolException missing(Artifact artifact) {
    return new ToolException(
        ToolException.Reason.NO_GO,
        "%s is neither cached nor in PATH, and there is no Go command to build it with. %s"
            .formatted(artifact, INSTALL));
  }

  /** {@code os-arch} of this machine in Go's words, such as {@code linux-amd64}. */
  static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String goos = os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : "linux";
    String goarch =
        switch (arch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> arch;
        };
    return goos + "-" + goarch;
  }
}
