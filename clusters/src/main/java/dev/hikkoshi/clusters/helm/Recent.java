package dev.hikkoshi.clusters.helm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A map of bounded size; what was not used for longest goes first. For many threads. */
final class Recent<K, V> {

  private final Map<K, V> entries;

  Recent(int size) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > size;
          }
        };
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
  }
}
