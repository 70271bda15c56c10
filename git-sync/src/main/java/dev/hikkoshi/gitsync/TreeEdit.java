package dev.hikkoshi.gitsync;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * Replaces one file's content in a tree. Only the trees on the way to it are written anew, entry by
 * entry as they were, so nothing else can change.
 */
final class TreeEdit {

  private final ObjectReader reader;
  private final ObjectInserter inserter;

  TreeEdit(ObjectReader reader, ObjectInserter inserter) {
    this.reader = reader;
    this.inserter = inserter;
  }

  /** The path is no regular file: names it. */
  static final class NotAFile extends Exception {

    private static final long serialVersionUID = 1L;

    NotAFile(String path) {
      super(ConfinedTree.quoted(path) + " is no regular file of the base commit");
    }
  }

  /** The tree with another content for a file; the file's mode stays. */
  ObjectId replace(ObjectId tree, String path, ObjectId blob) throws IOException, NotAFile {
    ObjectId edited = replace(tree, List.of(path.split("/", -1)), blob);
    if (edited == null) {
      throw new NotAFile(path);
    }
    return edited;
  }

  private @Nullable ObjectId replace(ObjectId tree, List<String> names, ObjectId blob)
      throws IOException {
    boolean last = names.size() == 1;
    TreeFormatter formatter = new TreeFormatter();
    boolean met = false;
    CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree);
    for (; !parser.eof(); parser.next()) {
      ObjectId id = parser.getEntryObjectId();
      FileMode mode = parser.getEntryFileMode();
      if (parser.getEntryPathString().equals(names.getFirst()) && fits(mode, last)) {
        ObjectId next = last ? blob : replace(id, names.subList(1, names.size()), blob);
        if (next == null) {
          return null;
        }
        id = next;
        met = true;
      }
      byte[] name = new byte[parser.getNameLength()];
      parser.getName(name, 0);
      formatter.append(name, mode, id);
    }
    return met ? inserter.insert(formatter) : null;
  }

  private static boolean fits(FileMode mode, boolean last) {
    return last
        ? mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE
        : mode == FileMode.TREE;
  }
}
