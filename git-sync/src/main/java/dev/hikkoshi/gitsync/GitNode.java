package dev.hikkoshi.gitsync;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** An entry of a commit's tree. Folders remember their entries: each is parsed once a snapshot. */
final class GitNode implements Node {

  /** A folder of some hundred thousand names. */
  private static final int TREE_BYTES = 16 << 20;

  private final Objects objects;
  private final ObjectId id;
  private final Kind kind;
  private volatile @Nullable SortedMap<String, Node> children;

  /** The clone as nodes see it. */
  interface Objects {

    /**
     * An object's bytes.
     *
     * @param type {@code OBJ_BLOB} or {@code OBJ_TREE}
     */
    byte[] bytes(ObjectId id, int type, int max) throws NodeException;
  }

  private GitNode(Objects objects, ObjectId id, Kind kind) {
    this.objects = objects;
    this.id = id;
    this.kind = kind;
  }

  static GitNode root(Objects objects, ObjectId tree) {
    return new GitNode(objects, tree, Kind.DIRECTORY);
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public byte[] bytes(int max) throws NodeException {
    return objects.bytes(id, Constants.OBJ_BLOB, max);
  }

  @Override
  public SortedMap<String, Node> children() throws NodeException {
    SortedMap<String, Node> known = children;
    if (known == null) {
      known = Collections.unmodifiableSortedMap(parse());
      children = known;
    }
    return known;
  }

  private SortedMap<String, Node> parse() throws NodeException {
    SortedMap<String, Node> entries = new TreeMap<>();
    CanonicalTreeParser parser = new CanonicalTreeParser();
    parser.reset(objects.bytes(id, Constants.OBJ_TREE, TREE_BYTES));
    for (; !parser.eof(); parser.next()) {
      Kind entryKind = kindOf(parser.getEntryRawMode());
      entries.put(
          parser.getEntryPathString(), new GitNode(objects, parser.getEntryObjectId(), entryKind));
    }
    return entries;
  }

  private static Kind kindOf(int mode) {
    if (FileMode.TREE.equals(mode)) {
      return Kind.DIRECTORY;
    }
    if (FileMode.SYMLINK.equals(mode)) {
      return Kind.LINK;
    }
    if (FileMode.GITLINK.equals(mode)) {
      return Kind.SUBMODULE;
    }
    return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode)
        ? Kind.FILE
        : Kind.SPECIAL;
  }
}
