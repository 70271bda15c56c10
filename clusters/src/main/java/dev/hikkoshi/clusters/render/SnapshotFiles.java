package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code readFile} and its kin see: the files of one commit, from the folder of the rendered
 * file on. A path that leads out of the tree is refused in one and the same way whether something
 * is there or not.
 */
public final class SnapshotFiles {

  /** What one template may read in all: a {@code range} over a large folder is no reason to die. */
  private static final long MOST_BYTES = 16 << 20;

  private static final String HELPERS = "helpers";

  private final FileTree tree;
  private final String folder;
  private final HelperFiles known;
  private final SortedMap<String, String> seen = new TreeMap<>();
  private long read;

  /**
   * Files for one request; not for use by several threads at once.
   *
   * @param folder of the rendered file, from the root of the tree
   * @param known may be shared by the requests of many threads
   */
  public SnapshotFiles(FileTree tree, String folder, HelperFiles known) {
    this.tree = tree;
    this.folder = folder;
    this.known = known;
  }

  /**
   * What a template saw, to be compared with another tree.
   *
   * @param answers question → hash of its answer
   */
  public record Seen(SortedMap<String, String> answers) {

    /** Of a template without files. */
    public static final Seen NOTHING = new Seen(new TreeMap<>());

    public Seen {
      answers = Sorted.copyOf(answers);
    }

    /** Whether a template in that tree would be answered the same. */
    public boolean stillTrue(FileTree tree, String folder, HelperFiles known) {
      SnapshotFiles files = new SnapshotFiles(tree, folder, known);
      for (String question : answers.keySet()) {
        int space = question.indexOf(' ');
        files.ask(question.substring(0, space), question.substring(space + 1));
      }
      return files.seen.equals(answers);
    }
  }

  /** What was asked so far. */
  public synchronized Seen seen() {
    return new Seen(seen);
  }

  /**
   * The helpers beside the rendered file, by path, in the order of their names.
   *
   * @throws FileTreeException when the tree cannot be read
   */
  synchronized Map<String, String> helpers() {
    Map<String, String> helpers = known.beside(tree, folder);
    seen.put(HELPERS + " ", Trees.hash(helpers.toString()));
    return helpers;
  }

  /** Answers one question of a worker. */
  synchronized void answer(String operation, String path, ObjectNode answer) {
    Optional<String> resolved = SourceFiles.resolve(folder, path);
    if (resolved.isEmpty()) {
      answer.put("refused", "the path leads out of the snapshot");
      return;
    }
    ObjectNode found = Frames.JSON.createObjectNode();
    try {
      switch (operation) {
        case "read" -> read(resolved.get(), found);
        case "stat" -> found.put("kind", kind(resolved.get()));
        case "list" -> list(resolved.get(), found);
        default -> found.put("error", "no such question: " + operation);
      }
    } catch (FileTreeException e) {
      found.put("refused", String.valueOf(e.getMessage()));
    }
    seen.put(operation + " " + path, Trees.hash(found.toString()));
    answer.setAll(found);
  }

  private void ask(String operation, String path) {
    if (operation.equals(HELPERS)) {
      helpers();
    } else {
      answer(operation, path, Frames.JSON.createObjectNode());
    }
  }

  private void read(String path, ObjectNode answer) {
    Optional<byte[]> content = tree.read(path);
    if (content.isEmpty()) {
      answer.put("kind", "none");
      return;
    }
    read += content.get().length;
    if (read > MOST_BYTES) {
      answer.put("refused", "one template reads more than " + MOST_BYTES + " bytes of files");
      return;
    }
    answer.put("kind", "file").put("content", content.get());
  }

  private String kind(String path) {
    if (tree.read(path).isPresent()) {
      return "file";
    }
    return tree.files(path).isEmpty() ? "none" : "dir";
  }

  private void list(String path, ObjectNode answer) {
    List<String> below = tree.files(path);
    if (below.isEmpty()) {
      answer.put("kind", "none");
      return;
    }
    int start = prefix(path).length();
    Map<String, Boolean> entries = new TreeMap<>();
    for (String file : below) {
      int end = file.indexOf('/', start);
      entries.put(end < 0 ? file.substring(start) : file.substring(start, end), end >= 0);
    }
    ArrayNode target = answer.put("kind", "dir").putArray("entries");
    entries.forEach((name, dir) -> target.addObject().put("name", name).put("dir", dir));
  }

  private static String prefix(String folder) {
    return folder.isEmpty() ? "" : folder + "/";
  }
}
