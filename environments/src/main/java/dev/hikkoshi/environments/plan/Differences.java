package dev.hikkoshi.environments.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Names the fields in which two definitions differ. */
public final class Differences {

  private Differences() {}

  /** {@code metadata.version 1.36 → 1.37, vpc.id (absent) → "vpc-1"}. */
  public static String text(SortedMap<String, String> before, SortedMap<String, String> after) {
    SortedSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    List<String> parts = new ArrayList<>();
    for (String path : paths) {
      String was = before.getOrDefault(path, "(absent)");
      String is = after.getOrDefault(path, "(absent)");
      if (!was.equals(is)) {
        parts.add(path + " " + was + " → " + is);
      }
    }
    return parts.isEmpty() ? "no difference" : String.join(", ", parts);
  }
}
