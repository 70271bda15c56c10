package dev.hikkoshi.environments.port;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Renders Go templates with helmfile's functions and {@code missingkey=error}. A template that is
 * wrong, endless or too large is an answer, not an exception; so is a renderer that cannot be
 * started. Implementations may start their worker with the first call: a tree without templates
 * needs none.
 */
@FunctionalInterface
public interface Templates {

  Result render(Request request);

  /**
   * One text to render.
   *
   * @param path what errors call it: its path from the root of the tree
   * @param text the template; lines are counted from its first
   * @param data the dot, of null, Boolean, Long, BigInteger, Double, String, List and Map
   * @param files what {@code readFile} and its kin see, and nothing else; whoever asks counts what
   *     is read through it into a digest
   * @param folder from the root of the tree: paths that the template names are relative to it, and
   *     its {@code _*.tpl} files are parsed first
   * @param env what {@code env}, {@code requiredEnv} and {@code expandenv} know; any other name is
   *     an error that says it
   */
  record Request(
      String path,
      String text,
      Map<String, Object> data,
      FileTree files,
      String folder,
      Map<String, String> env) {

    public Request {
      data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
      env = Map.copyOf(env);
    }

    /** Names neither text nor data: both may hold secrets. */
    @Override
    public String toString() {
      return "template " + path;
    }
  }

  /** What became of a template. */
  sealed interface Result {}

  /** It was rendered. */
  record Text(String text) implements Result {

    /** The text may hold secrets. */
    @Override
    public String toString() {
      return "text of " + text.length() + " characters";
    }
  }

  /**
   * It could not be rendered.
   *
   * @param message what is wrong, without the place
   * @param line in the text of the request, from 1; 0 when it is not known, or is one of another
   *     file, which the message names then
   * @param column in characters, from 1; 0 when only the line is known
   * @param offending the piece of the template that failed, empty when it is not known
   * @param certain no value could mend it: it calls a function that is refused, or that there is
   *     not
   */
  record Failed(String message, int line, int column, String offending, boolean certain)
      implements Result {}

  /** It was stopped, because it took more time or memory than a template may. */
  record Stopped(String message) implements Result {}
}
