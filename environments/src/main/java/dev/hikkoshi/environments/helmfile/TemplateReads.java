package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a template of values can read when it is rendered for a cluster, long after its commit was
 * evaluated. Files under names that stand in the template are read now and count into the digest
 * one by one; a template that computes names can read all, so all of the commit counts.
 */
final class TemplateReads {

  private static final String FUNCTION = "\\b(readFile|readDir|readDirEntries|isFile|isDir)\\b";

  /** Each of these names begins with one of these; that a text has none is found out faster. */
  private static final List<String> PARTS = List.of("readFile", "readDir", "isFile", "isDir");

  private static final Pattern ANY = Pattern.compile(FUNCTION);
  private static final Pattern NAMED =
      Pattern.compile(FUNCTION + "\\s+(?:\"([^\"\\\\]*)\"|`([^`]*)`)");
  private static final Pattern TPL = Pattern.compile("\\btpl\\b");

  private final SourceFiles files;
  private final Map<String, List<String>> helpers = new HashMap<>();

  TemplateReads(SourceFiles files) {
    this.files = files;
  }

  /** Whether a text could name a function that reads files. */
  static boolean mentions(String text) {
    for (String part : PARTS) {
      if (text.contains(part)) {
        return ANY.matcher(text).find();
      }
    }
    return false;
  }

  /**
   * The files that a template can read.
   *
   * @param folder that its names are relative to
   * @param valuesMention whether {@code tpl} of state values could read files
   */
  FileTree of(String text, String folder, boolean valuesMention, Place place) {
    TreeMap<String, byte[]> kept = new TreeMap<>();
    SortedSet<String> names = new TreeSet<>();
    StringBuilder all = new StringBuilder(text);
    for (String helper : helpers(folder)) {
      names.add(helper);
      files.find(helper, place).ifPresent(content -> kept.put(helper, content));
      all.append('\n').append(text(kept, helper));
    }
    boolean computed = valuesMention && TPL.matcher(all).find();
    if (!computed && !mentions(all.toString())) {
      return new KeptFiles(kept, names);
    }
    Matcher named = NAMED.matcher(all);
    long literal = 0;
    while (named.find()) {
      literal++;
      String name = named.group(2) == null ? named.group(3) : named.group(2);
      Optional<String> path = SourceFiles.resolve(folder, name);
      if (path.isEmpty()) {
        continue;
      }
      if (named.group(1).startsWith("readDir") || named.group(1).equals("isDir")) {
        below(path.get(), names, place);
      } else if (files.find(path.get(), place).isPresent()) {
        names.add(path.get());
        files.find(path.get(), place).ifPresent(content -> kept.put(path.get(), content));
        computed |= TPL.matcher(all).find() && mentions(text(kept, path.get()));
      }
    }
    computed |= ANY.matcher(all).results().count() > literal;
    if (computed) {
      files.depends("templates with computed names", files.tree().commit());
      return files.tree();
    }
    return new KeptFiles(kept, names);
  }

  private List<String> helpers(String folder) {
    // A folder may hold the values of a thousand releases.
    return helpers.computeIfAbsent(folder, this::listed);
  }

  private List<String> listed(String folder) {
    String root = folder.isEmpty() ? "" : folder + "/";
    List<String> found =
        files.tree().files(folder).stream()
            .filter(path -> path.startsWith(root + "_") && path.endsWith(".tpl"))
            .filter(path -> path.indexOf('/', root.length()) < 0)
            .toList();
    files.depends("helpers of " + folder, String.join("\n", found));
    return found;
  }

  private void below(String folder, SortedSet<String> names, Place place) {
    List<String> found = files.below(folder, place).orElse(List.of());
    names.addAll(found);
    files.depends("names below " + folder, String.join("\n", found));
  }

  private static String text(Map<String, byte[]> kept, String path) {
    return new String(kept.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
  }
}
