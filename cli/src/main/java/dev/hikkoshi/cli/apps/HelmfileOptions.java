package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which helmfile, read how: helmfile's own flags, by its names. */
public final class HelmfileOptions {

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description =
          "A folder with an environment.yaml or a helmfile, or an environment's name (default: here).")
  private @Nullable Path folder;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "A helmfile; an environment.yaml beside it is not read.")
  private @Nullable Path file;

  @Option(
      names = {"-e", "--environment"},
      paramLabel = "NAME",
      description = "helmfile's environment (default: what environment.yaml says, else default).")
  private @Nullable String environment;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description = "Only releases with these labels, as tier=web,name!=db; several flags are or.")
  private List<String> selectors = List.of();

  @Option(
      names = "--include-needs",
      description = "With --selector: also what the selected releases need.")
  private boolean includeNeeds;

  @Option(
      names = "--state-values-set",
      paramLabel = "KEY=VALUE",
      description = "Set state values, as a.b=1,c[0]=x.")
  private List<String> sets = List.of();

  @Option(
      names = "--state-values-set-string",
      paramLabel = "KEY=VALUE",
      description = "The same, and every value stays text.")
  private List<String> strings = List.of();

  @Option(
      names = "--state-values-file",
      paramLabel = "FILE",
      description = "State values above those of the environment.")
  private List<Path> files = List.of();

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "A variable of this process that templates may ask for.")
  private List<String> variables = List.of();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Files are read below it (default: the Git work tree, else the folder).")
  private @Nullable Path root;

  @Option(
      names = "--age-key-file",
      paramLabel = "FILE",
      description = "Identities of age for secrets that SOPS encrypted.")
  private @Nullable Path ageKeys;

  @Option(
      names = "--oci-plain-http",
      description = "Ask OCI registries without TLS, for one on this machine.")
  private boolean plainHttp;

  /** Where reading begins, absolute: a file, or a folder. */
  public Path start(Session session) {
    if (file != null && folder != null) {
      throw new CliException(Exit.USAGE, "either DIR or --file", "");
    }
    Path given =
        Optional.ofNullable(file).or(() -> Optional.ofNullable(folder)).orElse(Path.of("."));
    return session.folder().resolve(given).normalize();
  }

  /** What may be the name of an environment, where no folder is called so. */
  Optional<String> name() {
    return Optional.ofNullable(folder)
        .filter(given -> given.getNameCount() == 1 && !given.isAbsolute())
        .map(Path::toString);
  }

  /** Whether a helmfile was named, and not a folder that may be an environment's. */
  public boolean plain() {
    return file != null;
  }

  /** helmfile's environment, when it was named. */
  public Optional<String> environment() {
    return Optional.ofNullable(environment);
  }

  /** Empty for all releases. */
  public List<String> selectors() {
    return List.copyOf(selectors);
  }

  /** Whether what the selected releases need is selected too. */
  public boolean includeNeeds() {
    return includeNeeds;
  }

  /**
   * State values of the flags.
   *
   * @throws CliException for what is no assignment
   */
  @SuppressWarnings("NullAway") // a null is a value here; the core's maps of values hold them too
  public Map<String, Object> set() {
    return StateSet.of(sets, strings);
  }

  /** State values files, absolute, later ones win. */
  public List<Path> stateFiles(Session session) {
    return files.stream().map(path -> session.folder().resolve(path).normalize()).toList();
  }

  /** The folder that files are read below, when it was named. */
  public Optional<Path> root(Session session) {
    return Optional.ofNullable(root).map(path -> session.folder().resolve(path).normalize());
  }

  /** What templates may ask for; a name that is not set is not passed on. */
  public Map<String, String> variables(Session session) {
    Map<String, String> passed = new LinkedHashMap<>();
    for (String name : variables) {
      Optional.ofNullable(session.environment().get(name))
          .ifPresent(value -> passed.put(name, value));
    }
    return passed;
  }

  /** The file of age identities, when one was named. */
  public Optional<Path> ageKeys(Session session) {
    return Optional.ofNullable(ageKeys).map(path -> session.folder().resolve(path).normalize());
  }

  /** Whether registries are asked without TLS. */
  public boolean plainHttp() {
    return plainHttp;
  }
}
