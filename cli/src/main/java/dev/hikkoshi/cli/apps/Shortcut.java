package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.cli.kept.KeptCommand;
import dev.hikkoshi.clusters.render.RenderStore;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code render} from the last time, before anything is started that reading the
 * command line, a helmfile or a chart needs: a pipeline renders the same commit again and again.
 */
public final class Shortcut {

  private static final String COMMAND = "render";
  private static final String VARIABLE = "HIKKOSHI_RENDER_CACHE";

  private Shortcut() {}

  /** The whole output; empty for other commands, and when it may be another by now. */
  public static Optional<byte[]> find(Session session, List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals(COMMAND)) {
      return Optional.empty();
    }
    String said = said(arguments).or(() -> session.variable(VARIABLE)).orElse(null);
    try {
      return place(session, arguments, said).flatMap(kept -> kept.find(DefinitionFiles::tree));
    } catch (CliException _) {
      return Optional.empty();
    }
  }

  private static Optional<KeptCommand> place(
      Session session, List<String> arguments, @Nullable String said) {
    return place(session, arguments, TargetOptions.cache(session, said));
  }

  /**
   * Where the output of a command is kept.
   *
   * @param cache of renders; empty for nowhere
   */
  public static Optional<KeptCommand> place(
      Session session, List<String> arguments, Optional<Path> cache) {
    if (cache.isEmpty()) {
      return Optional.empty();
    }
    // Not the worker: its sources are part of the program, and to find its binary they would have
    // to be read, which takes longer than all else.
    List<Path> program = new ArrayList<>();
    for (String file : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      program.add(Path.of(file));
    }
    RenderStore store = Worker.store(cache.get(), session);
    return KeptCommand.of(store, session, arguments, program);
  }

  /** What the flag says; a command that has it twice is refused later. */
  private static Optional<String> said(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String one = arguments.get(i);
      if (one.equals(TargetOptions.CACHE) && i + 1 < arguments.size()) {
        return Optional.of(arguments.get(i + 1));
      }
      if (one.startsWith(TargetOptions.CACHE + "=")) {
        return Optional.of(one.substring(TargetOptions.CACHE.length() + 1));
      }
    }
    return Optional.empty();
  }
}
