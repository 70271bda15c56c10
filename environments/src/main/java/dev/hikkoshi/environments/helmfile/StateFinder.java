package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finds state files as helmfile does: by name, in a folder, or where none is named. */
final class StateFinder {

  private static final String FILE = "helmfile.yaml";
  private static final String TEMPLATE = "helmfile.yaml.gotmpl";
  private static final String FOLDER = "helmfile.d";

  private final SourceFiles files;
  private final Globs globs;
  private final Problems problems;

  StateFinder(SourceFiles files, Globs globs, Problems problems) {
    this.files = files;
    this.globs = globs;
    this.problems = problems;
  }

  /**
   * The files to begin with; none exactly when a problem was added.
   *
   * @param folder where to look when the path is empty
   * @param path a file or a folder from the root of the tree
   */
  List<String> roots(String folder, String path, Place askedAt) {
    return path.isEmpty() ? unnamed(folder, askedAt) : below(path, askedAt);
  }

  /** A file itself, or the state files of a folder by name. */
  List<String> below(String path, Place askedAt) {
    if (!path.isEmpty() && files.find(path, askedAt).isPresent()) {
      return List.of(path);
    }
    try {
      TreeSet<String> found = new TreeSet<>();
      if (globs.isFolder(path)) {
        found.addAll(globs.matching(path, "*.y*ml"));
        found.addAll(globs.matching(path, "*.y*ml.gotmpl"));
      } else {
        problems.add(askedAt, "there is no file " + path);
        return List.of();
      }
      if (found.isEmpty()) {
        problems.add(askedAt, "no state file is in " + path, "for example apps.yaml");
      }
      return List.copyOf(found);
    } catch (FileTreeException e) {
      problems.add(askedAt, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private List<String> unnamed(String folder, Place askedAt) {
    List<String> found = new ArrayList<>();
    for (String name : List.of(FILE, TEMPLATE)) {
      if (files.find(child(folder, name), askedAt).isPresent()) {
        found.add(child(folder, name));
      }
    }
    String below = child(folder, FOLDER);
    boolean hasFolder = globs.isFolder(below);
    if (found.size() + (hasFolder ? 1 : 0) > 1) {
      if (hasFolder) {
        found.add(below);
      }
      problems.add(askedAt, "both are there: " + String.join(", ", found), "helmfile wants one");
      return List.of();
    }
    if (hasFolder) {
      return below(below, askedAt);
    }
    if (found.isEmpty()) {
      problems.add(
          askedAt,
          "there is no helmfile",
          "expected " + FILE + ", " + TEMPLATE + " or " + FOLDER + "/");
    }
    return found;
  }

  private static String child(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
