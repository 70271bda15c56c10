package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.state.StateStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * On which port of its address a listener really is: its own where that can be bound, else 10,000
 * above it, else any. What was bound once is tried first ever after.
 */
final class Ports {

  static final int OFFSET = 10_000;
  private static final String DOCUMENT = "elb/ports";

  private final StateStore store;
  private final Map<String, Integer> kept;

  /** What is kept: real ports by {@code address:port}. */
  record Document(Map<String, Integer> ports) {}

  Ports(StateStore store) {
    this.store = store;
    this.kept =
        new TreeMap<>(store.read(DOCUMENT, Document.class).map(Document::ports).orElse(Map.of()));
  }

  /** The ports to try, the best first; 0 stands for any. */
  synchronized List<Integer> candidates(String address, int port) {
    Set<Integer> all = new LinkedHashSet<>();
    Integer before = kept.get(key(address, port));
    if (before != null) {
      all.add(before);
    }
    all.add(port);
    if (port + OFFSET <= 65_535) {
      all.add(port + OFFSET);
    }
    all.add(0);
    return List.copyOf(all);
  }

  synchronized void bound(String address, int port, int real) {
    if (!Integer.valueOf(real).equals(kept.put(key(address, port), real))) {
      store.write(DOCUMENT, new Document(Map.copyOf(kept)));
    }
  }

  synchronized void forget(String address) {
    if (kept.keySet().removeIf(key -> key.startsWith(address + ":"))) {
      store.write(DOCUMENT, new Document(Map.copyOf(kept)));
    }
  }

  private static String key(String address, int port) {
    return address + ":" + port;
  }
}
