package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Paths of a helmfile, which may be patterns as Go's {@code filepath.Glob} has them: {@code *},
 * {@code ?} and {@code [...]} within one name.
 */
final class Globs {

  private static final Pattern REMOTE =
      Pattern.compile("[A-Za-z0-9+.-]+::.*|[A-Za-z][A-Za-z0-9+.-]*:.*");

  private final FileTree tree;
  private final Problems problems;

  Globs(SourceFiles files, Problems problems) {
    this.tree = files.recorded();
    this.problems = problems;
  }

  /**
   * What a path means.
   *
   * @param folder what it is relative to
   * @return files and folders from the root of the tree, sorted, none when nothing is there; empty
   *     exactly when a problem was added
   */
  Optional<List<String>> expand(String folder, String path, Place place) {
    Optional<String> resolved = literal(folder, path, place);
    if (resolved.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(isPattern(path) ? matching(resolved.get()) : existing(resolved.get()));
    } catch (FileTreeException e) {
      problems.add(place, String.valueOf(e.getMessage()));
    } catch (PatternSyntaxException e) {
      problems.add(place, "\"" + path + "\" is no pattern", "for example values/*.yaml");
    }
    return Optional.empty();
  }

  /** A path that is no pattern, from the root of the tree; whether it is there is not looked at. */
  Optional<String> literal(String folder, String path, Place place) {
    if (REMOTE.matcher(path).matches()) {
      problems.add(
          place, "refused: \"" + path + "\" is remote", "commit the file, so that Git decides");
      return Optional.empty();
    }
    Optional<String> resolved = SourceFiles.resolve(folder, path);
    if (resolved.isEmpty()) {
      problems.add(place, "\"" + path + "\" leads out of the repository");
    }
    return resolved;
  }

  boolean isFolder(String path) {
    return !tree.files(path).isEmpty();
  }

  private List<String> existing(String path) {
    boolean there = !path.isEmpty() && tree.read(path).isPresent();
    return there || isFolder(path) ? List.of(path) : List.of();
  }

  private static boolean isPattern(String path) {
    return path.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
  }

  private List<String> matching(String pattern) {
    String[] names = pattern.split("/", -1);
    List<String> found = List.of("");
    for (String name : names) {
      found =
          isPattern(name)
              ? found.stream().flatMap(f -> matching(f, name).stream()).toList()
              : found.stream().map(f -> child(f, name)).toList();
    }
    return found.stream()
        .filter(path -> isPattern(names[names.length - 1]) || !existing(path).isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /** What a folder has of a pattern's names. */
  List<String> matching(String folder, String name) {
    Pattern pattern = Pattern.compile(regex(name));
    String start = folder.isEmpty() ? "" : folder + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String file : tree.files(folder)) {
      String rest = file.substring(start.length());
      names.add(rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest);
    }
    return names.stream()
        .filter(n -> pattern.matcher(n).matches())
        .map(n -> child(folder, n))
        .toList();
  }

  private static String child(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /**
   * Each star but the last takes the first place where what follows it fits, and keeps it: that is
   * always right for such patterns, and a hostile one cannot make it look again and again.
   */
  private static String regex(String name) {
    List<String> pieces = pieces(name);
    StringBuilder regex = new StringBuilder(pieces.getFirst());
    for (int i = 1; i < pieces.size(); i++) {
      boolean last = i == pieces.size() - 1;
      regex.append(last ? "[^/]*" + pieces.get(i) : "(?>[^/]*?" + pieces.get(i) + ")");
    }
    return regex.toString();
  }

  /** What stands between the stars. */
  private static List<String> pieces(String name) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (inClass) {
        boolean negated = c == '^' && name.charAt(i - 1) == '[';
        piece.append(c == '[' || c == '&' || (c == '^' && !negated) ? "\\" + c : String.valueOf(c));
        inClass = c != ']';
      } else if (c == '[') {
        piece.append(c);
        inClass = true;
      } else if (c == '*') {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.append(c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }
}
