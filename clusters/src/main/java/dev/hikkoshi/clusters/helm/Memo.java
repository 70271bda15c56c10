package dev.hikkoshi.clusters.helm;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The last value that was made, as long as it is asked for the same key. */
final class Memo<K, V> {

  private record Made<K, V>(K key, V value) {}

  private volatile @Nullable Made<K, V> last;

  V get(K key, Supplier<V> make) {
    Made<K, V> known = last;
    if (known != null && known.key().equals(key)) {
      return known.value();
    }
    V value = make.get();
    last = new Made<>(key, value);
    return value;
  }
}
