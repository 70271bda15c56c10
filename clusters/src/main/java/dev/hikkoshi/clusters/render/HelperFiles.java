package dev.hikkoshi.clusters.render;

import dev.hikkoshi.environments.port.FileTree;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The {@code _*.tpl} files beside templates. Each folder of a tree is listed once, because a
 * thousand templates of one folder would list it a thousand times.
 */
public final class HelperFiles {

  private static final Pattern HELPER = Pattern.compile("_.*\\.tpl");

  /** By the tree itself: a tree is one commit, and is let go with it. */
  private final Map<FileTree, Map<String, Map<String, String>>> known =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** By path, in the order of their names. */
  Map<String, String> beside(FileTree tree, String folder) {
    return known
        .computeIfAbsent(tree, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(folder, f -> list(tree, f));
  }

  private static Map<String, String> list(FileTree tree, String folder) {
    Map<String, String> helpers = new TreeMap<>();
    int start = folder.isEmpty() ? 0 : folder.length() + 1;
    for (String path : tree.files(folder)) {
      if (path.indexOf('/', start) < 0 && HELPER.matcher(path.substring(start)).matches()) {
        tree.read(path).ifPresent(bytes -> helpers.put(path, TemplateRequest.text(bytes)));
      }
    }
    return Collections.unmodifiableMap(helpers);
  }
}
