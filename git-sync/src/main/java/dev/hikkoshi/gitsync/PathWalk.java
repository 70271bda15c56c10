package dev.hikkoshi.gitsync;

import static dev.hikkoshi.gitsync.ConfinedTree.quoted;

import dev.hikkoshi.gitsync.Node.NodeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way from the root to one path, name by name, as a file system walks it: {@code ..} goes up
 * from where a link has led, and nothing goes above the root. For one use.
 */
final class PathWalk {

  /** As on the systems that have them; an honest link is far shorter. */
  private static final int TARGET_BYTES = 4096;

  private static final Pattern ABSOLUTE = Pattern.compile("[/\\\\].*|[A-Za-z]:.*", Pattern.DOTALL);

  /**
   * A node and where it really lies.
   *
   * @param real path from the root without links
   */
  record Place(Node node, String real) {

    Place child(String name, Node child) {
      return new Place(child, real.isEmpty() ? name : real + "/" + name);
    }
  }

  /** A link that is being followed. */
  private record Link(String path, String target) {

    @Override
    public String toString() {
      return "link " + quoted(path) + " -> " + quoted(target);
    }
  }

  private final String asked;
  private final Limits limits;
  private final String noun;
  private final Deque<Place> folders = new ArrayDeque<>();
  private final List<String> passed = new ArrayList<>();
  private @Nullable Place end;
  private @Nullable Link link;
  private int hops;

  PathWalk(Node root, String asked, Limits limits, String noun) {
    this.asked = asked;
    this.limits = limits;
    this.noun = noun;
    folders.push(new Place(root, ""));
  }

  /** Where the path leads; null when there is nothing by that name. */
  @Nullable Place find() {
    if (asked.startsWith("/") || asked.indexOf('\0') >= 0) {
      throw refuse(quoted(asked) + " is not a path from the root of the " + noun);
    }
    for (String name : asked.split("/")) {
      passed.add(folders.element().real());
      link = null;
      if (!enter(name)) {
        return null;
      }
    }
    return here();
  }

  /** Throws when the path ends in a link to a folder that the path itself came through. */
  void refuseCircle() {
    if (link != null && !asked.contains("..") && passed.contains(here().real())) {
      throw refuse(link + " leads back to a folder it lies in");
    }
  }

  private Place here() {
    return end != null ? end : folders.element();
  }

  private boolean enter(String first) {
    Deque<String> todo = new ArrayDeque<>(List.of(first));
    while (!todo.isEmpty()) {
      String name = todo.pop();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (end != null) {
        return nothingBehind(end);
      }
      if (name.equals("..")) {
        up();
        continue;
      }
      if (!step(name, todo)) {
        return nothing();
      }
    }
    return true;
  }

  private boolean step(String name, Deque<String> todo) {
    Place folder = folders.element();
    Node child = children(folder).get(name);
    if (child == null) {
      return false;
    }
    Place place = folder.child(name, child);
    switch (child.kind()) {
      case LINK -> follow(place, todo);
      case DIRECTORY -> down(place);
      case FILE, SUBMODULE, SPECIAL -> end = place;
    }
    return true;
  }

  private void down(Place folder) {
    if (folders.size() > limits.depth()) {
      throw refuse("more than " + limits.depth() + " folders deep");
    }
    folders.push(folder);
  }

  private void up() {
    if (folders.size() == 1) {
      throw refuse((link == null ? quoted(asked) : link) + " leads out of the " + noun);
    }
    folders.pop();
  }

  private void follow(Place place, Deque<String> todo) {
    Link next = new Link(place.real(), target(place));
    if (++hops > limits.links()) {
      throw refuse(
          next + " is one of more than " + limits.links() + " links on the way, or of a circle");
    }
    link = link == null ? next : link;
    if (ABSOLUTE.matcher(next.target()).matches()) {
      throw refuse(next + " is absolute and leads out of the " + noun);
    }
    String[] names = next.target().split("/");
    for (int i = names.length - 1; i >= 0; i--) {
      todo.push(names[i]);
    }
  }

  private boolean nothingBehind(Place file) {
    if (file.node().kind() == Node.Kind.SUBMODULE) {
      throw refuse(ConfinedTree.submodule(file.real()));
    }
    return nothing();
  }

  /** Absent is an answer; a link to what is absent is a mistake. */
  private boolean nothing() {
    if (link != null) {
      throw refuse(link + " leads to nothing");
    }
    return false;
  }

  private String target(Place place) {
    try {
      return new String(place.node().bytes(TARGET_BYTES), StandardCharsets.UTF_8);
    } catch (NodeException e) {
      throw refuse("link " + quoted(place.real()) + " " + e.getMessage());
    }
  }

  private SortedMap<String, Node> children(Place folder) {
    try {
      return folder.node().children();
    } catch (NodeException e) {
      throw refuse(quoted(folder.real()) + " " + e.getMessage());
    }
  }

  private SnapshotException refuse(String message) {
    return new SnapshotException(asked, message);
  }

  /** How many folders deep a normal path of a folder lies; 0 is the root. */
  static int depth(String path) {
    return path.isEmpty() ? 0 : 1 + (int) path.chars().filter(c -> c == '/').count();
  }

  /** A path without empty names, {@code .} and a trailing slash; {@code ..} stays. */
  static String normal(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/")) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }
}
