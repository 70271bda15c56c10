package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node.Mapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One state file of helmfile after loading: parts rendered and merged, bases laid under it, its
 * environment resolved, and what it inherits from its parent laid beneath. Its releases are as they
 * are written; nothing of them was looked at.
 *
 * @param file its path from the root of the tree
 * @param folder the folder that paths in it are relative to, from the root of the tree
 * @param fields the top-level fields without {@code bases}, {@code environments}, {@code values}
 *     and {@code helmfiles}, which are done. A node keeps the place where the user wrote it, which
 *     may be in a base or in the parent
 * @param environment helmfile's, as {@code .Environment.Name} says it
 * @param context {@code .Environment.KubeContext}; empty when the environment says none
 * @param environmentValues what {@code .Environment.Values} says: without the defaults of {@code
 *     values}
 * @param values the final state values: {@code .Values} of every template of this file. Without
 *     facts that differ per cluster
 * @param selectors one of them must select a release; none selects all
 * @param sure whether all that it is made of was good; see {@link Scope}
 * @param source what only printing the state needs
 */
record HelmfileState(
    String file,
    String folder,
    Mapping fields,
    String environment,
    String context,
    Map<String, Object> environmentValues,
    Map<String, Object> values,
    List<Selector> selectors,
    boolean sure,
    Source source) {

  HelmfileState {
    environmentValues = Collections.unmodifiableMap(new LinkedHashMap<>(environmentValues));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    selectors = List.copyOf(selectors);
  }

  /**
   * Where a state comes from.
   *
   * @param root the state file that helmfile began with; files of one root are done one after the
   *     other, those of a folder side by side
   * @param whole all top-level fields except {@code helmfiles}
   * @param children its {@code helmfiles}, one for each file
   */
  record Source(String root, Mapping whole, List<SubHelmfile> children) {

    Source {
      children = List.copyOf(children);
    }
  }

  /** Values may hold secrets. */
  @Override
  public String toString() {
    return "state of " + file + " for " + environment;
  }
}
