package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.reading.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every field of a cluster file, and what changing it does. The reader takes the refused ones from
 * here, the plan the others; {@code docs/cluster-fields.md} is printed from it.
 *
 * <p>In a path {@code *} is a key of the user's own and {@code []} an item of a list. Fields are
 * eksctl's (eksctl.io/v1alpha5, ClusterConfig); what EKS can change in place is from the API
 * reference of UpdateClusterConfig, UpdateNodegroupConfig and UpdateAddon.
 */
public final class ClusterFields {

  /** What changing a field does. */
  public enum Change {
    /** A new cluster is built. */
    NEW_CLUSTER("builds a new cluster"),
    /** The cluster that the newest commit asks for is changed. */
    IN_PLACE("in place"),
    /** Taken when a cluster is built; a cluster that is there keeps what it has. */
    NEXT_CLUSTER("not yet in place: the next cluster gets it"),
    /** Read so that an eksctl file can stay as it is; nothing depends on it. */
    UNUSED("nothing"),
    /** Refused by name, because its behaviour comes later. */
    NOT_YET("not yet read"),
    /** Refused by name for good. */
    REFUSED("refused");

    private final String words;

    Change(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** One field. */
  public record Row(String path, Change change, String note) {}

  private static final List<Row> ROWS = ClusterFieldRows.all();
  private static final Map<String, Row> BY_PATH = byPath();

  private ClusterFields() {}

  private static Map<String, Row> byPath() {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Row row : ROWS) {
      if (rows.put(row.path(), row) != null) {
        throw new IllegalStateException("two rows for " + row.path());
      }
    }
    return rows;
  }

  /** All rows in the order of a cluster file. */
  public static List<Row> rows() {
    return ROWS;
  }

  static Optional<Row> row(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  /** Whether a path is on the way to a field. */
  static boolean leads(String path) {
    return ROWS.stream()
        .map(Row::path)
        .anyMatch(p -> p.startsWith(path + ".") || p.startsWith(path + "["));
  }

  /** Refuses by name what the table refuses directly under a path; the root is empty. */
  static void refuse(Fields fields, String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    for (Row row : ROWS) {
      String key = row.path().startsWith(prefix) ? row.path().substring(prefix.length()) : "";
      if (key.isEmpty() || key.contains(".") || key.contains("[")) {
        continue;
      }
      switch (row.change()) {
        case NOT_YET -> fields.notYet(key, row.note());
        case REFUSED -> fields.refuse(key, row.note());
        case NEW_CLUSTER, IN_PLACE, NEXT_CLUSTER, UNUSED -> {}
      }
    }
  }

  private static final String REMOVALS =
      "Only what an earlier definition of this very cluster asked for is taken away; what a person or"
          + " EKS put beside it stays, and an older cluster keeps everything. A node group goes when no"
          + " share is being moved, every group that stays is active, and a place was found on the other"
          + " nodes for each of its pods (requests, node labels and taints; a pod with required"
          + " affinity, a spread that must hold, a host port or a volume claim makes it unknown, and"
          + " unknown keeps the group). The access entry of Hikkoshi's own role is never deleted.";

  /** The table as a page. */
  public static String page() {
    List<String> lines = new ArrayList<>();
    lines.add("# Fields of a cluster file");
    lines.add("");
    lines.add(
        "`cluster.yaml` has the names of eksctl's ClusterConfig (`eksctl.io/v1alpha5`). This page is"
            + " printed from the table that the reader itself uses; a test holds them together.");
    lines.add("");
    lines.add(
        "A key that is not here is an error, with the nearest name that is. `*` is a key of your"
            + " own, `[]` an item of a list. What a cluster was built from is recorded with it, field"
            + " by field; a field that you do not write is not compared.");
    for (Change change : Change.values()) {
      lines.add("");
      lines.add("## " + heading(change));
      lines.add("");
      lines.add("| field | note |");
      lines.add("|---|---|");
      ROWS.stream()
          .filter(row -> row.change() == change)
          .forEach(row -> lines.add("| `" + row.path() + "` | " + row.note() + " |"));
      if (change == Change.IN_PLACE) {
        lines.add("");
        lines.add(REMOVALS);
      }
    }
    lines.add("");
    return String.join("\n", lines);
  }

  private static String heading(Change change) {
    return switch (change) {
      case NEW_CLUSTER -> "Changing it builds a new cluster";
      case IN_PLACE -> "Changed in place";
      case NEXT_CLUSTER -> "Taken when a cluster is built; a later change waits for the next one";
      case UNUSED -> "Read and not used";
      case NOT_YET -> "Not yet: refused by name until it does something";
      case REFUSED -> "Refused: belongs to what Hikkoshi does not do";
    };
  }
}
