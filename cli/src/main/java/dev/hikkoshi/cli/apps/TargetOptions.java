package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What charts are told of the cluster that is not asked. */
public final class TargetOptions {

  static final String CACHE = "--render-cache";

  private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+)(\\.\\d+)?([-+].*)?");

  @Option(
      names = "--kube-version",
      paramLabel = "VERSION",
      description = "Kubernetes version that charts see (default: Helm's own).")
  private @Nullable String kubeVersion;

  @Option(
      names = {"-a", "--api-versions"},
      split = ",",
      paramLabel = "VERSION",
      description = "API versions that charts see besides the built-in ones.")
  private List<String> apiVersions = List.of();

  @Option(names = "--include-crds", description = "Print the CRDs of charts too.")
  private boolean crds;

  @Option(
      names = CACHE,
      paramLabel = "DIR",
      description =
          "Where rendered releases are kept (default: hikkoshi/renders in the user's cache; off:"
              + " nowhere).")
  private @Nullable String cache;

  /** With a {@code v} and three numbers; empty for Helm's own. */
  public Optional<String> kubeVersion() {
    if (kubeVersion == null) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(kubeVersion);
    if (!version.matches()) {
      throw new CliException(
          Exit.USAGE, "--kube-version: '%s' is no version".formatted(kubeVersion), "Such as 1.37");
    }
    String patch = Optional.ofNullable(version.group(2)).orElse(".0");
    return Optional.of(
        "v" + version.group(1) + patch + Optional.ofNullable(version.group(3)).orElse(""));
  }

  public List<String> apiVersions() {
    return List.copyOf(apiVersions);
  }

  public boolean crds() {
    return crds;
  }

  /** Empty when nothing is to be kept. */
  public Optional<Path> cache(Session session) {
    return cache(session, cache);
  }

  /** The same for what the flag says; null when it says nothing. */
  static Optional<Path> cache(Session session, @Nullable String said) {
    if ("off".equals(said)) {
      return Optional.empty();
    }
    if (said != null) {
      return Optional.of(session.folder().resolve(said).normalize());
    }
    return caches(session).map(caches -> caches.resolve("renders"));
  }

  /** Our folder in the user's cache; empty where there is no user. */
  static Optional<Path> caches(Session session) {
    return session
        .variable("XDG_CACHE_HOME")
        .map(Path::of)
        .or(() -> session.variable("HOME").map(home -> Path.of(home, ".cache")))
        .map(caches -> caches.resolve("hikkoshi"));
  }
}
